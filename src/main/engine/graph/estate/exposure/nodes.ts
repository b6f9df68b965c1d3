import { nodeFlags } from '#engine/ports/index.ts';
import type { Category, RelationshipType } from '#shared/model/index.ts';
import { codedAt } from '../../shape/index.ts';
import { labelAt, typeAt, type Topology } from '../topology.ts';

/** A link in a chain of evidence: a sentence, and the resource it leads to. */
export interface Evidence {
  readonly text: string;
  /** Position of the resource to look at. */
  readonly at: number;
}

/** Resources related to one by some type, at the other end: `to` those it points at, `from` those that point at it. */
export function relatedTo(
  { shape, leaving, arriving }: Topology,
  position: number,
  { type, end }: { readonly type: RelationshipType; readonly end: 'from' | 'to' },
): readonly { readonly other: number; readonly edge: number }[] {
  const { starts, order } = arriving;
  const ends = end === 'to' ? leaving : starts;
  const found: { other: number; edge: number }[] = [];
  // Only one side is looked at: a subnet that thousands point at has few relationships of its own.
  for (let place = ends[position] ?? 0; place < (ends[position + 1] ?? 0); place += 1) {
    const edge = end === 'to' ? place : (order[place] ?? 0);
    const other = shape.relationships[end][edge] ?? 0;
    if (other < shape.resources && typeAt(shape, edge) === type) found.push({ other, edge });
  }
  return found;
}

export function categoryAt({ shape }: Topology, position: number): Category {
  // Written from checked facts.
  return codedAt(shape.categories, position) as Category;
}

export function kindAt({ shape }: Topology, position: number): string {
  return codedAt(shape.kinds, position);
}

export function cloudAt({ shape }: Topology, position: number): string {
  return codedAt(shape.clouds, position);
}

export function nameAt({ shape }: Topology, position: number): string {
  return labelAt(shape, position);
}

const words: Readonly<Partial<Record<Category, string>>> = {
  subnetwork: 'subnet',
  'route-table': 'route table',
};

function wordOf(topology: Topology, position: number): string {
  const category = categoryAt(topology, position);
  if (category === 'other') return '';
  if (category !== 'firewall') return words[category] ?? category.replaceAll('-', ' ');
  if (kindAt(topology, position).endsWith('.network-acl')) return 'network ACL';
  return cloudAt(topology, position) === 'gcp' ? 'firewall rule' : 'security group';
}

/** A resource with what it is: `subnet public-a`. Names alone are often the same over a whole network. */
export function calledAt(topology: Topology, position: number): string {
  return `${wordOf(topology, position)} ${nameAt(topology, position)}`.trimStart();
}

export function isStubAt({ shape }: Topology, position: number): boolean {
  return ((shape.flags[position] ?? 0) & nodeFlags.stub) !== 0;
}

/** Keeps what was computed for a position. */
export function remembered<Value>(compute: (position: number) => Value): (position: number) => Value {
  const known = new Map<number, Value>();
  return (position) => {
    const before = known.get(position);
    if (before !== undefined) return before;
    const value = compute(position);
    known.set(position, value);
    return value;
  };
}
