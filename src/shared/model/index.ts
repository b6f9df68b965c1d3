// The door to the domain words; the names below are listed on purpose, one file per part of the loop.
export { adviceSchema, remedySchema } from './advice.ts';
export type { Advice, Remedy } from './advice.ts';
export { completeShare } from './complete-share.ts';
export {
  coverageFilterSchema,
  coverageGroupingSchema,
  coverageGroupSchema,
  coveragePlaceSchema,
  coverageSummarySchema,
} from './coverage.ts';
export type { CoverageFilter, CoverageGroup, CoverageGrouping, CoveragePlace, CoverageSummary } from './coverage.ts';
export {
  clouds,
  cloudSchema,
  categories,
  categorySchema,
  relationshipTypes,
  relationshipTypeSchema,
  scopeKinds,
  scopeKindSchema,
  scopeFactSchema,
  resourceFactSchema,
  relationshipFactSchema,
  coverageStatuses,
  coverageStatusSchema,
  coverageCellSchema,
  advisedCellSchema,
  callCountsSchema,
  runFocusSchema,
  runSchema,
  resourceRowSchema,
  estateFilterSchema,
  relationshipRowSchema,
  resourceDetailSchema,
  estateStatsSchema,
  scopeNodeSchema,
  graphViewNodeSchema,
  graphViewSchema,
  managedFilterSchema,
  queryResultSchema,
} from './estate.ts';
export type {
  Cloud,
  Category,
  RelationshipType,
  ScopeKind,
  ScopeFact,
  ResourceFact,
  RelationshipFact,
  CoverageStatus,
  CoverageCell,
  AdvisedCell,
  CallCounts,
  Run,
  RunFocus,
  ResourceRow,
  EstateFilter,
  EstateFilterInput,
  RelationshipRow,
  ResourceDetail,
  EstateStats,
  ScopeNode,
  GraphViewNode,
  GraphView,
  QueryResult,
} from './estate.ts';
export {
  dependentsSchema,
  exposureSchema,
  neighboursSchema,
  overlapsSchema,
  pathsSchema,
  usesSchema,
} from './questions.ts';
export type {
  BlindSpots,
  ChainLink,
  Dependents,
  EvidenceLine,
  ExposedResource,
  ExposureAnswer,
  NamedResource,
  Neighbours,
  Overlaps,
  Paths,
  Uses,
} from './questions.ts';
export {
  runAttributeSchema,
  runChanges,
  runChangeSchema,
  runComparisonSchema,
  runDifferenceSchema,
  runGapSchema,
} from './comparison.ts';
export { archiveReportSchema, redactions, redactionSchema } from './archive.ts';
export type { ArchiveReport, Redaction } from './archive.ts';
export type { RunAttribute, RunChange, RunComparison, RunDifference, RunGap } from './comparison.ts';
export {
  estateImportReportSchema,
  importedFileSchema,
  importFormats,
  importFormatSchema,
  importProblemSchema,
  referenceCountsSchema,
  readingProgressSchema,
} from './imports.ts';
export type {
  EstateImportReport,
  ImportedFile,
  ImportFormat,
  ImportProblem,
  ReadingProgress,
  ReferenceCounts,
} from './imports.ts';
export {
  awsExternalIdSchema,
  accessPolicySchema,
  allRegions,
  cloudRequestSchema,
  cloudSourceSchema,
  connectionSchema,
  discoverableClouds,
  discoverableCloudSchema,
  discoverRequestSchema,
  regionNameSchema,
  runProgressSchema,
  stepDeclarationSchema,
} from './discovery.ts';
export type {
  AccessPolicy,
  AwsRequest,
  AzureRequest,
  CloudRequest,
  CloudSource,
  Connection,
  DiscoverableCloud,
  DiscoverRequest,
  DiscoverRequestInput,
  GcpRequest,
  RunProgress,
  StepDeclaration,
} from './discovery.ts';
export {
  boundaries,
  boundarySchema,
  runnerSchema,
  originSchema,
  portSchemaSchema,
  portsSchema,
  requirementSchema,
  artifactSchema,
  problemSchema,
  foundPieceSchema,
  importReportSchema,
} from './artifact.ts';
export type {
  Boundary,
  Runner,
  Origin,
  PortSchema,
  Ports,
  Requirement,
  Artifact,
  Problem,
  FoundPiece,
  ImportReport,
} from './artifact.ts';
export {
  nameSchema,
  versionSchema,
  useReferenceSchema,
  blueprintInputSchema,
  blueprintNodeSchema,
  blueprintOutputSchema,
  blueprintDocumentSchema,
  canvasDocumentSchema,
  draftSummarySchema,
  draftSchema,
  paletteItemSchema,
  audienceSchema,
  releaseSchema,
  catalogEntrySchema,
  lockNodeSchema,
  lockDocumentSchema,
  publishedBlueprintSchema,
  versionChangeSchema,
  versionDiffSchema,
} from './blueprint.ts';
export type {
  BlueprintInput,
  BlueprintNode,
  BlueprintOutput,
  BlueprintDocument,
  CanvasDocument,
  DraftSummary,
  Draft,
  PaletteItem,
  Audience,
  Release,
  CatalogEntry,
  LockDocument,
  PublishedBlueprint,
  VersionDiff,
} from './blueprint.ts';
export { artifactDiffSchema, artifactUseSchema } from './artifact-use.ts';
export type { ArtifactDiff, ArtifactUse } from './artifact-use.ts';
export { artifactCorrectionsSchema, artifactDocumentSchema, portCorrectionSchema } from './artifact-document.ts';
export type { ArtifactCorrections, ArtifactDocument, PortCorrection } from './artifact-document.ts';
export { releaseInterfaceSchema } from './release-interface.ts';
export type { ReleaseInterface } from './release-interface.ts';
export {
  awsAccountSchema,
  targetCloudSchema,
  targetClouds,
  targetSchema,
  targetScopeId,
  targetWords,
  typedTarget,
} from './target.ts';
export type { Target, TargetCloud } from './target.ts';
export { secretReferenceSchema, environmentDocumentSchema, environmentSchema } from './environment.ts';
export type { SecretReference, EnvironmentDocument, Environment } from './environment.ts';
export {
  deploymentStates,
  deploymentStateSchema,
  nodeStates,
  nodeStateSchema,
  actorSchema,
  changeActionSchema,
  attributeChangeSchema,
  resourceChangeSchema,
  envelopeSchema,
  estimateSchema,
  planNodeSchema,
  deploymentSchema,
  blastRadiusSchema,
  reviewCheckSchema,
  reviewInputSchema,
  reviewSchema,
  logLineSchema,
  proposalInputSchema,
} from './deployment.ts';
export type {
  DeploymentState,
  NodeState,
  Actor,
  ChangeAction,
  AttributeChange,
  ResourceChange,
  Envelope,
  Estimate,
  PlanNode,
  Deployment,
  BlastRadius,
  ReviewCheck,
  ReviewInput,
  Review,
  LogLine,
  ProposalInput,
} from './deployment.ts';
export { stateClaimSchema, stateContentsSchema, stateKind } from './state-claims.ts';
export type { StateClaim, StateContents } from './state-claims.ts';
export { graphTablesSchema, queryDocumentSchema, savedQuerySchema } from './query.ts';
export type { GraphTables, QueryDocument, SavedQuery } from './query.ts';
export { countIds, mostIdsByName, readSelectionId, selectionId } from './selection.ts';
export { driftItemSchema, driftReportSchema } from './drift.ts';
export type { DriftItem, DriftReport } from './drift.ts';
export {
  instanceSelectionSchema,
  patternCandidateSchema,
  alignedResourceSchema,
  comparisonSchema,
  extractionSchema,
  instanceProofSchema,
  proofSchema,
} from './pattern.ts';
export type {
  InstanceSelection,
  InstanceSelectionInput,
  PatternCandidate,
  AlignedResource,
  Comparison,
  Extraction,
  InstanceProof,
  Proof,
} from './pattern.ts';
export {
  finenesses,
  finenessSchema,
  splitDecisionsSchema,
  splitMemberSchema,
  splitGroupSchema,
  splitMoveSchema,
  splitInterfaceSchema,
  splitScoresSchema,
  splitReachSchema,
  splitCheckSchema,
  splitFoundTargetSchema,
  splitProposalSchema,
  splitOptionsSchema,
  splitEmissionSchema,
  splitProofSchema,
  splitStateSourceSchema,
  splitLockSchema,
  splitLockText,
  splitPushSchema,
  splitStandingSchema,
} from './split.ts';
export type {
  Fineness,
  SplitDecisions,
  SplitDecisionsInput,
  SplitMember,
  SplitGroup,
  SplitMove,
  SplitInterface,
  SplitScores,
  SplitReach,
  SplitCheck,
  SplitFoundTarget,
  SplitProposal,
  SplitOptions,
  SplitEmission,
  SplitProof,
  SplitStateSource,
  SplitLock,
  SplitPush,
  SplitStanding,
} from './split.ts';
export {
  toolStatusSchema,
  noticeSchema,
  workspaceDocumentSchema,
  workspaceInfoSchema,
  topics,
  topicSchema,
  engineEventSchema,
} from './system.ts';
export type { ToolStatus, Notice, WorkspaceDocument, WorkspaceInfo, Topic, EngineEvent } from './system.ts';
export { pruningSchema, retentionSchema, runHistorySchema, runRemovalSchema } from './history.ts';
export type { Pruning, Retention, RunHistory, RunRemoval } from './history.ts';
export { intervals, intervalSchema, quietHoursSchema, scheduleSchema, scheduleStateSchema } from './schedule.ts';
export type { Interval, QuietHours, Schedule, ScheduleState } from './schedule.ts';
