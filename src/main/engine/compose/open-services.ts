import { userInfo } from 'node:os';
import path from 'node:path';
import { toAppError } from '#shared/errors/index.ts';
import { targetScopeId, type DriftReport, type WorkspaceInfo } from '#shared/model/index.ts';
import { createArtifactsService, createArtifactStore, createReadingAids, keepAnswers } from '../artifacts/index.ts';
import {
  createBlueprintsService,
  createCatalogService,
  createEnvironmentFiles,
  createLibrary,
  createReleaseSource,
  installSchemas,
  readEnvironments,
  watchFiles,
} from '../catalog/index.ts';
import {
  createAwsAccessSource,
  createCoverageService,
  createDiscoveryService,
  createArchivesService,
  createImportsService,
  createProviders,
  createRunsUnderWay,
  createScheduleMemory,
  createSchedules,
  followSchedules,
  installedTimer,
  timerPlatformOf,
  type TimerHost,
} from '../discovery/index.ts';
import { createDriftService } from '../drift/index.ts';
import type { EnginePorts } from '../engine-ports.ts';
import { createEstateReader as createFactsReader, createPatternsService } from '../extraction/index.ts';
import {
  createEstateReader,
  countReferences,
  createGraphAccess,
  createEstateService,
  createGraphBuilder,
  warmUp,
  createQuestionsService,
  type EstateReader,
} from '../graph/estate/index.ts';
import { createBuildApart } from '../graph/apart/index.ts';
import { createFactStore } from '../graph/facts/index.ts';
import { createQueriesService } from '../graph/queries/index.ts';
import { createSelections, expandSelections } from '../graph/selections/index.ts';
import {
  createEstateInTime,
  createLookedAt,
  createPastEstates,
  createRetentionRule,
  createRunKeeper,
  createRunsService,
} from '../graph/history/index.ts';
import { openGraphStore } from '../graph/kuzu/index.ts';
import { openOrchestrator, type Orchestrator } from '../orchestrator/index.ts';
import { createTerraformTool } from '../orchestrator/runners/terraform/index.ts';
import type { Call, CloudAccessSource, FactStore, Workspace, WorkspaceServices } from '../ports/index.ts';
import type { EventBus } from '../system/index.ts';
import { openConsents, openWorkspace } from '../workspace/index.ts';
import { startCatchUp } from './catch-up.ts';
import { draftFilesOf } from './draft-files.ts';
import { deployedNodes, environmentStatus } from './environments.ts';
import { createOverlaySource } from './overlay.ts';
import { createOverlayRefresh } from './refresh-overlay.ts';
import { summariseMapping } from './summarise.ts';
import { createTargetAccess } from './target-access.ts';

/** The services of one open workspace, and the way to close them. */
export interface OpenServices {
  readonly workspace: Workspace;
  readonly services: WorkspaceServices;
  readonly cloudAccess: CloudAccessSource;
  summary(): Promise<Pick<WorkspaceInfo, 'lastMappedAt' | 'coverage' | 'waitingApprovals'>>;
  close(): Promise<void>;
}

type Ports = EnginePorts & { readonly events: EventBus };
type Closers = (() => Promise<void> | void)[];

/** Opens a workspace and builds its services, lowest layer first. What was opened is closed again on a failure. */
export async function openServices(root: string, ports: Ports): Promise<OpenServices> {
  const opened = await openWorkspace({ ...ports, root, lock: ports.lockRecord() });
  const closers: Closers = [() => opened.close()];
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    return { ...(await compose(opened.workspace, ports, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function compose(workspace: Workspace, ports: Ports, closers: Closers): Promise<Omit<OpenServices, 'close'>> {
  const { paths } = workspace;
  const { clock, logger, events, processes, environment, homeFolder } = ports;
  // For what the engine asks of itself: nobody's call, and over when the workspace closes.
  const ending = new AbortController();
  closers.push(() => ending.abort());
  const self: Call = { signal: ending.signal, actor: { kind: 'command-line', name: 'groundplan' } };
  await installSchemas(workspace, ports.resourcesFolder);

  const consents = await openConsents(ports.settingsFolder, paths.root);
  const facts = createFactStore({ root: paths.facts, clock, logger, appVersion: ports.version });
  const buildApart = createBuildApart({ processes, program: ports.graphProgram });
  const openStore = (folder: string) => openGraphStore({ folder, logger, buildApart });
  const store = await openStore(paths.graph);
  closers.push(() => store.close());
  const lookedAt = createLookedAt(clock);
  const past = createPastEstates({
    facts,
    lookedAt,
    folder: path.join(paths.graph, 'past'),
    openStore,
    workspace,
  });
  closers.push(() => past.close());
  const artifacts = createArtifactStore(workspace, createReadingAids({ ...ports, workspace }));
  const library = createLibrary(workspace, artifacts);
  const releases = createReleaseSource(workspace);
  const environments = createEnvironmentFiles(workspace);

  let opened: Orchestrator | null = null;
  let driftReports: () => Promise<readonly DriftReport[]> = () => Promise.resolve([]);
  const overlaySource = createOverlaySource(library, {
    orchestrator: () => opened,
    driftReports: () => driftReports(),
  });
  const onBuilt = () => {
    warmUp(graph, ending.signal).catch((error: unknown) => {
      // The first answers are slower then; they tell what is wrong, if anything is.
      if (!ending.signal.aborted) logger.warn('graph.not-warm', { why: String(error) });
    });
  };
  const builder = createGraphBuilder({ facts, store, overlaySource, events, workspace, onBuilt });
  const refresh = createOverlayRefresh({ overlay: overlaySource, store, builder, events, logger });
  const catchingUp = startCatchUp({ facts, store, builder, logger });
  closers.push(() => catchingUp.close());
  // A command ends with its answer, so that has to wait; a screen shows the map there is, and then the new one.
  const graph = createGraphAccess({
    store,
    builder,
    ...(ports.shell === 'headless' ? { caughtUp: catchingUp.done } : {}),
  });
  const reading = { facts, store, builder, graph };
  const estate = createEstateReader(reading);
  const terraformTool = keepAnswers(
    createTerraformTool({
      processes,
      logger,
      environment,
      configured: () => workspace.document().tools?.opentofu ?? null,
    }),
    { logger, data: paths.data },
  );
  const aws = createAwsAccessSource({ workspace, environment, homeFolder, now: () => clock.now() });
  const cloudAccess = createTargetAccess({ aws, environment });
  const shared = { ...ports, workspace, terraformTool, cloudAccess, releases, environments, artifacts };

  const orchestrator = openOrchestrator({
    ...shared,
    graphBuilder: builder,
    blastRadius: ({ ids, target }, signal) =>
      estate.blastRadius({ ids, target: { scopeId: targetScopeId(target), region: target.region } }, signal),
  });
  opened = orchestrator;
  closers.push(() => orchestrator.close());
  const runs = createRunsUnderWay({ afterRun: () => keeper.afterRun(ending.signal) });
  const rule = createRetentionRule(workspace, consents);
  const keeper = createRunKeeper({ facts, workspace, rule, events, clock, logger, lookedAt, runsUnderWay: runs });
  const mapping = { ...ports, workspace, facts, graph: builder, runs };
  const discovery = createDiscoveryService(mapping);
  closers.push(() => discovery.close());
  const timers = timerHostOf(ports);
  const schedules = createSchedules({
    workspace,
    discovery,
    facts,
    events,
    clock,
    logger,
    self,
    memory: createScheduleMemory(path.join(paths.data, 'schedules.json'), consents),
    timerOf: async (connection) =>
      timers === null ? null : installedTimer({ workspace: paths.root, connection }, timers),
  });
  if (ports.shell !== 'headless') {
    const following = followSchedules(schedules);
    closers.push(() => following.close());
  }
  const blueprints = createBlueprintsService({ library, events });
  const drift = createDriftService({
    ...shared,
    blueprints,
    deployedNodes: (name) => deployedNodes(orchestrator, name),
    resourceIdOf: ({ cloudId, arn }) => discoveredId(estate, [arn, cloudId], ending.signal),
    propose: (request, call) => Promise.resolve(orchestrator.proposeRevert(request, call)),
    deploymentState: async (id) =>
      (await orchestrator.deployments.list({ waiting: false }, self)).find((one) => one.id === id)?.state ?? null,
  });
  driftReports = async () => drift.list(undefined, self);
  const watcher = watchFiles({ paths, events: refresh.events, logger });
  closers.push(() => watcher.close());
  closers.push(() => refresh.close());

  const selections = createSelections(path.join(paths.data, 'selections'));
  const patterns = createPatternsService({
    ...shared,
    events: refresh.events,
    tool: terraformTool,
    estate: createFactsReader(facts),
    drafts: draftFilesOf(library),
    environments: {
      ...environments,
      list: async () => (await readEnvironments(workspace)).flatMap(({ document }) => document ?? []),
    },
  });
  const now = { estate: createEstateService(reading), questions: createQuestionsService(reading) };
  const inTime = createEstateInTime(now, past);

  return {
    workspace,
    cloudAccess,
    services: {
      ...expandSelections({ ...inTime, patterns }, selections),
      selections: { keep: async ({ ids }) => ({ id: await selections.keep(ids) }) },
      queries: createQueriesService({ workspace, events }),
      discovery,
      coverage: createCoverageService({ facts, advisers: Object.values(createProviders(ports)) }),
      runs: createRunsService({ facts, keeper, lookedAt }),
      schedules: schedules.service,
      imports: createImportsService({
        ...mapping,
        references: (run, signal) => graph.answer(signal, () => countReferences(graph, run)),
      }),
      archives: createArchivesService({ workspace, facts, clock, version: ports.version }),
      artifacts: createArtifactsService({ workspace, events, store: artifacts }),
      blueprints,
      catalog: createCatalogService({
        library,
        events: refresh.events,
        clock,
        environmentStatus: (name) => environmentStatus(name, { orchestrator, drift, self }),
      }),
      deployments: orchestrator.deployments,
      drift,
    },
    summary: () => summarise(facts, orchestrator),
  };
}

/** Where this machine keeps its timers; null where Groundplan cannot write them. */
function timerHostOf({ homeFolder, environment }: Ports): TimerHost | null {
  const platform = timerPlatformOf(process.platform);
  return platform === null ? null : { platform, homeFolder, environment, userId: userInfo().uid };
}

async function summarise(facts: FactStore, orchestrator: Orchestrator): ReturnType<OpenServices['summary']> {
  const [runs, cells] = await Promise.all([facts.runs(), facts.coverage(null)]);
  return { ...summariseMapping(runs, cells), waitingApprovals: orchestrator.waitingApprovals() };
}

/** The canonical id of a resource by what the tool calls it; null when it was not discovered, or not for certain. */
async function discoveredId(
  estate: EstateReader,
  names: readonly (string | null)[],
  signal: AbortSignal,
): Promise<string | null> {
  for (const name of names) {
    if (name === null || name === '') continue;
    try {
      return (await estate.find(name, signal)).id;
    } catch (thrown) {
      const { code } = toAppError(thrown);
      if (code !== 'not-found' && code !== 'conflict') throw thrown;
    }
  }
  return null;
}
