import type {
  BlindSpots,
  ChainLink,
  Dependents,
  EvidenceLine,
  ExposureAnswer,
  NamedResource,
  Neighbours,
  Overlaps,
  Paths,
  ResourceRow,
  Uses,
} from '#shared/model/index.ts';
import { counted, table } from './output.ts';

// Answers about the map in sentences and tables, as a terminal shows them.

/** A chain in words, from what was asked about: `subnet-a lies in main; web-1 lies in subnet-a`. */
function chainText(chain: readonly ChainLink[]): string {
  return chain.map((link) => link.words).join('; ');
}

function notTold(told: number, total: number): readonly string[] {
  return total > told ? [`(${(total - told).toLocaleString('en')} more; raise --limit)`] : [];
}

/** Where the answer may miss something; nothing when the map is complete there. */
function blindText({ spots, total }: BlindSpots): readonly string[] {
  if (total === 0) return [];
  const rows = spots.map(({ scope, region, kind, status, permission }) => [scope, region, kind, status, permission]);
  return [
    '',
    `The map is blind in ${counted(total, 'place')} near:`,
    table(['scope', 'region', 'kind', 'status', 'permission'], rows),
    ...notTold(spots.length, total),
  ];
}

function nameOf({ name, isStub, stale }: NamedResource): string {
  return `${name}${isStub ? ' (not discovered)' : stale ? ' (stale)' : ''}`;
}

export function describeNeighbours({ nodes, hops, edges, hidden }: Neighbours): string {
  const names = new Map(nodes.map((node) => [node.id, node.label]));
  const rows = nodes.map((node, index) => {
    const first = edges.find((edge) => edge.from === node.id || edge.to === node.id);
    const other = first === undefined ? '' : (names.get(first.from === node.id ? first.to : first.from) ?? '');
    const way =
      first === undefined ? '' : first.from === node.id ? `${first.type} → ${other}` : `← ${first.type} ${other}`;
    return [hops[index] ?? 0, node.kind, node.label, node.region, index === 0 ? '' : way, node.id];
  });
  return [
    table(['hops', 'kind', 'name', 'region', 'for example', 'id'], rows),
    ...(hidden === 0 ? [] : [`(${hidden} more; raise --limit)`]),
  ].join('\n');
}

export function describeDependents(
  { total, perHop, affected, unknown, blind }: Dependents,
  direction: 'dependents' | 'dependencies',
): string {
  const felt = direction === 'dependents' ? 'affected by a change' : total === 1 ? 'is needed' : 'are needed';
  const rings = perHop.flatMap((number, index) => (number === 0 ? [] : `${number} at ${counted(index + 1, 'hop')}`));
  const rows = affected.map((one) => [one.hops, one.kind, nameOf(one), one.managedBy, chainText(one.chain), one.id]);
  return [
    `${counted(total, 'resource')} ${felt}${rings.length === 0 ? '' : `: ${rings.join(', ')}`}.`,
    ...(unknown.length === 0 ? [] : [`Not in the graph: ${unknown.join(', ')}.`]),
    ...(rows.length === 0 ? [] : ['', table(['hops', 'kind', 'name', 'managed by', 'because', 'id'], rows)]),
    ...notTold(affected.length, total),
    ...blindText(blind),
  ].join('\n');
}

export function describePaths({ from, to, hops, paths, more }: Paths): string {
  if (hops === null) return `Nothing leads from ${from.name} to ${to.name} over these relationships.`;
  if (hops === 0) return `${from.name} and ${to.name} are the same resource.`;
  const ways = paths.flatMap((path, index) => [
    ...(paths.length === 1 ? [] : ['', `Way ${index + 1}:`]),
    ...path.map((link) => `  ${link.words}  [${link.type}] ${link.id}`),
  ]);
  return [
    `${from.name} to ${to.name}: ${counted(hops, 'hop')}.`,
    ...ways,
    ...(more ? ['(more ways; raise --limit)'] : []),
  ].join('\n');
}

export function describeUses({ resource, total, groups, users, blind }: Uses): string {
  const rows = users.map((one) => [one.kind, nameOf(one), one.region, one.managedBy, chainText(one.chain), one.id]);
  return [
    `${counted(total, 'resource')} ${total === 1 ? 'uses' : 'use'} ${nameOf(resource)} (${resource.kind}).`,
    ...groups.map(({ count, kind, type }) => `  ${count.toLocaleString('en')} ${kind} by ${type}`),
    ...(rows.length === 0 ? [] : ['', table(['kind', 'name', 'region', 'managed by', 'how', 'id'], rows)]),
    ...notTold(users.length, total),
    ...blindText(blind),
  ].join('\n');
}

const verdicts = { open: 'reached from the internet', undecided: 'cannot be decided', closed: 'not reached' };

function lines(evidence: readonly EvidenceLine[]): readonly string[] {
  return evidence.map(({ text }) => `    ${text}`);
}

export function describeExposure({ open, undecided, resources, blind }: ExposureAnswer): string {
  const told = resources.flatMap((one) => [
    '',
    `${nameOf(one)} (${one.kind}, ${one.region}): ${verdicts[one.verdict]}`,
    ...one.ways.flatMap(({ ports, evidence, notWeighed }) => [
      `  on ${ports === null ? 'ports that the map does not tell' : ports.join(', ')}`,
      ...lines(evidence),
      ...lines(notWeighed),
    ]),
    ...lines(one.evidence),
  ]);
  return [
    `The internet reaches ${counted(open, 'resource')}; of ${counted(undecided, 'resource')} it cannot be decided.`,
    ...told,
    ...notTold(resources.length, Math.max(resources.length, open + undecided)),
    ...blindText(blind),
  ].join('\n');
}

/** The environment, or the state with the address in its code. */
function managerOf({ managedBy, states: [state] }: ResourceRow): string | null {
  if (managedBy !== null) return managedBy.environment;
  return state === undefined ? null : `${state.name} ${state.address}`;
}

/** What the map does not know of a resource by now; null where it was seen by the newest look there. */
function knowledgeOf({ gone, isStub, stale, lastRun }: ResourceRow): string | null {
  if (gone) return 'gone';
  if (isStub) return 'not discovered';
  return stale ? `stale, last seen by run ${lastRun}` : null;
}

export function describeFound({
  total,
  rows,
}: {
  readonly total: number;
  readonly rows: readonly ResourceRow[];
}): string {
  if (rows.length === 0) return 'Nothing was found.';
  const cells = rows.map((row) => [
    row.kind,
    row.name === '' ? row.nativeId : row.name,
    row.scopeName,
    row.region,
    row.cidr ?? row.ip,
    [row.matched, knowledgeOf(row)].filter((word) => word !== null).join(', '),
    managerOf(row),
    row.id,
  ]);
  return [
    table(['kind', 'name', 'scope', 'region', 'address', 'matched by', 'managed by', 'id'], cells),
    ...notTold(rows.length, total),
  ].join('\n');
}

export function describeOverlaps({ groups, groupsTotal, conflicts }: Overlaps): string {
  const clashes = conflicts.map(
    ({ left, right }) => `  ${left.name} (${left.cidr}, ${left.id}) and ${right.name} (${right.cidr}, ${right.id})`,
  );
  const told = groups.flatMap(({ cidr, total, networks }) => [
    '',
    `${cidr}: ${counted(total, 'network')}`,
    table(
      ['range', 'kind', 'name', 'region', 'id'],
      networks.map((one) => [one.cidr, one.kind, one.name, one.region, one.id]),
    ),
  ]);
  return [
    clashes.length === 0 ? 'No peered networks have addresses in common.' : 'Peered, with addresses in common:',
    ...clashes,
    '',
    `${counted(groupsTotal, 'range')} ${groupsTotal === 1 ? 'is' : 'are'} used by several networks.`,
    ...told,
    ...notTold(groups.length, groupsTotal),
  ].join('\n');
}
