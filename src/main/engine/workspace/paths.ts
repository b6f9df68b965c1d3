import path from 'node:path';
import type { WorkspacePaths } from '../ports/index.ts';

/** Where everything of a workspace lies, from its root folder. */
export function workspacePaths(root: string): WorkspacePaths {
  const absolute = path.resolve(root);
  const data = path.join(absolute, '.groundplan');
  return {
    root: absolute,
    document: path.join(absolute, 'groundplan.yaml'),
    artifacts: path.join(absolute, 'artifacts'),
    blueprints: path.join(absolute, 'blueprints'),
    catalog: path.join(absolute, 'catalog'),
    environments: path.join(absolute, 'environments'),
    queries: path.join(absolute, 'queries'),
    policy: path.join(absolute, 'policy'),
    data,
    facts: path.join(data, 'facts'),
    graph: path.join(data, 'graph'),
    journal: path.join(data, 'journal.sqlite'),
    plans: path.join(data, 'plans'),
    logs: path.join(data, 'logs'),
    state: path.join(data, 'state'),
    work: path.join(data, 'work'),
    proofs: path.join(data, 'proofs'),
    keys: path.join(data, 'keys'),
  };
}

/** Where the local state of an environment's node lies: it belongs to the environment and outlives every deployment. */
export function statePath(paths: Pick<WorkspacePaths, 'state'>, environment: string, node: string): string {
  return path.join(paths.state, environment, `${node}.tfstate`);
}
