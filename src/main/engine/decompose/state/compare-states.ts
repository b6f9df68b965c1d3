import { instanceAddress, type StateFile } from './state-file.ts';

/** What differs between a state and those it was divided into, one finding each; no value is ever told. */
export interface StateComparison {
  /** Managed instances of the old state. */
  readonly instances: number;
  /** Data sources of the old state that are in at least one new one. */
  readonly readings: number;
  readonly placement: readonly string[];
  readonly content: readonly string[];
}

interface Held {
  readonly part: string;
  readonly text: string;
}

/** Everything of an instance that has to stay: attributes, private data, schema version, provider; not what it depends on. */
function contentsOf(file: StateFile): ReadonlyMap<string, { readonly managed: boolean; readonly text: string }> {
  const found = new Map<string, { readonly managed: boolean; readonly text: string }>();
  for (const resource of file.resources) {
    const { instances, ...rest } = resource;
    for (const instance of instances) {
      const { dependencies: _order, ...own } = instance;
      const text = JSON.stringify({ resource: rest, instance: own });
      found.set(instanceAddress(resource, instance), { managed: resource.mode === 'managed', text });
    }
  }
  return found;
}

/** Compares a state with what it was divided into, instance by instance. */
export function compareStates(
  old: StateFile,
  parts: readonly { readonly name: string; readonly file: StateFile }[],
): StateComparison {
  const held = new Map<string, Held[]>();
  for (const { name, file } of parts) {
    for (const [address, { text }] of contentsOf(file)) {
      held.set(address, [...(held.get(address) ?? []), { part: name, text }]);
    }
  }
  const placement: string[] = [];
  const content: string[] = [];
  let instances = 0;
  let readings = 0;
  const before = contentsOf(old);
  for (const [address, { managed, text }] of before) {
    const places = held.get(address) ?? [];
    if (managed) {
      instances += 1;
      if (places.length === 0) placement.push(`${address} is in no part`);
      if (places.length > 1) placement.push(`${address} is in ${places.map(({ part }) => part).join(' and ')}`);
    } else if (places.length > 0) readings += 1;
    for (const place of places) {
      if (place.text !== text) content.push(`${address} is another in ${place.part}`);
    }
  }
  for (const [address, places] of held) {
    if (!before.has(address)) placement.push(`${address} is new in ${places.map(({ part }) => part).join(' and ')}`);
  }
  return { instances, readings, placement, content };
}
