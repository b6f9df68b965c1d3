import type { EstateService, PatternsService, QuestionsService } from '#engine/ports/index.ts';
import type { EstateFilter, InstanceSelection } from '#shared/model/index.ts';
import type { Selections } from './selections.ts';

interface AskedByIds {
  readonly estate: EstateService;
  readonly questions: QuestionsService;
  readonly patterns: PatternsService;
}

/** The services that take ids, so that a kept selection's id stands for its resources in each of them. */
export function expandSelections({ estate, questions, patterns }: AskedByIds, selections: Selections): AskedByIds {
  async function filterOf(filter: EstateFilter): Promise<EstateFilter> {
    return { ...filter, ids: [...(await selections.expand(filter.ids))] };
  }
  function instancesOf(instances: readonly InstanceSelection[]): Promise<InstanceSelection[]> {
    return Promise.all(
      instances.map(async (instance) => ({ ...instance, ids: [...(await selections.expand(instance.ids))] })),
    );
  }
  return {
    estate: {
      ...estate,
      search: async (input, call) => estate.search({ ...input, filter: await filterOf(input.filter) }, call),
      facets: async (input, call) => estate.facets({ ...input, filter: await filterOf(input.filter) }, call),
      graphView: async (input, call) => estate.graphView({ ...input, filter: await filterOf(input.filter) }, call),
    },
    questions: {
      ...questions,
      blastRadius: async (input, call) =>
        questions.blastRadius({ ...input, ids: [...(await selections.expand(input.ids))] }, call),
      exposure: async (input, call) =>
        questions.exposure({ ...input, ids: [...(await selections.expand(input.ids))] }, call),
    },
    patterns: {
      ...patterns,
      compare: async (input, call) =>
        patterns.compare({ ...input, instances: await instancesOf(input.instances) }, call),
      extract: async (input, call) =>
        patterns.extract({ ...input, instances: await instancesOf(input.instances) }, call),
    },
  };
}
