import type { EstateService } from '#engine/ports/index.ts';
import type { PastEstates } from './past-estates.ts';

/** The estate now, or, where a question names a run, as it stood once that run had ended. */
export function createEstateInTime(now: EstateService, past: PastEstates): EstateService {
  function at<Answer>(
    run: number | null | undefined,
    question: (estate: EstateService) => Answer | Promise<Answer>,
  ): Answer | Promise<Answer> {
    return typeof run === 'number' ? past.ask(run, async (estate) => question(estate)) : question(now);
  }
  return {
    ...now,
    stats: (input, call) => at(input?.asOf, (estate) => estate.stats(input, call)),
    scopes: (input, call) => at(input?.asOf, (estate) => estate.scopes(input, call)),
    search: (input, call) => at(input.asOf, (estate) => estate.search(input, call)),
    facets: (input, call) => at(input.asOf, (estate) => estate.facets(input, call)),
    resource: (input, call) => at(input.asOf, (estate) => estate.resource(input, call)),
    graphView: (input, call) => at(input.asOf, (estate) => estate.graphView(input, call)),
    neighbours: (input, call) => at(input.asOf, (estate) => estate.neighbours(input, call)),
    query: (input, call) => at(input.asOf, (estate) => estate.query(input, call)),
  };
}
