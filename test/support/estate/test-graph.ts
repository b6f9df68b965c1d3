import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Notice } from '#shared/model/index.ts';
import {
  createEstateReader,
  createEstateService,
  createGraphAccess,
  createGraphBuilder,
  type EstateReader,
} from '#engine/graph/estate/index.ts';
import { createFactStore } from '#engine/graph/facts/index.ts';
import { openGraphStore, type BuildApart } from '#engine/graph/kuzu/index.ts';
import type { Call, EstateService, FactStore, GraphBuilder, GraphOverlay, GraphStore } from '#engine/ports/index.ts';
import { recordingLogger } from './recording-logger.ts';

const emptyOverlay: GraphOverlay = {
  blueprintVersions: [],
  environments: [],
  deployments: [],
  managed: [],
  changed: [],
};

/** Facts, graph and estate service over a folder of their own. */
export interface TestGraph {
  readonly folder: string;
  readonly facts: FactStore;
  readonly store: GraphStore;
  readonly builder: GraphBuilder;
  readonly service: EstateService;
  readonly reader: EstateReader;
  readonly notices: Omit<Notice, 'at'>[];
  /** What the next build lays over the resources. */
  overlay: GraphOverlay;
  readonly call: Call;
  readonly signal: AbortSignal;
  /** Closes the graph and opens a new one over the same folder. */
  reopen(): Promise<TestGraph>;
  close(): Promise<void>;
}

/** How the graph is built, where that is not as usual. */
export interface TestGraphOptions {
  /** Builds every graph in a process of its own. */
  readonly buildApart?: BuildApart;
}

async function openIn(
  folder: string,
  { buildApart = null }: { readonly buildApart?: BuildApart | null },
): Promise<TestGraph> {
  const logger = recordingLogger();
  const notices: Omit<Notice, 'at'>[] = [];
  let time = 1_700_000_000_000;
  const clock = { now: () => (time += 1000) };
  const facts = createFactStore({ root: join(folder, 'facts'), clock, logger, appVersion: '0.0.0' });
  const store = await openGraphStore({ folder: join(folder, 'graph'), logger, buildApart });
  const signal = new AbortController().signal;
  const overlaySource = { overlay: () => Promise.resolve(graph.overlay) };
  const workspace = { notify: (notice: Omit<Notice, 'at'>) => void notices.push(notice) };
  const events = { changed: () => undefined };
  const builder = createGraphBuilder({ facts, store, overlaySource, workspace, events, apartFrom: 0 });
  const deps = { facts, store, builder, graph: createGraphAccess({ store, builder }) };
  const graph: TestGraph = {
    folder,
    facts,
    store,
    builder,
    service: createEstateService(deps),
    reader: createEstateReader(deps),
    notices,
    overlay: emptyOverlay,
    call: { signal, actor: { kind: 'person', name: 'test' } },
    signal,
    async reopen() {
      await store.close();
      return openIn(folder, { buildApart });
    },
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return graph;
}

/** Opens an empty graph in a new temporary folder; `close` removes it. */
export async function openTestGraph(options: TestGraphOptions = {}): Promise<TestGraph> {
  return openIn(await mkdtemp(join(tmpdir(), 'groundplan-graph-')), options);
}
