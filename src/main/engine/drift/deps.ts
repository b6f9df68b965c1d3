import type { JsonObject } from '#shared/base/json.ts';
import type { Deployment, DeploymentState, Target } from '#shared/model/index.ts';
import type {
  ArtifactSource,
  BlueprintsService,
  Call,
  Clock,
  CloudAccessSource,
  EnvironmentFiles,
  EventSink,
  Logger,
  ReleaseSource,
  TerraformTool,
  Workspace,
} from '../ports/index.ts';

/** One step of an environment as it was deployed last. */
export interface DeployedNode {
  /** Id of the step, such as `network` or `platform.network`. */
  readonly id: string;
  /** The deployed blueprint, exact. */
  readonly blueprint: string;
  readonly version: string;
  /** `name@version` of the artifact behind the step. */
  readonly use: string;
  readonly target: Target;
  readonly stage: number;
  /** Folder with the locked sources of the release. */
  readonly sources: string;
  /** What the step is given, secrets resolved. */
  readonly variables: JsonObject;
  /** Names of variables whose values are never shown or stored. */
  readonly sensitive: readonly string[];
  /** Required variables whose values are not there: secrets that this engine was not given. */
  readonly missing?: readonly string[];
  readonly statePath: string;
  /** When the last deployment of it ended. Milliseconds since 1970. */
  readonly deployedAt: number;
}

/** A deployment to ask for: puts the whole environment back to what its version and inputs say. */
interface RevertRequest {
  readonly environment: string;
  readonly reason: string;
}

/** What the drift service needs from outside. */
export interface DriftDeps {
  readonly workspace: Pick<Workspace, 'paths' | 'assertWritable'>;
  readonly terraformTool: TerraformTool;
  readonly cloudAccess: CloudAccessSource;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly logger: Logger;
  readonly releases: ReleaseSource;
  readonly environments: EnvironmentFiles;
  readonly artifacts: ArtifactSource;
  readonly blueprints: Pick<BlueprintsService, 'get' | 'create' | 'save'>;
  /** Every step of an environment that has a state; none when nothing of it is deployed. */
  readonly deployedNodes: (environment: string, signal: AbortSignal) => Promise<readonly DeployedNode[]>;
  /** Makes a deployment of kind `revert`, which needs an approval like any other. */
  readonly propose: (request: RevertRequest, call: Call) => Promise<Deployment>;
  /** Where a deployment stands; null when it is not known. */
  readonly deploymentState: (id: string) => Promise<DeploymentState | null>;
  /** Canonical id in the cloud graph, when the resource was discovered. */
  readonly resourceIdOf?: (resource: {
    readonly cloudId: string;
    readonly arn: string | null;
    readonly target: Target;
  }) => Promise<string | null>;
  /** Steps that are read side by side. Default 3. */
  readonly parallelNodes?: number;
  /** A step that answers later than this many milliseconds counts as not read. Default ten minutes. */
  readonly nodeTimeoutMs?: number;
}
