import { z } from 'zod';
import { categorySchema, graphViewSchema, relationshipTypeSchema } from './estate.ts';

/** A resource as an answer names it. */
const namedResourceSchema = z.object({
  id: z.string(),
  /** Its name, or its native id where it has none. */
  name: z.string(),
  kind: z.string(),
  category: categorySchema,
  scopeId: z.string(),
  region: z.string(),
  /** Only referred to, not discovered. */
  isStub: z.boolean(),
  stale: z.boolean(),
});
export type NamedResource = z.infer<typeof namedResourceSchema>;

/** A step of a chain: the resource it comes to, over which relationship, and that in words. */
const chainLinkSchema = namedResourceSchema.extend({
  type: relationshipTypeSchema,
  /** True where the step goes from the relationship's beginning to its end. */
  forward: z.boolean(),
  /** `web-1 lies in subnet-a` */
  words: z.string(),
});
export type ChainLink = z.infer<typeof chainLinkSchema>;

/** A place of the coverage ledger in which the map may miss something. */
const blindSpotSchema = z.object({
  scope: z.string(),
  region: z.string(),
  kind: z.string(),
  status: z.string(),
  /** What has to be granted, when it is known. */
  permission: z.string().nullable(),
});

const blindSpotsSchema = z.object({
  /** The first of them. */
  spots: z.array(blindSpotSchema),
  total: z.number().int(),
});
export type BlindSpots = z.infer<typeof blindSpotsSchema>;

/** What lies within some hops of a resource. */
export const neighboursSchema = graphViewSchema.extend({
  /** How many hops away each node is, in the nodes' order. */
  hops: z.array(z.number().int()),
});
export type Neighbours = z.infer<typeof neighboursSchema>;

/** What feels a change of some resources, or what they need themselves. */
export const dependentsSchema = z.object({
  hops: z.number().int(),
  /** All that was reached, told below or not. */
  total: z.number().int(),
  /** How many are one hop away, two, and so on. */
  perHop: z.array(z.number().int()),
  affected: z.array(
    namedResourceSchema.extend({
      hops: z.number().int(),
      /** The environment that manages it. */
      managedBy: z.string().nullable(),
      /** Why, from what was asked about to this resource; the last link is this resource. */
      chain: z.array(chainLinkSchema),
    }),
  ),
  /** Ids that were asked about and are not in the graph. */
  unknown: z.array(z.string()),
  /** Where the map could not look, in the accounts and regions concerned. */
  blind: blindSpotsSchema,
});
export type Dependents = z.infer<typeof dependentsSchema>;

/** The shortest ways between two resources. */
export const pathsSchema = z.object({
  from: namedResourceSchema,
  to: namedResourceSchema,
  /** Length of the shortest ways; null when there is none. */
  hops: z.number().int().nullable(),
  paths: z.array(z.array(chainLinkSchema)),
  /** True when there are more ways of this length. */
  more: z.boolean(),
});
export type Paths = z.infer<typeof pathsSchema>;

/** Who uses a key, a role, a subnet, a security group, or anything else. */
export const usesSchema = z.object({
  resource: namedResourceSchema,
  total: z.number().int(),
  /** How many of which kind by which relationship, the commonest first. */
  groups: z.array(z.object({ type: relationshipTypeSchema, kind: z.string(), count: z.number().int() })),
  users: z.array(
    namedResourceSchema.extend({
      managedBy: z.string().nullable(),
      /** One link, or two where an interface or a profile stands between. */
      chain: z.array(chainLinkSchema),
    }),
  ),
  blind: blindSpotsSchema,
});
export type Uses = z.infer<typeof usesSchema>;

/** A sentence of a proof, with the resource it speaks of. */
const evidenceSchema = z.object({ text: z.string(), id: z.string() });
export type EvidenceLine = z.infer<typeof evidenceSchema>;

const exposedResourceSchema = namedResourceSchema.extend({
  verdict: z.enum(['open', 'undecided', 'closed']),
  /** The ways in; none unless it is open. */
  ways: z.array(
    z.object({
      /** `443/tcp`; null where the map does not tell them. */
      ports: z.array(z.string()).nullable(),
      evidence: z.array(evidenceSchema),
      /** What stands before it and was not weighed. */
      notWeighed: z.array(evidenceSchema),
    }),
  ),
  /** What was found, and last why it is not open or cannot be decided. Empty when it is open. */
  evidence: z.array(evidenceSchema),
});
export type ExposedResource = z.infer<typeof exposedResourceSchema>;

/** What is reachable from the internet, by addresses, routes and rules. */
export const exposureSchema = z.object({
  /** How many are open, and of how many that cannot be decided, over the whole selection. */
  open: z.number().int(),
  undecided: z.number().int(),
  /** The open ones first; of single resources asked about, the closed ones too. */
  resources: z.array(exposedResourceSchema),
  blind: blindSpotsSchema,
});
export type ExposureAnswer = z.infer<typeof exposureSchema>;

const networkRangeSchema = namedResourceSchema.extend({
  /** The range of it that is meant. */
  cidr: z.string(),
});

/** Networks with IPv4 addresses in common. */
export const overlapsSchema = z.object({
  /** Each outermost range that several networks have a part of, the most networks first. */
  groups: z.array(
    z.object({
      cidr: z.string(),
      /** Networks with a range in it. */
      total: z.number().int(),
      /** The first of them. */
      networks: z.array(networkRangeSchema),
    }),
  ),
  groupsTotal: z.number().int(),
  /** Pairs that are peered and have addresses in common: a fault, as neither reaches those of the other. */
  conflicts: z.array(z.object({ left: networkRangeSchema, right: networkRangeSchema })),
});
export type Overlaps = z.infer<typeof overlapsSchema>;
