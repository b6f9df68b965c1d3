import { compareTexts, orderPositions } from '../../shape/index.ts';
import type { Pause } from './compare-place.ts';
import type { Found } from './read-attributes.ts';

type Field = 'kind' | 'scopeId' | 'region';

/** How many differences are gone through, or ordered, before others get their turn. */
const atOnce = 2048;

/**
 * Orders differences by kind, scope, region, name and id. A few kinds, scopes and regions have many differences, so
 * these are told apart first and only what lies in the same place is compared with each other.
 */
export async function orderFound(found: readonly Found[], pause: Pause): Promise<readonly Found[]> {
  const ordered: Found[] = [];
  for (const ofKind of await grouped(found, 'kind', pause)) {
    for (const ofScope of await grouped(ofKind, 'scopeId', pause)) {
      for (const inRegion of await grouped(ofScope, 'region', pause)) {
        await pause();
        for (const one of await byName(inRegion)) ordered.push(one);
      }
    }
  }
  return ordered;
}

/** Groups differences by a field and orders the groups by it; those of a group stay in their order. */
async function grouped(found: readonly Found[], field: Field, pause: Pause): Promise<readonly Found[][]> {
  const groups = new Map<string, Found[]>();
  for (const [at, one] of found.entries()) {
    if (at % atOnce === 0) await pause();
    const value = one.row[field];
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [one]);
    else group.push(one);
  }
  return [...groups].sort(([left], [right]) => compareTexts(left, right)).map(([, group]) => group);
}

async function byName(found: Found[]): Promise<readonly Found[]> {
  if (found.length <= atOnce) return found.sort(compareNames);
  const positions = await orderPositions(found.length, (left, right) => compareNames(found[left], found[right]));
  return Array.from(positions).flatMap((position) => found[position] ?? []);
}

function compareNames(left: Found | undefined, right: Found | undefined): number {
  return compareTexts(left?.row.name, right?.row.name) || compareTexts(left?.row.id, right?.row.id);
}
