import type { Contract } from '#shared/contract/index.ts';
import type { Topic } from '#shared/model/index.ts';

type Namespace = keyof Contract;
/** A whole namespace, or one procedure of it. */
export type QueryPath = readonly [Namespace] | readonly [Namespace, string];

const pathsOf: Record<Topic, readonly QueryPath[]> = {
  workspace: [['system'], ['discovery', 'sources']],
  estate: [['estate'], ['questions'], ['imports'], ['patterns'], ['system', 'info']],
  runs: [['discovery'], ['coverage'], ['runs'], ['schedules'], ['system', 'info']],
  artifacts: [
    ['artifacts'],
    ['catalog', 'artifactDiff'],
    ['catalog', 'artifactStates'],
    ['blueprints', 'palette'],
    ['blueprints', 'get'],
    ['blueprints', 'list'],
  ],
  blueprints: [['blueprints'], ['catalog', 'diff'], ['catalog', 'artifactDiff'], ['catalog', 'artifactUses']],
  catalog: [['catalog'], ['blueprints', 'palette'], ['blueprints', 'list']],
  environments: [['catalog'], ['estate'], ['questions']],
  deployments: [['deployments'], ['catalog', 'environments'], ['system', 'info']],
  drift: [['drift'], ['catalog', 'environments']],
  patterns: [['patterns']],
  queries: [['queries']],
  settings: [['system'], ['schedules'], ['discovery', 'sources']],
};

/** Which questions a change of these topics makes worth asking again; each path once. */
export function queryPathsOf(topics: readonly Topic[]): readonly QueryPath[] {
  const unique = new Map<string, QueryPath>();
  for (const topic of topics) for (const path of pathsOf[topic]) unique.set(path.join('.'), path);
  return [...unique.values()].filter((path) => path.length === 1 || !unique.has(path[0]));
}
