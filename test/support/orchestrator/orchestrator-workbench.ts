import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type {
  Actor,
  Artifact,
  BlueprintDocument,
  Boundary,
  Deployment,
  DeploymentState,
  EnvironmentDocument,
  Notice,
  PortSchema,
  Release,
  Target,
} from '#shared/model/index.ts';
import { openOrchestrator, type Orchestrator, type OrchestratorDeps } from '#engine/orchestrator/index.ts';
import type { Call, ResolvedRelease, SecretSource, Workspace } from '#engine/ports/index.ts';
import { workspacePaths } from '#engine/workspace/index.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';
import { accessTo, never, realTool, silentLogger, writeFiles } from './tool-workbench.ts';

const standardTarget = { cloud: 'aws' as const, account: '123456789012', region: 'eu-west-1' };
export const person: Call = { signal: never, actor: { kind: 'person', name: 'Ada' } };
export const agent: Call = { signal: never, actor: { kind: 'agent', name: 'helper' } };

/** One artifact of a test's blueprint: its main.tf and the types of what it takes and gives. */
interface TestArtifact {
  readonly boundary?: Boundary;
  readonly source: string;
  readonly inputs?: Record<string, PortSchema>;
  readonly outputs?: Record<string, PortSchema>;
}

export interface TestBlueprint {
  readonly document: BlueprintDocument;
  /** By node name. */
  readonly artifacts: Record<string, TestArtifact>;
  readonly release?: Partial<Release>;
}

/** Writes a blueprint's artifacts to disk and resolves it as the catalog would. */
export async function resolvedBlueprint(root: string, blueprint: TestBlueprint): Promise<ResolvedRelease> {
  const { document } = blueprint;
  const folder = path.join(root, 'catalog', document.blueprint, document.version);
  const nodes: Record<string, ResolvedRelease['nodes'][string]> = {};
  for (const [name, artifact] of Object.entries(blueprint.artifacts)) {
    await writeFiles(path.join(folder, name), { 'main.tf': artifact.source });
    nodes[name] = {
      type: 'artifact',
      use: document.nodes[name]?.use ?? `${name}@1.0.0`,
      digest: `sha256:${createHash('sha256').update(artifact.source).digest('hex')}`,
      artifact: artifactOf(name, artifact),
      sources: path.join(folder, name),
    };
  }
  return {
    document,
    nodes,
    intact: true,
    release: {
      name: document.blueprint,
      version: document.version,
      type: 'blueprint',
      digest: 'sha256:release',
      author: 'Ada',
      date: '2026-01-01',
      notes: '',
      status: 'active',
      successor: null,
      reason: null,
      audience: { people: 'everyone', agents: 'propose' },
      history: [],
      ...blueprint.release,
    },
  };
}

function artifactOf(name: string, artifact: TestArtifact): Artifact {
  const inputs = artifact.inputs ?? {};
  return {
    name,
    version: '1.0.0',
    runner: 'terraform',
    boundary: artifact.boundary ?? 'application',
    summary: '',
    digest: 'sha256:artifact',
    source: name,
    inputs: { type: 'object', properties: inputs, required: Object.keys(inputs) },
    outputs: { type: 'object', properties: artifact.outputs ?? {}, required: [] },
    requires: [],
    creates: {},
    dependencies: [],
  };
}

/** A workspace with an orchestrator over the real tool; everything beside it is as simple as it can be. */
export interface Bench extends AsyncDisposable {
  readonly root: string;
  readonly orchestrator: Orchestrator;
  readonly deps: OrchestratorDeps;
  readonly environments: Map<string, EnvironmentDocument>;
  readonly notices: Omit<Notice, 'at'>[];
  readonly clock: { advance: (milliseconds: number) => void };
  rebuilds(): number;
  publish(blueprint: TestBlueprint): Promise<void>;
  propose(
    blueprint: string,
    options?: { environment?: string; inputs?: Record<string, Json>; kind?: 'deploy' | 'remove'; call?: Call },
  ): Promise<Deployment>;
  /** Waits until the deployment is in one of these states. */
  until(id: string, states: readonly DeploymentState[]): Promise<Deployment>;
  approve(id: string, call?: Call): Promise<Deployment>;
  /** Proposes, approves and waits for the end. */
  deploy(blueprint: string, options?: Parameters<Bench['propose']>[1]): Promise<Deployment>;
  /** Closes and opens again, as after a restart. */
  restart(): Promise<void>;
}

export interface BenchOptions {
  readonly root: string;
  readonly blueprints?: readonly TestBlueprint[];
  readonly endpoint?: string;
  /** Where proposals go; an account in AWS without it. */
  readonly target?: Target;
  readonly deps?: Partial<OrchestratorDeps>;
  readonly actor?: Actor;
}

function memorySecrets(): SecretSource {
  const values = new Map<string, string>();
  return {
    store: 'memory',
    get: (name) => Promise.resolve(values.get(name) ?? null),
    put: (name, value) => {
      values.set(name, value);
      return Promise.resolve();
    },
  };
}

export async function createBench(options: BenchOptions): Promise<Bench> {
  const { root } = options;
  const releases = new Map<string, ResolvedRelease>();
  const environments = new Map<string, EnvironmentDocument>();
  const notices: Omit<Notice, 'at'>[] = [];
  const paths = workspacePaths(root);
  mkdirSync(paths.data, { recursive: true });
  let skew = 0;
  let rebuilds = 0;
  const workspace: Workspace = {
    paths,
    readOnly: null,
    assertWritable: () => undefined,
    document: () => ({ groundplan: 1, name: 'test' }),
    connections: () => [],
    saveConnection: () => Promise.resolve([]),
    removeConnection: () => Promise.resolve([]),
    saveRetention: () => Promise.resolve(),
    saveSchedules: () => Promise.resolve(),
    notices: () => [],
    notify: (notice) => notices.push(notice),
    settle: () => undefined,
  };
  const deps: OrchestratorDeps = {
    workspace,
    processes: createNodeProcesses(),
    terraformTool: realTool(),
    cloudAccess: {
      accessFor: (to) => Promise.resolve({ ...accessTo(options.endpoint ?? null, to.account), region: to.region }),
    },
    secrets: memorySecrets(),
    clock: { now: () => Date.now() + skew },
    logger: process.env['DEBUG'] === undefined ? silentLogger : loudLogger,
    events: { changed: () => undefined },
    graphBuilder: {
      rebuild: () => {
        rebuilds += 1;
        return Promise.resolve();
      },
    },
    releases: {
      resolve(reference) {
        const found = releases.get(reference) ?? [...releases.values()].find((one) => one.release.name === reference);
        if (found === undefined) throw new AppError('not-found', `There is no ${reference}.`);
        return Promise.resolve(found);
      },
    },
    environments: {
      read: (name) => Promise.resolve(environments.get(name) ?? null),
      write: (document) => {
        environments.set(document.environment, document);
        return Promise.resolve();
      },
      remove: (name) => {
        environments.delete(name);
        return Promise.resolve();
      },
    },
    blastRadius: ({ ids }) =>
      Promise.resolve({
        hops: ids.length === 0 ? 0 : 1,
        affected: ids.map((id) => ({ id, kind: '', name: id, managedBy: null, hops: 0, path: [], because: 'changed' })),
        notMapped: [],
        mappedAt: null,
      }),
    killPoint: () => undefined,
    ...options.deps,
  };
  const publish = async (blueprint: TestBlueprint): Promise<void> => {
    const release = await resolvedBlueprint(root, blueprint);
    releases.set(`${release.release.name}@${release.release.version}`, release);
  };
  // Before the orchestrator opens: what it takes up again needs them.
  for (const blueprint of options.blueprints ?? []) await publish(blueprint);
  let orchestrator = openOrchestrator(deps);

  const bench: Bench = {
    root,
    get orchestrator() {
      return orchestrator;
    },
    deps,
    environments,
    notices,
    clock: { advance: (milliseconds) => (skew += milliseconds) },
    rebuilds: () => rebuilds,
    publish,
    async propose(blueprint, { environment = 'test', inputs = {}, kind = 'deploy', call = person } = {}) {
      return orchestrator.deployments.propose(
        { blueprint, environment, target: options.target ?? standardTarget, inputs, reason: 'a test', kind },
        call,
      );
    },
    async until(id, states) {
      for await (const deployment of await orchestrator.deployments.watch({ id }, person)) {
        if (states.includes(deployment.state)) return deployment;
      }
      const last = await orchestrator.deployments.get({ id }, person);
      if (states.includes(last.state)) return last;
      throw new Error(
        `It is ${last.state}: ${JSON.stringify([last.problems, last.nodes.map((node) => [node.id, node.state, node.problem?.message])])}`,
      );
    },
    async approve(id, call = person) {
      const review = await orchestrator.deployments.review({ id }, person);
      return orchestrator.deployments.approve(
        {
          id,
          planSetDigest: review.planSetDigest ?? '',
          envelopeDigest: review.envelopeDigest ?? '',
          typed: review.mustType,
        },
        call,
      );
    },
    async deploy(blueprint, proposal) {
      const { id } = await bench.propose(blueprint, proposal);
      await bench.until(id, ['AWAITING_APPROVAL']);
      await bench.approve(id);
      return bench.until(id, ['SUCCEEDED']);
    },
    async restart() {
      await orchestrator.close();
      orchestrator = openOrchestrator(deps);
    },
    [Symbol.asyncDispose]: () => orchestrator.close(),
  };
  return bench;
}

const loudLogger: OrchestratorDeps['logger'] = {
  debug: (id, data) => appendFileSync(2, `${id} ${JSON.stringify(data)}\n`),
  info: (id, data) => appendFileSync(2, `${id} ${JSON.stringify(data)}\n`),
  warn: (id, data) => appendFileSync(2, `${id} ${JSON.stringify(data)}\n`),
  error: (id, data) => appendFileSync(2, `${id} ${JSON.stringify(data)}\n`),
};
