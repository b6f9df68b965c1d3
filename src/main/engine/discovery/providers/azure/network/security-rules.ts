import type { Json, JsonObject } from '#shared/base/json.ts';
import { isAnywhere, prefixId } from '../addresses.ts';
import { type AzureContext, azureType, namedResource } from '../azure-type.ts';
import { isObject, textAt, textsAt, valueAt, valuesAt } from '../json-path.ts';

const group = 'Microsoft.Network/networkSecurityGroups';

/** What a rule says of whom it lets through, beside its numbers. */
const ruleFields = [
  'access',
  'direction',
  'protocol',
  ...['source', 'destination'].flatMap((side) => [
    `${side}AddressPrefix`,
    `${side}AddressPrefixes[]`,
    `${side}ApplicationSecurityGroups[]`,
  ]),
  'destinationPortRange',
  'destinationPortRanges[]',
];

/** Security groups with their rules, and the groups of interfaces that rules may name. */
export const securityRuleTypes = [
  azureType({
    type: group,
    category: 'firewall',
    parts: [{ path: 'properties.securityRules[]', segment: 'securityRules' }],
    describe: (body) => ({
      public: rulesOf(body).some((rule) => opensToInternet(rule) && blockerOf(rule, body) === null),
    }),
    more: { types: ['ALLOWS'], add: addRules },
    reads: ['properties.securityRules[]', 'properties.defaultSecurityRules[]'].flatMap((rules) =>
      ruleFields.map((field) => `${rules}.properties.${field}`),
    ),
    echoes: ['properties.subnets[]', 'properties.networkInterfaces[]', 'properties.defaultSecurityRules[]'],
  }),
  azureType({
    type: `${group}/securityRules`,
    partOf: group,
    category: 'other',
    describe: (body) => ({ state: textAt(body, 'properties.access') }),
  }),
  azureType({ type: 'Microsoft.Network/applicationSecurityGroups', category: 'firewall' }),
];

interface Rule {
  readonly id: string;
  readonly inbound: boolean;
  readonly allows: boolean;
  readonly priority: number;
  readonly protocol: string;
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly ports: readonly string[];
  readonly body: Json;
  readonly isDefault: boolean;
}

function rulesOf(body: JsonObject): readonly Rule[] {
  const own = valuesAt(body, 'properties.securityRules[]').filter(isObject);
  const usual = valuesAt(body, 'properties.defaultSecurityRules[]').filter(isObject);
  return [...own.map((rule) => ruleOf(rule, false)), ...usual.map((rule) => ruleOf(rule, true))];
}

function ruleOf(rule: JsonObject, isDefault: boolean): Rule {
  const priority = valueAt(rule, 'properties.priority');
  const texts = (one: string): readonly string[] => [
    ...textsAt(rule, `properties.${one}`),
    ...textsAt(rule, `properties.${one}${one.endsWith('Prefix') ? 'es' : 's'}[]`),
  ];
  return {
    id: (textAt(rule, 'id') ?? textAt(rule, 'name') ?? '').toLowerCase(),
    inbound: textAt(rule, 'properties.direction')?.toLowerCase() !== 'outbound',
    allows: textAt(rule, 'properties.access')?.toLowerCase() === 'allow',
    priority: typeof priority === 'number' ? priority : Number.MAX_SAFE_INTEGER,
    protocol: (textAt(rule, 'properties.protocol') ?? '*').toLowerCase(),
    sources: texts('sourceAddressPrefix'),
    destinations: texts('destinationAddressPrefix'),
    ports: texts('destinationPortRange'),
    body: rule,
    isDefault,
  };
}

/**
 * Each rule that lets traffic through is an `ALLOWS` edge from who may start to who is reached. A rule that a stronger
 * one shuts out as a whole is none; where they overlap in part, both stand in the rules' own bodies.
 */
function addRules({ arm, body, edges }: AzureContext): void {
  for (const rule of rulesOf(body)) {
    if (!rule.allows || blockerOf(rule, body) !== null) continue;
    const properties = {
      id: rule.id,
      direction: rule.inbound ? 'ingress' : 'egress',
      protocol: rule.protocol === '*' ? 'all' : rule.protocol,
      ports: rule.ports.includes('*') ? 'all' : rule.ports.join(','),
      priority: rule.priority,
      ...(rule.isDefault ? { default: true } : {}),
    };
    const sources = endsOf(rule.sources, rule.body, 'source');
    const destinations = endsOf(rule.destinations, rule.body, 'destination');
    const field = rule.isDefault ? 'properties.defaultSecurityRules' : 'properties.securityRules';
    // On its own side a rule speaks of the group's members, unless it names application security groups.
    const members = rule.inbound ? destinations.groups : sources.groups;
    const own = members.length > 0 ? members : [arm.id];
    for (const other of rule.inbound ? sources.all : destinations.all) {
      for (const member of own) {
        const ends = rule.inbound ? { from: other, to: member } : { from: member, to: other };
        edges.between('ALLOWS', { ...ends, field, properties });
      }
    }
  }
}

interface Ends {
  readonly groups: readonly string[];
  readonly all: readonly string[];
}

function endsOf(prefixes: readonly string[], rule: Json, side: 'source' | 'destination'): Ends {
  const groups = valuesAt(rule, `properties.${side}ApplicationSecurityGroups[]`).flatMap(
    (one) => namedResource(one) ?? [],
  );
  return { groups, all: [...groups, ...prefixes.flatMap((prefix) => prefixId(prefix) ?? [])] };
}

function opensToInternet(rule: Rule): boolean {
  return rule.inbound && rule.allows && rule.sources.some(isAnywhere);
}

/** The stronger rule that denies everything this one would allow; null when there is none. */
function blockerOf(rule: Rule, body: JsonObject): Rule | null {
  const blocker = rulesOf(body).find(
    (other) =>
      !other.allows &&
      other.inbound === rule.inbound &&
      other.priority < rule.priority &&
      (other.protocol === '*' || other.protocol === rule.protocol) &&
      covers(other.sources, rule.sources) &&
      covers(other.destinations, rule.destinations) &&
      covers(other.ports, rule.ports),
  );
  return blocker ?? null;
}

/** True when one list surely contains the other: it is everything, or names each of the other's entries. */
function covers(outer: readonly string[], inner: readonly string[]): boolean {
  if (outer.includes('*')) return true;
  return inner.length > 0 && inner.every((entry) => outer.includes(entry));
}
