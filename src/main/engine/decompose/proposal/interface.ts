import type { RootGraph } from '../graph/root-graph.ts';
import type { Use } from '../graph/uses.ts';
import { wordsOfAddress } from './names.ts';
import type { Placement } from './placement.ts';

/** A value of a member that other groups need: one output of its group, one variable in each that takes it. */
export interface Wire {
  /** Name of the output and of the variables. */
  readonly name: string;
  readonly address: string;
  /** Null where the whole object crosses. */
  readonly attribute: string | null;
  /** Number of the group that gives it. */
  readonly from: number;
  /** Groups that take it, each with how often its text refers to it. */
  readonly takers: ReadonlyMap<number, number>;
}

/** An order between two groups without a value, from `depends_on`. */
export interface OrderOnly {
  readonly group: number;
  readonly after: number;
}

export interface Crossings {
  readonly wires: readonly Wire[];
  readonly orders: readonly OrderOnly[];
}

interface Found {
  readonly address: string;
  readonly attribute: string | null;
  readonly takers: Map<number, number>;
}

/** A member's value that a group refers to and does not own; null for anything else. */
export function crossingOf(use: Use, group: number, placement: Placement): { readonly from: number } | null {
  const from = placement.owner.get(use.to);
  return from === undefined || from === group || use.role === 'subject' ? null : { from };
}

/** What crosses between groups: the values, by address and attribute, and mere orders. */
export function crossingsOf(graph: RootGraph, placement: Placement): Crossings {
  const found = new Map<string, Found>();
  const orders = new Map<string, OrderOnly>();
  for (const [group, contents] of placement.contents.entries()) {
    for (const use of [...contents].flatMap((address) => graph.uses(address))) {
      const crossing = crossingOf(use, group, placement);
      if (crossing === null) continue;
      if (use.role === 'order') {
        orders.set(`${group} ${crossing.from}`, { group, after: crossing.from });
        continue;
      }
      const key = `${use.to} ${use.attribute ?? ''}`;
      const known = found.get(key) ?? { address: use.to, attribute: use.attribute, takers: new Map<number, number>() };
      known.takers.set(group, (known.takers.get(group) ?? 0) + 1);
      found.set(key, known);
    }
  }
  const taken = new Set(
    [...graph.declarations.values()]
      .filter(({ kind }) => kind === 'variable' || kind === 'output')
      .map(({ name }) => name),
  );
  const wires = [...found.values()].map((one): Wire => {
    const from = placement.owner.get(one.address) ?? 0;
    return { ...one, from, name: freeName(wireName(one), taken) };
  });
  return { wires, orders: [...orders.values()] };
}

/** `aws_vpc.main` and `id` → `vpc_main_id`. */
export function wireName({ address, attribute }: Pick<Found, 'address' | 'attribute'>): string {
  const words = [...wordsOfAddress(address), ...(attribute === null ? [] : [attribute])];
  return words.join('_').replaceAll(/[^A-Za-z0-9_]+/g, '_');
}

export function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}_${number}`;
  taken.add(name);
  return name;
}
