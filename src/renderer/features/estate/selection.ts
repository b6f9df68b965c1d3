import type { InstanceSelectionInput } from '#shared/model/index.ts';

export interface Picked {
  readonly id: string;
  readonly scopeId: string;
  readonly scopeName: string;
  readonly region: string;
}

/**
 * What is ticked as instances of a pattern: each scope × region pair is one, and the hand-picked resources make one
 * per scope and region they lie in. Names are unique; they become the environments' names.
 */
export function instancesOfSelection(
  picked: readonly Picked[],
  pairs: readonly { readonly scopeId: string; readonly scopeName: string; readonly region: string }[],
): InstanceSelectionInput[] {
  const groups = new Map<string, { place: Omit<Picked, 'id'>; ids: string[] }>();
  for (const pair of pairs) groups.set(`${pair.scopeId}|${pair.region}`, { place: pair, ids: [] });
  for (const { id, ...place } of picked) {
    const key = `${place.scopeId}|${place.region}|ids`;
    const group = groups.get(key) ?? { place, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  const names = new Set<string>();
  return [...groups.values()].map(({ place, ids }) => {
    const sameRegion = [...groups.values()].filter((other) => other.place.region === place.region).length > 1;
    const wanted = sameRegion ? `${place.scopeName}-${place.region}` : place.region;
    const name = uniqueName(instanceName(wanted), names);
    names.add(name);
    return { name, scope: place.scopeId, region: place.region, ids };
  });
}

/** A text as an instance's name: lower-case letters, digits and dashes, a letter first. */
export function instanceName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[-0-9]+|-+$/g, '');
  return name === '' ? 'instance' : name;
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}
