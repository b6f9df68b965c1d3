import type { Instance, Part } from './instances.ts';
import { plainValue } from './occurrences.ts';
import type { Body, Reading } from './readings.ts';

/**
 * Security groups may let each other in, which as rules inside the groups would be a circle. In the groups of a circle
 * the rules become resources of their own, in every instance, so that the instances stay comparable.
 */
export function breakCircles(instances: readonly Instance[]): readonly Instance[] {
  const names = new Set<string>();
  for (const instance of instances) for (const part of circular(instance)) names.add(roleName(part, instance));
  if (names.size === 0) return instances;
  return instances.map((instance) => {
    const parts = instance.parts.flatMap((part) =>
      part.type === 'aws_security_group' && names.has(roleName(part, instance)) ? withSeparateRules(part) : [part],
    );
    return { ...instance, parts, find: renewedFind(instance, parts) };
  });
}

function roleName(part: Part, instance: Instance): string {
  const name = part.name ?? part.importId;
  return instance.stem === null ? name : name.replace(instance.stem, '');
}

/** `find` answers with parts; those that were replaced must lead to their replacement. */
function renewedFind(instance: Instance, parts: readonly Part[]): Instance['find'] {
  const renewed = new Map(parts.map((part) => [`${part.type} ${part.importId}`, part]));
  return (types, value) => {
    const found = instance.find(types, value);
    if (found === null) return null;
    return { ...found, part: renewed.get(`${found.part.type} ${found.part.importId}`) ?? found.part };
  };
}

function circular(instance: Instance): readonly Part[] {
  const groups = instance.parts.filter((part) => part.type === 'aws_security_group');
  const edges = new Map(groups.map((part) => [part, groupsNamedBy(part, instance)]));
  const reaches = (from: Part, wanted: Part): boolean => {
    const seen = new Set<Part>();
    const open = [...(edges.get(from) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === wanted) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(edges.get(next) ?? []));
    }
    return false;
  };
  return groups.filter((part) => reaches(part, part));
}

function groupsNamedBy(part: Part, instance: Instance): readonly Part[] {
  return rulesOf(part).flatMap(({ body }) => {
    const groups = body['security_groups'];
    if (groups?.kind !== 'set') return [];
    return groups.items.flatMap((item) => {
      const found = item.kind === 'reference' ? instance.find(item.types, item.value) : null;
      return found === null || found.part === part ? [] : [found.part];
    });
  });
}

function rulesOf(part: Part): readonly { readonly direction: 'ingress' | 'egress'; readonly body: Body }[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const reading = part.body[direction];
    return reading?.kind === 'blocks' ? reading.items.map((body) => ({ direction, body })) : [];
  });
}

function withSeparateRules(part: Part): readonly Part[] {
  const { ingress: _ingress, egress: _egress, ...rest } = part.body;
  return [
    { ...part, body: rest },
    ...rulesOf(part).flatMap(({ direction, body }) => separateRules(part, direction, body)),
  ];
}

/** One rule per source: that is what the provider's rule resource and its import take. */
function separateRules(part: Part, direction: 'ingress' | 'egress', rule: Body): readonly Part[] {
  const common = Object.fromEntries(
    ['description', 'from_port', 'to_port', 'protocol'].flatMap((name): [string, Reading][] =>
      rule[name] === undefined ? [] : [[name, rule[name]]],
    ),
  );
  const sources: { readonly attribute: Body; readonly source: string; readonly label: string }[] = [];
  for (const [name, kind] of [
    ['cidr_blocks', 'ranges'],
    ['ipv6_cidr_blocks', 'ranges6'],
    ['prefix_list_ids', 'lists'],
  ] as const) {
    const list = rule[name];
    if (list?.kind !== 'set') continue;
    const values = list.items.map((item) => String(plainValue(item) ?? ''));
    sources.push({ attribute: { [name]: list }, source: values.join('_'), label: kind });
  }
  const groups = rule['security_groups'];
  for (const item of groups?.kind === 'set' ? groups.items : []) {
    if (item.kind !== 'reference') continue;
    sources.push({ attribute: { source_security_group_id: item }, source: item.value, label: item.value });
  }
  if (rule['self'] !== undefined) sources.push({ attribute: { self: rule['self'] }, source: 'self', label: 'self' });
  const number = (name: string): string => {
    const reading = rule[name];
    return reading?.kind === 'scalar' ? String(reading.value) : '0';
  };
  const protocol = rule['protocol']?.kind === 'text' ? rule['protocol'].value : '-1';
  const importProtocol = protocol === '-1' ? 'all' : protocol;
  return sources.map(({ attribute, source, label }): Part => ({
    factId: part.factId,
    kind: part.kind,
    instance: part.instance,
    type: 'aws_security_group_rule',
    name: null,
    of: {
      id: part.importId,
      label:
        `${direction} ${protocol === '-1' ? 'all' : `${protocol} ${number('from_port')}`} ${label.startsWith('sg-') ? '' : label}`.trim(),
    },
    importId: [part.importId, direction, importProtocol, number('from_port'), number('to_port'), source].join('_'),
    identities: {},
    body: {
      security_group_id: { kind: 'reference', types: ['aws_security_group'], value: part.importId },
      type: { kind: 'text', value: direction },
      ...common,
      ...attribute,
    },
  }));
}
