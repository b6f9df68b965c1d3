import { z } from 'zod';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { isObject } from './normal-form.ts';

/** A managed resource of any step of the environment as it runs now. */
export interface RunningResource {
  readonly type: string;
  readonly values: JsonObject;
}

interface Satellite {
  readonly type: string;
  /** Attribute of the satellite that names its parent, and the parent's attribute it holds. */
  readonly of: string;
  readonly parentKey: string;
  /**
   * What of the parent's attribute one satellite accounts for, as comparable texts; null where a satellite accounts
   * for the attribute as a whole (its own drift is told at its own address).
   */
  readonly pieces: ((values: JsonObject) => readonly string[]) | null;
}

interface Parent {
  readonly attribute: string;
  readonly satellites: readonly Satellite[];
  /** The pieces of the parent's attribute, or of one element of it where it is a list. */
  readonly piecesOf: (element: Json) => readonly string[];
}

/**
 * Attributes that show a second time what resources of their own manage: the state of the parent was written before
 * its satellites existed, so they differ although nothing drifted. Only what no satellite accounts for is a move.
 */
const parents: Readonly<Record<string, readonly Parent[]>> = {
  aws_security_group: [securityRules('ingress'), securityRules('egress')],
  aws_default_security_group: [securityRules('ingress'), securityRules('egress')],
  aws_eip: [address('network_interface'), address('instance')],
  aws_route_table: [
    {
      attribute: 'route',
      piecesOf: ofObject(routePieces),
      satellites: [{ type: 'aws_route', of: 'route_table_id', parentKey: 'id', pieces: routePieces }],
    },
  ],
  aws_instance: [
    {
      attribute: 'ebs_block_device',
      piecesOf: ofObject((device) => [text(device['volume_id'])]),
      satellites: [
        {
          type: 'aws_volume_attachment',
          of: 'instance_id',
          parentKey: 'id',
          pieces: (attachment) => [text(attachment['volume_id'])],
        },
      ],
    },
  ],
  aws_autoscaling_group: [
    whole('target_group_arns', 'aws_autoscaling_attachment', ['autoscaling_group_name', 'name']),
    whole('load_balancers', 'aws_autoscaling_attachment', ['autoscaling_group_name', 'name']),
  ],
  aws_s3_bucket: [whole('policy', 'aws_s3_bucket_policy', ['bucket', 'id'])],
  aws_sns_topic: [whole('policy', 'aws_sns_topic_policy', ['arn', 'arn'])],
  aws_sqs_queue: [whole('policy', 'aws_sqs_queue_policy', ['queue_url', 'id'])],
};

function whole(attribute: string, type: string, [of, parentKey]: readonly [string, string]): Parent {
  return { attribute, piecesOf: () => [], satellites: [{ type, of, parentKey, pieces: null }] };
}

function ofObject(pieces: (element: JsonObject) => readonly string[]): Parent['piecesOf'] {
  return (element) => (isObject(element) ? pieces(element) : []);
}

/** An address shows what uses it, which is made after it. */
function address(attribute: 'network_interface' | 'instance'): Parent {
  return {
    attribute,
    piecesOf: (value) => (value === null || value === '' ? [] : [text(value)]),
    satellites: [
      {
        type: 'aws_nat_gateway',
        of: 'allocation_id',
        parentKey: 'id',
        pieces: (gateway) => [text(gateway['network_interface_id'])],
      },
      {
        type: 'aws_eip_association',
        of: 'allocation_id',
        parentKey: 'id',
        pieces: (association) => [text(association['network_interface_id']), text(association['instance_id'])],
      },
    ],
  };
}

function securityRules(direction: 'ingress' | 'egress'): Parent {
  return {
    attribute: direction,
    piecesOf: ofObject(rulePieces),
    satellites: [
      {
        type: 'aws_security_group_rule',
        of: 'security_group_id',
        parentKey: 'id',
        pieces: (rule) => {
          if (rule['type'] !== direction) return [];
          const source = rule['source_security_group_id'];
          return rulePieces({ ...rule, security_groups: source === null || source === undefined ? [] : [source] });
        },
      },
    ],
  };
}

/** A rule, one piece per source: the cloud groups sources that the code keeps apart. */
function rulePieces(rule: JsonObject): readonly string[] {
  const ports = [rule['protocol'], rule['from_port'], rule['to_port']].map(text).join(' ');
  const sources = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'security_groups'].flatMap((kind) => {
    const listed = rule[kind];
    return Array.isArray(listed) ? listed.map((source) => `${kind} ${text(source)}`) : [];
  });
  const own = rule['self'] === true ? ['self'] : [];
  return [...sources, ...own].map((source) => `${ports} ${source}`);
}

const hops = [
  'gateway_id',
  'nat_gateway_id',
  'instance_id',
  'network_interface_id',
  'transit_gateway_id',
  'vpc_peering_connection_id',
  'egress_only_gateway_id',
];

function routePieces(route: JsonObject): readonly string[] {
  const destination = [
    route['cidr_block'] ?? route['destination_cidr_block'],
    route['ipv6_cidr_block'] ?? route['destination_ipv6_cidr_block'],
  ];
  // A route to a NAT gateway or an instance reads back with its network interface too: one hop is enough.
  const hop = hops.map((name) => route[name]).find((value) => value !== null && value !== undefined && value !== '');
  return [[...destination, hop ?? null].map(text).join(' ')];
}

function text(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Attributes that, while the code leaves them open, only repeat another attribute of the same resource. */
const echoes: Readonly<Record<string, readonly string[]>> = {
  aws_iam_instance_profile: ['roles'],
  // The group's own id where the rule is for the group itself.
  aws_security_group_rule: ['source_security_group_id'],
};

/** Whether an attribute only says again what another one of the resource says. */
export function isEcho(type: string, attribute: string): boolean {
  return echoes[type]?.includes(attribute) === true;
}

/** Whether a type's attribute may be written by resources of their own: then it must not be set inline as well. */
export function hasSatellites(type: string, attribute: string): boolean {
  return (parents[type] ?? []).some((parent) => parent.attribute === attribute);
}

/**
 * Tells of a moved attribute whether satellites in the same environment account for all of the move: without what they
 * manage, what was deployed and what runs are the same.
 */
export function isAccountedFor(
  moved: {
    readonly type: string;
    readonly values: JsonObject;
    readonly attribute: string;
    readonly deployed: Json;
    readonly actual: Json;
  },
  running: readonly RunningResource[],
): boolean {
  const parent = (parents[moved.type] ?? []).find(({ attribute }) => attribute === moved.attribute);
  if (parent === undefined) return false;
  const managed = new Set<string>();
  for (const satellite of parent.satellites) {
    const key = moved.values[satellite.parentKey];
    for (const resource of running) {
      if (resource.type !== satellite.type || key === undefined || resource.values[satellite.of] !== key) continue;
      if (satellite.pieces === null) return true;
      for (const piece of satellite.pieces(resource.values)) managed.add(piece);
    }
  }
  const rest = (value: Json): string =>
    (Array.isArray(value) ? value : [value])
      .flatMap(parent.piecesOf)
      .filter((piece) => !managed.has(piece))
      .sort()
      .join('\n');
  return managed.size > 0 && rest(moved.deployed) === rest(moved.actual);
}

interface StateModule {
  resources?: { mode: string; type: string; values?: JsonObject | undefined }[] | undefined;
  child_modules?: StateModule[] | undefined;
}

const moduleSchema: z.ZodType<StateModule> = z.lazy(() =>
  z.looseObject({
    resources: z
      .array(
        z.looseObject({
          mode: z.string(),
          type: z.string(),
          values: z.record(z.string(), z.json()).optional(),
        }),
      )
      .optional(),
    child_modules: z.array(moduleSchema).optional(),
  }),
);
const priorStateSchema = z.looseObject({
  prior_state: z.looseObject({ values: z.looseObject({ root_module: moduleSchema.optional() }).optional() }),
});

/** The managed resources as they run now: the refreshed state inside a plan document. */
export function runningResources(plan: Json): RunningResource[] {
  const parsed = priorStateSchema.safeParse(plan);
  return parsed.success ? inModule(parsed.data.prior_state.values?.root_module ?? {}) : [];
}

function inModule(module: StateModule): RunningResource[] {
  const own = (module.resources ?? [])
    .filter((resource) => resource.mode === 'managed')
    .map((resource) => ({ type: resource.type, values: resource.values ?? {} }));
  return [...own, ...(module.child_modules ?? []).flatMap(inModule)];
}
