import path from 'node:path';
import type {
  Clock,
  DiscoveryService,
  EventSink,
  FactStore,
  GraphBuilder,
  Logger,
  Workspace,
} from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { RunProgress } from '#shared/model/index.ts';
import type { CloudProviders } from './cloud-provider.ts';
import { createProviders } from './cloud-providers.ts';
import { cellsThatMayHold } from './cells-that-may-hold.ts';
import { connectClouds } from './connect-clouds.ts';
import { startLiveRun } from './live-run.ts';
import { ledgerRows } from './progress-board.ts';
import { refuseUnknownKinds } from './refuse-unknown-kinds.ts';
import {
  changedConnections,
  changedScopes,
  connectionsOf,
  findResumable,
  refuseForeignEndpoints,
} from './resume-run.ts';
import { focusOf } from './run-focus.ts';
import { createRunsUnderWay, type RunsUnderWay } from './runs-under-way.ts';
import { copySample, readSampleDescription } from './sample-estate.ts';
import { defaultLimits, type SchedulerLimits } from './scheduler.ts';

/** What discovery needs of the facts: it writes runs and tells of them. */
type RunStore = Pick<
  FactStore,
  'startRun' | 'resumeRun' | 'runRequest' | 'scopesSeenBy' | 'runs' | 'coverage' | 'knownScopes'
>;

export interface DiscoveryDeps {
  readonly workspace: Workspace;
  readonly facts: RunStore;
  readonly graph: GraphBuilder;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Folder with what ships beside the program; the sample stands in `sample/`. */
  readonly resourcesFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  /** Other limits or other clouds than the real ones, for tests. */
  readonly limits?: SchedulerLimits;
  readonly providers?: CloudProviders;
  /** What is under way; shared with imports. */
  readonly runs?: RunsUnderWay;
}

/** Mapping what runs. Close it before the workspace: runs under way are cancelled and their facts closed. */
export interface ClosableDiscoveryService extends DiscoveryService {
  close(): Promise<void>;
}

export function createDiscoveryService(deps: DiscoveryDeps): ClosableDiscoveryService {
  const providers = deps.providers ?? createProviders(deps);
  const all = Object.values(providers);
  const runs = deps.runs ?? createRunsUnderWay();
  const sampleFolder = path.join(deps.resourcesFolder, 'sample');
  const liveDeps = { ...deps, limits: deps.limits ?? defaultLimits, closing: runs.closing };

  return {
    sources: async () => (await Promise.all(all.map((provider) => provider.sources()))).flat(),

    async start(request, { signal }) {
      deps.workspace.assertWritable();
      refuseUnknownKinds(request, all);
      const run = await runs.start(async () => {
        const [earlier, mayHold] = await Promise.all([deps.facts.knownScopes(), cellsThatMayHold(deps.facts)]);
        const connection = await connectClouds(providers, request, AbortSignal.any([signal, runs.closing]));
        const writer = await deps.facts
          .startRun({
            source: 'live',
            clouds: [...new Set(request.clouds.map(({ cloud }) => cloud))],
            focus: focusOf(request),
            asked: { request, connections: connectionsOf(request, deps.workspace.connections()) },
          })
          .catch((error: unknown) => {
            connection.close();
            throw error;
          });
        return startLiveRun(writer, connection, { ...liveDeps, earlier, mayHold });
      });
      deps.events.changed(['runs'], String(run));
      return { run };
    },

    async resume({ run: wanted }, { signal }) {
      deps.workspace.assertWritable();
      let changes: string[] = [];
      const run = await runs.start(async () => {
        const { run: cutOff, asked } = await findResumable(deps.facts, wanted);
        refuseForeignEndpoints(asked.request, deps.workspace.connections());
        const before = await deps.facts.scopesSeenBy(cutOff.id);
        const [earlier, mayHold] = await Promise.all([deps.facts.knownScopes(), cellsThatMayHold(deps.facts)]);
        const connection = await connectClouds(providers, asked.request, AbortSignal.any([signal, runs.closing]));
        try {
          changes = [
            ...changedConnections(asked, deps.workspace.connections()),
            ...changedScopes(cutOff.id, before, connection.scopes),
          ];
          const { writer, isDone } = await deps.facts.resumeRun(cutOff.id);
          return startLiveRun(writer, connection, {
            ...liveDeps,
            earlier,
            mayHold,
            isDone,
          });
        } catch (error) {
          connection.close();
          throw error;
        }
      });
      deps.events.changed(['runs'], String(run));
      return { run, changes };
    },

    async *progress({ run }, { signal }) {
      const live = runs.find(run);
      if (live === undefined) yield await finishedProgress(deps.facts, run);
      else yield* live.board.watch(signal);
    },

    async cancel({ run }) {
      const live = runs.find(run);
      if (live === undefined) return findRun(deps.facts, run);
      live.cancel();
      return live.finished;
    },

    runs: async () => [...(await deps.facts.runs())],

    async loadSample(_input, { signal }) {
      deps.workspace.assertWritable();
      runs.assertIdle();
      const { madeAt, resources } = await readSampleDescription(sampleFolder);
      const run = await copySample(sampleFolder, deps.facts, signal);
      deps.events.changed(['runs'], String(run.id));
      await deps.graph.rebuild(signal);
      deps.events.changed(['estate'], String(run.id));
      // As the map shows them: the run counts what two accounts tell of twice.
      return { run: run.id, madeAt, resources };
    },

    async saveConnection(connection) {
      refuseUnknownKinds({ clouds: [connection], kinds: [] }, all);
      const connections = await deps.workspace.saveConnection(connection);
      deps.events.changed(['workspace', 'settings'], connection.name);
      return [...connections];
    },

    async removeConnection({ name }) {
      const connections = await deps.workspace.removeConnection(name);
      deps.events.changed(['workspace', 'settings'], name);
      return [...connections];
    },

    close: () => runs.close(),
  };
}

async function findRun(facts: RunStore, id: number) {
  const run = (await facts.runs()).find((candidate) => candidate.id === id);
  if (run !== undefined) return run;
  throw new AppError('not-found', `There is no discovery run ${id}.`, { details: { run: id } });
}

/** The last state of a run that is over, from its ledger. */
async function finishedProgress(facts: RunStore, id: number): Promise<RunProgress> {
  return { run: await findRun(facts, id), phase: 'done', cells: ledgerRows(await facts.coverage(id)) };
}
