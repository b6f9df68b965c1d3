import type { EstateDoors, PastEstates } from './past-estates.ts';

/** The estate now, or, where a question names a run, as it stood once that run had ended. */
export function createEstateInTime(now: EstateDoors, past: PastEstates): EstateDoors {
  function at<Answer>(
    run: number | null | undefined,
    question: (doors: EstateDoors) => Answer | Promise<Answer>,
  ): Answer | Promise<Answer> {
    return typeof run === 'number' ? past.ask(run, async (doors) => question(doors)) : question(now);
  }
  return {
    estate: {
      ...now.estate,
      stats: (input, call) => at(input?.asOf, ({ estate }) => estate.stats(input, call)),
      scopes: (input, call) => at(input?.asOf, ({ estate }) => estate.scopes(input, call)),
      search: (input, call) => at(input.asOf, ({ estate }) => estate.search(input, call)),
      facets: (input, call) => at(input.asOf, ({ estate }) => estate.facets(input, call)),
      resource: (input, call) => at(input.asOf, ({ estate }) => estate.resource(input, call)),
      graphView: (input, call) => at(input.asOf, ({ estate }) => estate.graphView(input, call)),
      neighbours: (input, call) => at(input.asOf, ({ estate }) => estate.neighbours(input, call)),
      query: (input, call) => at(input.asOf, ({ estate }) => estate.query(input, call)),
      tables: (input, call) => at(input?.asOf, ({ estate }) => estate.tables(input, call)),
    },
    questions: {
      blastRadius: (input, call) => at(input.asOf, ({ questions }) => questions.blastRadius(input, call)),
      paths: (input, call) => at(input.asOf, ({ questions }) => questions.paths(input, call)),
      uses: (input, call) => at(input.asOf, ({ questions }) => questions.uses(input, call)),
      exposure: (input, call) => at(input.asOf, ({ questions }) => questions.exposure(input, call)),
      overlaps: (input, call) => at(input.asOf, ({ questions }) => questions.overlaps(input, call)),
    },
  };
}
