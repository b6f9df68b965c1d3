export type { ArtifactSource, SourcedArtifact } from './artifact-source.ts';
export type { Clock } from './clock.ts';
export type { CloudAccess, CloudAccessSource } from './cloud-access.ts';
export type {
  GraphBuildReport,
  GraphInput,
  GraphOverlay,
  GraphQueryOptions,
  GraphRelationship,
  GraphResource,
  GraphResourceHead,
  GraphStore,
  OverlaySource,
  ResourceHead,
  GraphSource,
} from './graph-store.ts';
export { nodeFlags } from './graph-shape.ts';
export type {
  CodedColumn,
  GraphShape,
  RelationshipColumns,
  RelationshipDetails,
  TagColumns,
  TextBlock,
  TextColumn,
} from './graph-shape.ts';
export type { Consents } from './consents.ts';
export type { EventSink } from './host.ts';
export type { Logger } from './logger.ts';
export type { ChildOptions, ChildResult, Processes, ProgramCommand } from './processes.ts';
export type { EnvironmentFiles, ReleaseSource, ResolvedBlueprint, ResolvedNode, ResolvedRelease } from './releases.ts';
export type { RunningEnvironment } from './running-step.ts';
export type { SecretSource } from './secret-source.ts';
export type {
  TerraformApplyOptions,
  TerraformEvent,
  TerraformPlan,
  TerraformPlanOptions,
  TerraformStateIdentity,
  TerraformTool,
  TerraformWorkdir,
  TerraformWorkdirOptions,
} from './terraform-tool.ts';
export type {
  CellKey,
  ComparedRuns,
  FactDamage,
  FactPlace,
  FoundFact,
  FactReader,
  FactSource,
  FactStore,
  FactView,
  ArchivedCell,
  ArchivedFacts,
  GraphBuilder,
  ResumedRun,
  RunRequest,
  RunUse,
  RunWriter,
} from './fact-store.ts';
export type { Workspace, WorkspacePaths, WritableWorkspace } from './workspace.ts';
export type {
  ArchivesService,
  ArtifactsService,
  BlueprintsService,
  Call,
  CatalogService,
  DeploymentsService,
  CoverageService,
  DiscoveryService,
  DiscoverySteps,
  DriftService,
  EngineServices,
  EstateService,
  ImportsService,
  PatternsService,
  QueriesService,
  QuestionsService,
  RunsService,
  SchedulesService,
  ServiceOf,
  SplitService,
  SystemService,
  WorkspaceServices,
} from './services.ts';
export type { RootRun, RootTool, StateHold, StateLock } from './root-tool.ts';
