import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createArtifactStore } from '#engine/artifacts/index.ts';
import {
  createBlueprintsService,
  createCatalogService,
  createEnvironmentFiles,
  createLibrary,
  createReleaseSource,
} from '#engine/catalog/index.ts';
import { createDriftService, type DeployedNode, type DriftDeps } from '#engine/drift/index.ts';
import { createTerraformTool } from '#engine/orchestrator/runners/terraform/index.ts';
import type { CloudAccess, Logger, ResolvedNode, TerraformTool } from '#engine/ports/index.ts';
import type { JsonObject } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { BlueprintDocument, Deployment, DeploymentState, Target } from '#shared/model/index.ts';
import { requireTool, tofuEnvironment } from '#test/support/toolchain/index.ts';
import { makeWorkspace } from '#test/support/workspace/make-workspace.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const target: Target = { cloud: 'aws', account: '123456789012', region: 'us-east-1' };

/** One deployed step: an artifact with what it was given. */
export interface BenchNode {
  readonly files: Readonly<Record<string, string>>;
  readonly set: JsonObject;
  readonly variables: JsonObject;
  readonly sensitive?: readonly string[];
  readonly target?: Target;
}

export interface BenchOptions {
  readonly endpoint: string;
  readonly nodes: Readonly<Record<string, BenchNode>>;
  readonly inputs?: BlueprintDocument['inputs'];
  readonly environmentInputs?: JsonObject;
  /** Replaces the access of a target, for clouds that do not answer. */
  readonly access?: (target: Target) => CloudAccess | AppError;
}

/**
 * A workspace with the published blueprint `shop@1.0.0` and the environment `us`, on the real catalog and the real
 * tool. Deployments are not run by an orchestrator: the bench applies a step and says what was deployed.
 */
export async function openBench(options: BenchOptions) {
  const base = await makeWorkspace();
  const { workspace, events, call, root } = base;
  const tool = createTerraformTool({
    processes: createNodeProcesses(),
    logger: silent,
    environment: tofuEnvironment(),
    configured: () => requireTool('tofu'),
  });
  let now = Date.UTC(2026, 0, 15, 12);
  let deployedAt = now;
  const clock = { now: () => now };
  const artifacts = createArtifactStore(workspace);
  const library = createLibrary(workspace, artifacts);
  const blueprints = createBlueprintsService({ library, events });
  const catalog = createCatalogService({ library, events, clock, environmentStatus: () => Promise.resolve(null) });
  const releases = createReleaseSource(workspace);

  for (const [id, node] of Object.entries(options.nodes)) {
    for (const [name, text] of Object.entries(node.files)) await base.write(`artifacts/${id}/${name}`, text);
    await base.write(`artifacts/${id}/artifact.yaml`, '# Kept by the network team.\nversion: 1.0.0\n');
  }
  const document: BlueprintDocument = {
    blueprint: 'shop',
    version: '1.0.0',
    boundary: 'platform',
    inputs: options.inputs ?? {},
    nodes: Object.fromEntries(
      Object.entries(options.nodes).map(([id, node]) => [id, { use: `${id}@1.0.0`, set: node.set }]),
    ),
  };
  const draft = await blueprints.create({ name: 'shop', boundary: 'platform', summary: '' }, call);
  await blueprints.save({ name: 'shop', document, canvas: draft.canvas, baseRevision: draft.revision }, call);
  await catalog.publish({ name: 'shop', audience: { people: 'everyone', agents: 'no' }, notes: '' }, call);
  const environments = createEnvironmentFiles(workspace);
  await environments.write({
    environment: 'us',
    blueprint: 'shop@1.0.0',
    target,
    inputs: options.environmentInputs ?? {},
  });
  const release = await releases.resolve('shop@1.0.0');

  const states = new Map<string, DeploymentState>();
  const proposals: { environment: string; reason: string }[] = [];
  const variables = new Map(Object.entries(options.nodes).map(([id, node]) => [id, node.variables]));
  const accessFor = (wanted: Target): CloudAccess => {
    const replaced = options.access?.(wanted);
    if (replaced instanceof AppError) throw replaced;
    const { account: accountId, region } = wanted;
    return replaced ?? { cloud: 'aws', accountId, region, env: credentials, endpoint: options.endpoint };
  };
  const nodes = (): DeployedNode[] =>
    Object.entries(options.nodes).map(([id, node]) => ({
      id,
      blueprint: 'shop',
      version: '1.0.0',
      use: `${id}@1.0.0`,
      target: node.target ?? target,
      stage: 1,
      sources: sourcesOf(release.nodes[id]),
      variables: variables.get(id) ?? {},
      sensitive: node.sensitive ?? [],
      statePath: path.join(workspace.paths.state, 'us', `${id}.tfstate`),
      deployedAt,
    }));
  const deps: DriftDeps = {
    workspace,
    terraformTool: tool,
    cloudAccess: { accessFor: (wanted) => Promise.resolve().then(() => accessFor(wanted)) },
    clock,
    events,
    logger: silent,
    releases,
    environments,
    artifacts,
    blueprints,
    deployedNodes: (environment) => Promise.resolve(environment === 'us' ? nodes() : []),
    propose: (request) => {
      proposals.push(request);
      const id = `d-${proposals.length}`;
      states.set(id, 'AWAITING_APPROVAL');
      return Promise.resolve({ id, environment: request.environment, kind: 'revert' } as Deployment);
    },
    deploymentState: (id) => Promise.resolve(states.get(id) ?? null),
    resourceIdOf: ({ cloudId, arn }) => Promise.resolve(arn ?? `id:${cloudId}`),
  };

  return {
    root,
    call,
    workspace,
    environments,
    blueprints,
    releases,
    states,
    proposals,
    variables,
    changed: base.changed,
    service: createDriftService(deps),
    /** Lets time go by; the time it is then. */
    pass: (milliseconds: number) => (now += milliseconds),
    /** As after a deployment that ends now. */
    deployed: () => (deployedAt = now),
    /** Applies one step with the real tool, as a deployment does. */
    deploy: (id: string) => applyNode(tool, { node: nodes().find((one) => one.id === id), endpoint: options.endpoint }),
    read: (file: string) => readFile(path.join(root, file), 'utf8'),
    /** Names in a folder; none when it is not there. */
    list: (folder: string) => readdir(path.join(root, folder)).catch((): string[] => []),
    [Symbol.asyncDispose]: () => base[Symbol.asyncDispose](),
  };
}

const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

function sourcesOf(node: ResolvedNode | undefined): string {
  if (node?.type !== 'artifact') throw new Error('There is no such artifact on this bench.');
  return node.sources;
}

async function applyNode(
  tool: TerraformTool,
  { node, endpoint }: { readonly node: DeployedNode | undefined; readonly endpoint: string },
): Promise<void> {
  if (node === undefined) throw new Error('There is no such step on this bench.');
  const { signal } = new AbortController();
  const { account: accountId, region } = node.target;
  const workdir = await tool.prepare({
    sources: node.sources,
    directory: path.join(path.dirname(node.statePath), `apply-${node.id}`),
    access: { cloud: 'aws', accountId, region, env: credentials, endpoint },
    variables: node.variables,
    statePath: node.statePath,
    signal,
  });
  const plan = await tool.plan(workdir, { mode: 'normal', signal });
  await tool.apply(workdir, { planFile: plan.planFile, expectedDigest: plan.digest, signal });
}
