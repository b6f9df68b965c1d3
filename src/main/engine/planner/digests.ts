import type { Json } from '#shared/base/json.ts';
import type { Envelope } from '#shared/model/index.ts';
import { digestOf } from './canonical.ts';

/** What one approval binds of a step that is planned exactly. */
export interface PlannedStepDigest {
  readonly step: string;
  readonly artifact: string;
  /** Over the bytes of the plan file. */
  readonly planFile: string;
  /** Over the changes as the review shows them. */
  readonly changes: string;
  /** Over the variables and where they come from. */
  readonly wiring: string;
  readonly state: { readonly lineage: string; readonly serial: number } | null;
}

/** What one approval binds of a step that waits for others. */
export interface DeferredStepDigest {
  readonly step: string;
  readonly artifact: string;
  readonly envelope: Envelope;
  readonly wiring: string;
}

/** The digest over every exact plan of a deployment and over the tool that will run them. */
export function planSetDigest(steps: readonly PlannedStepDigest[], toolDigest: string): string {
  return digestOf({ tool: toolDigest, steps: sorted(steps) });
}

/** The digest over the envelopes of every deferred step. */
export function envelopeDigest(steps: readonly DeferredStepDigest[]): string {
  return digestOf({ envelopes: sorted(steps) });
}

function sorted(steps: readonly (PlannedStepDigest | DeferredStepDigest)[]): Json {
  return [...steps]
    .sort((one, other) => (one.step < other.step ? -1 : 1))
    .map((step) => JSON.parse(JSON.stringify(step)) as Json);
}
