import type { JsonObject } from '#shared/base/json.ts';
import type { Artifact, Target } from '#shared/model/index.ts';

/** A step of an environment as it was last deployed: enough to plan it again for comparison. */
interface RunningStep {
  /** The node's name, with those of the blueprints around it: `platform.network`. */
  readonly id: string;
  readonly use: string;
  /** Position in the order, starting at 1. */
  readonly stage: number;
  /** When the deployment that last touched it ended; milliseconds since 1970. */
  readonly deployedAt: number;
  readonly artifact: Artifact;
  readonly sources: string;
  /** The variables it was deployed with; secrets among them. */
  readonly variables: JsonObject;
  readonly sensitive: readonly string[];
  readonly statePath: string;
  readonly imports: Readonly<Record<string, string>>;
}

/** What runs as an environment, from the journal. */
export interface RunningEnvironment {
  readonly name: string;
  readonly blueprint: string;
  readonly version: string;
  readonly target: Target;
  readonly steps: readonly RunningStep[];
}
