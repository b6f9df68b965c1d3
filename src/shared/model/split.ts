import { z } from 'zod';
import { boundarySchema, problemSchema } from './artifact.ts';
import { nameSchema, versionSchema } from './blueprint.ts';
import { targetCloudSchema, targetSchema } from './target.ts';

export const finenesses = ['coarse', 'medium', 'fine'] as const;
export const finenessSchema = z.enum(finenesses);
export type Fineness = z.infer<typeof finenessSchema>;

/** What a person decides about a split; everything else is computed from the code. */
export const splitDecisionsSchema = z.strictObject({
  fineness: finenessSchema.default('medium'),
  /** So many groups instead of what the fineness aims at. */
  groups: z.number().int().min(1).max(200).nullable().default(null),
  /** Take the files that resources stand in as the author's own grouping. */
  files: z.boolean().default(true),
  /** Group of a resource or module call that must be there; `*` in an address stands for any text. */
  pins: z.record(z.string(), nameSchema).default({}),
  /** New names of groups, by the name that was proposed. */
  names: z.record(z.string(), nameSchema).default({}),
  /** Boundaries of groups that differ from the proposed one, by the groups' names as they are now. */
  boundaries: z.record(z.string(), boundarySchema).default({}),
});
export type SplitDecisions = z.infer<typeof splitDecisionsSchema>;
export type SplitDecisionsInput = z.input<typeof splitDecisionsSchema>;

/** One resource or module call of a root. */
export const splitMemberSchema = z.object({
  address: z.string(),
  /** Resource type, or the source of a module call. */
  type: z.string(),
  file: z.string(),
  line: z.number().int(),
  group: z.string(),
  /** It holds data that is lost with it. */
  stateful: z.boolean(),
  pinned: z.boolean(),
});
export type SplitMember = z.infer<typeof splitMemberSchema>;

/** One part of the root: it becomes a root and an artifact of its own. */
export const splitGroupSchema = z.object({
  name: nameSchema,
  /** The name it was given by itself; stays while members are moved. */
  proposedName: z.string(),
  boundary: boundarySchema,
  /** The boundary that what it holds suggests; another one was decided where the two differ. */
  proposedBoundary: boundarySchema,
  /** Addresses of resources and module calls. */
  resources: z.array(z.string()),
  /** Source files that something of it comes from. */
  files: z.array(z.string()),
  stateful: z.number().int(),
  /** Groups that must be built before, because it takes something of them. */
  after: z.array(z.string()),
});
export type SplitGroup = z.infer<typeof splitGroupSchema>;

/** A resource that was put elsewhere so that no groups need one another. */
export const splitMoveSchema = z.object({ address: z.string(), from: z.string(), to: z.string(), why: z.string() });
export type SplitMove = z.infer<typeof splitMoveSchema>;

/** One value that crosses from one group into another. */
export const splitInterfaceSchema = z.object({
  /** `group.name`; the consumer's variable has the same name. */
  output: z.string(),
  consumer: z.string(),
  /** A type constraint of the language, `any` where nothing tells it. */
  type: z.string(),
  /** What says the type; null where it is not known. */
  typeFrom: z.string().nullable(),
  sensitive: z.boolean(),
  /** Why it is sensitive; null where it is not. */
  sensitiveBecause: z.string().nullable(),
  address: z.string(),
  /** Null where the whole object crosses. */
  attribute: z.string().nullable(),
  references: z.number().int(),
});
export type SplitInterface = z.infer<typeof splitInterfaceSchema>;

export const splitScoresSchema = z.object({
  /** References between resources of different groups. */
  crossingReferences: z.number().int(),
  /** Values that cross. */
  interfaceWidth: z.number().int(),
  /** Values the widest interface of one group takes and gives. */
  widestInterface: z.number().int(),
  /** Resources in the largest group. */
  largestGroup: z.number().int(),
  /** Share of all resources that are in the largest group, 0 to 1. */
  largestShare: z.number(),
  /** Groups that hold stateful and stateless resources side by side. */
  mixedGroups: z.number().int(),
  /** Share of resources moved to remove cycles, 0 to 1. */
  movedShare: z.number(),
});
export type SplitScores = z.infer<typeof splitScoresSchema>;

/** How many resources a change to one group's code can reach. */
export const splitReachSchema = z.object({
  group: z.string(),
  /** In the root as it is: all of it. */
  before: z.number().int(),
  /** Its own and those of the groups that take something of it, straight or over others. */
  after: z.number().int(),
  groups: z.array(z.string()),
});
export type SplitReach = z.infer<typeof splitReachSchema>;

export const splitCheckSchema = z.object({
  id: z.string(),
  /** What is proven, as a sentence. */
  title: z.string(),
  status: z.enum(['proven', 'failed', 'needs-state', 'needs-tool', 'not-run']),
  /** What was looked at, or why it is not proven. */
  detail: z.string(),
  /** Address, file or line that is not as it should be, one per finding. */
  findings: z.array(z.string()),
});
export type SplitCheck = z.infer<typeof splitCheckSchema>;

/** Where a root runs, as its code tells it; null for what nothing tells. */
export const splitFoundTargetSchema = z.object({
  cloud: targetCloudSchema.nullable(),
  account: z.string().nullable(),
  region: z.string().nullable(),
});
export type SplitFoundTarget = z.infer<typeof splitFoundTargetSchema>;

export const splitProposalSchema = z.object({
  root: z.string(),
  /** A name for the blueprint, from the folder's. */
  name: nameSchema,
  lines: z.number().int(),
  decisions: splitDecisionsSchema,
  /** What each fineness gives with the same pins, after moves. */
  resolutions: z.array(
    z.object({ fineness: finenessSchema, groups: z.number().int(), largestGroup: z.number().int() }),
  ),
  groups: z.array(splitGroupSchema),
  members: z.array(splitMemberSchema),
  moves: z.array(splitMoveSchema),
  interfaces: z.array(splitInterfaceSchema),
  /**
   * Resources that were grouped with what they need, or with who needs them, because by likeness alone more than one
   * in twenty would have had to be moved. Empty for most roots.
   */
  bound: z.array(z.object({ address: z.string(), to: z.string() })),
  /** References from members of one group to those of another, counted. */
  crossings: z.array(z.object({ from: z.string(), to: z.string(), references: z.number().int() })),
  /** Groups that still need one another, because pins hold them; empty for a split that can be made. */
  cycles: z.array(z.object({ groups: z.array(z.string()), why: z.string() })),
  foundTarget: splitFoundTargetSchema,
  scores: splitScoresSchema,
  reach: z.array(splitReachSchema),
  problems: z.array(problemSchema),
});
export type SplitProposal = z.infer<typeof splitProposalSchema>;

/** How the parts are written and proven. */
export const splitOptionsSchema = z.object({
  /** Name of the blueprint and stem of the artifacts' names; the root folder's without. */
  name: nameSchema.nullable().default(null),
  version: versionSchema.default('0.1.0'),
  environment: nameSchema.nullable().default(null),
  /** The environment that runs already is written too, where it is known where that is. */
  makeEnvironment: z.boolean().default(true),
  /** Where the environment runs; null takes what the code and the state tell, and where that is not all, none is made. */
  target: targetSchema.nullable().default(null),
  /** How a part reads a value of another: handed on by the blueprint, or from the other's state. */
  wiring: z.enum(['blueprint', 'remote-state']).default('blueprint'),
  /** Each part becomes a module that its root calls; `moved` blocks tell where its resources went. */
  wrap: z.boolean().default(false),
  /** Consent that secrets cross between parts. */
  allowSecrets: z.boolean().default(false),
  /** Files with values of variables besides those that the tool reads by itself. */
  values: z.array(z.string().min(1)).default([]),
});
export type SplitOptions = z.infer<typeof splitOptionsSchema>;

/** Where the root's state is read: not at all, from a file, or pulled by the tool in the root. */
export const splitStateSourceSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('none') }),
  z.object({ from: z.literal('file'), file: z.string().min(1) }),
  z.object({ from: z.literal('root') }),
]);
export type SplitStateSource = z.infer<typeof splitStateSourceSchema>;

/** What was written. */
export const splitEmissionSchema = z.object({
  /** Folder of the workspace that holds the parts. */
  workspace: z.string(),
  artifacts: z.array(z.string()),
  blueprint: z.string(),
  /** Null where no target was given or found. */
  environment: z.string().nullable(),
  /** Relative to the workspace. */
  files: z.array(z.string()),
  problems: z.array(problemSchema),
});
export type SplitEmission = z.infer<typeof splitEmissionSchema>;

export const splitProofSchema = z.object({
  /** Everything that can be proven is; nothing is left open. */
  complete: z.boolean(),
  at: z.number(),
  checks: z.array(splitCheckSchema),
});
export type SplitProof = z.infer<typeof splitProofSchema>;

/** Whether others can write the root's state between the steps of a push. */
export const splitLockSchema = z.object({
  /**
   * `held`: from before the first step to after the last. `handed-over`: given back right before the root's state was
   * written, which took the lock itself, because the backend lets nobody write beside a lock. `none`: it has no locks.
   */
  status: z.enum(['held', 'handed-over', 'none']),
  /** As the backend knows it; null for none. */
  id: z.string().nullable(),
});
export type SplitLock = z.infer<typeof splitLockSchema>;

/** A lock as a sentence for a person. */
export function splitLockText({ status, id }: SplitLock): string {
  switch (status) {
    case 'held':
      return `Lock ${id ?? 'of unknown id'} of the root’s state: held from the first step to the last.`;
    case 'handed-over':
      return `Lock ${id ?? 'of unknown id'} of the root’s state: held up to its own step, which takes the lock itself, since the backend lets nobody write beside one.`;
    case 'none':
      return 'Lock of the root’s state: none, its backend has no locks. Nobody is kept out; its serial alone is checked.';
  }
}

/** How far the states of a split were pushed. */
export const splitPushSchema = z.object({
  blueprint: nameSchema,
  /** When it began; milliseconds since 1970. */
  at: z.number(),
  status: z.enum(['pushing', 'pushed', 'rolling-back', 'rolled-back']),
  /** Serial of the root's state that was proven. */
  serial: z.number().int(),
  /** The lock of the root's state during the last push or way back. */
  lock: splitLockSchema.nullable(),
  /** Every state in the order it is changed, the root's last. `changing`: begun, the outcome is not known. */
  places: z.array(
    z.object({ place: z.string(), where: z.string(), status: z.enum(['untouched', 'changing', 'changed']) }),
  ),
});
export type SplitPush = z.infer<typeof splitPushSchema>;

/** What there is of a split in a workspace. */
export const splitStandingSchema = z.object({
  blueprint: nameSchema,
  /** The parts of this root were written here. */
  written: z.boolean(),
  /** When a complete proof with a state was made of them; null for none. */
  provenAt: z.number().nullable(),
  push: splitPushSchema.nullable(),
});
export type SplitStanding = z.infer<typeof splitStandingSchema>;
