import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createArtifactStore } from '#engine/artifacts/index.ts';
import { createEnvironmentFiles, createLibrary, createReleaseSource, readEnvironments } from '#engine/catalog/index.ts';
import { draftFilesOf } from '#engine/compose/draft-files.ts';
import { createAwsAccessSource } from '#engine/discovery/index.ts';
import { createPatternsService, type EstateReader, type PatternsDeps } from '#engine/extraction/index.ts';
import { createTerraformTool } from '#engine/orchestrator/runners/terraform/index.ts';
import type { Call, Logger, PatternsService, TerraformTool, Workspace } from '#engine/ports/index.ts';
import { openWorkspace } from '#engine/workspace/index.ts';
import { tofuEnvironment } from '#test/support/toolchain/index.ts';
import { createNodeProcesses } from '../../../../src/main/engine-adapters/node-processes.ts';
import type { ReadFacts } from './read-facts.ts';

const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A call as a person on a screen makes it. */
export function call(): Call {
  return { signal: AbortSignal.timeout(170_000), actor: { kind: 'person', name: 'tester' } };
}

/** A workspace with the real tool and the real provider against a test cloud. */
export interface Workshop extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly tool: TerraformTool;
  readonly deps: PatternsDeps;
  readonly patterns: PatternsService;
}

export interface WorkshopOptions {
  readonly endpoint: string;
  /** The role to take in other accounts. */
  readonly role: string;
  readonly facts: () => ReadFacts;
}

export async function openWorkshop(options: WorkshopOptions): Promise<Workshop> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'groundplan-patterns-')));
  const connection = `  - name: test\n    cloud: aws\n    organization: true\n    role: ${options.role}\n    endpoint: ${options.endpoint}\n`;
  await mkdir(root, { recursive: true });
  await writeFile(path.join(root, 'groundplan.yaml'), `groundplan: 1\nname: test\nconnections:\n${connection}`);
  const processes = createNodeProcesses();
  const clock = { now: () => Date.now() };
  const events = { changed: () => {} };
  const opened = await openWorkspace({
    root,
    clock,
    events,
    processes,
    lock: { pid: process.pid, startTime: '', url: null, token: null, agentToken: null },
  });
  const { workspace } = opened;
  const environment = tofuEnvironment();
  const tool = createTerraformTool({
    processes,
    logger: silentLogger,
    environment,
    configured: () => path.join(environment['PATH']?.split(path.delimiter)[0] ?? '', 'tofu'),
  });
  const estate: EstateReader = {
    outline: () => Promise.resolve({ ...options.facts(), scopes: [] }),
    slice: () => Promise.resolve(options.facts()),
  };
  const deps: PatternsDeps = {
    workspace,
    estate,
    artifacts: createArtifactStore(workspace),
    drafts: draftFilesOf(createLibrary(workspace, createArtifactStore(workspace))),
    environments: {
      ...createEnvironmentFiles(workspace),
      list: async () => (await readEnvironments(workspace)).flatMap(({ document }) => document ?? []),
    },
    releases: createReleaseSource(workspace),
    tool,
    cloudAccess: createAwsAccessSource({
      workspace,
      environment,
      homeFolder: root,
      now: clock.now,
    }),
    clock,
    events,
    logger: silentLogger,
  };
  return {
    workspace,
    tool,
    deps,
    patterns: createPatternsService(deps),
    async [Symbol.asyncDispose]() {
      await opened.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
