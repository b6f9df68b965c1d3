import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import type { Contract } from '#shared/contract/index.ts';
import type { Actor } from '#shared/model/index.ts';

/** Who calls and until when. */
export interface Call {
  readonly signal: AbortSignal;
  readonly actor: Actor;
}

type Awaitable<Value> = Value | Promise<Value>;

type Method<Procedure> =
  Procedure extends ContractProcedure<infer Input, infer Output, infer _Errors, infer _Meta>
    ? (input: InferSchemaOutput<Input>, call: Call) => Awaitable<InferSchemaInput<Output>>
    : never;

/** A service has one method per procedure of its namespace: same name, parsed input, the contract's output. */
export type ServiceOf<Namespace> = { readonly [Name in keyof Namespace]: Method<Namespace[Name]> };

export type EstateService = ServiceOf<Contract['estate']>;
export type QuestionsService = ServiceOf<Contract['questions']>;
export type QueriesService = ServiceOf<Contract['queries']>;
export type SelectionsService = ServiceOf<Contract['selections']>;
export type DiscoveryService = Omit<ServiceOf<Contract['discovery']>, keyof DiscoverySteps>;
/** The part of discovery that needs no workspace. */
export type DiscoverySteps = Pick<ServiceOf<Contract['discovery']>, 'steps'>;
export type CoverageService = ServiceOf<Contract['coverage']>;
export type RunsService = ServiceOf<Contract['runs']>;
export type ArchivesService = ServiceOf<Contract['archives']>;
export type SchedulesService = ServiceOf<Contract['schedules']>;
export type ImportsService = ServiceOf<Contract['imports']>;
export type ArtifactsService = ServiceOf<Contract['artifacts']>;
export type BlueprintsService = ServiceOf<Contract['blueprints']>;
export type CatalogService = ServiceOf<Contract['catalog']>;
export type PatternsService = ServiceOf<Contract['patterns']>;
export type DeploymentsService = ServiceOf<Contract['deployments']>;
export type DriftService = ServiceOf<Contract['drift']>;
export type SplitService = ServiceOf<Contract['split']>;
export type SystemService = ServiceOf<Contract['system']>;

/** What an open workspace offers; `rpc` and `mcp` are two doors to the same services. */
export interface WorkspaceServices {
  readonly estate: EstateService;
  readonly questions: QuestionsService;
  readonly queries: QueriesService;
  readonly selections: SelectionsService;
  readonly discovery: DiscoveryService;
  readonly coverage: CoverageService;
  readonly runs: RunsService;
  readonly archives: ArchivesService;
  readonly schedules: SchedulesService;
  readonly imports: ImportsService;
  readonly artifacts: ArtifactsService;
  readonly blueprints: BlueprintsService;
  readonly catalog: CatalogService;
  readonly patterns: PatternsService;
  readonly deployments: DeploymentsService;
  readonly drift: DriftService;
}

/** What an engine offers with and without an open workspace. */
export interface EngineServices {
  readonly system: SystemService;
  readonly discovery: DiscoverySteps;
  readonly split: SplitService;
}
