import type { Json } from '#shared/base/json.ts';
import type { EdgeList } from '../../edge-list.ts';
import { type ArmId, containerTypes, isLocationPath, parseArmId } from './arm-id.ts';
import { isObject } from './json-path.ts';

const containers = new Set<string>(Object.values(containerTypes));

/** Deeper than any body of Azure; beyond it a body is not looked through. */
const deepest = 100;

export interface ReferenceOptions {
  readonly arm: ArmId;
  readonly edges: EdgeList;
  /** Values inside the body that are told elsewhere: parts that become resources, echoes of other bodies. */
  readonly except: ReadonlySet<Json>;
}

/**
 * Adds a `REFERENCES` edge for every resource id in a body that no other edge names. An id that nobody lists becomes
 * a stub later, so nothing a body names is lost.
 */
export function addReferences(body: Json, { arm, edges, except }: ReferenceOptions): void {
  const inside = `${arm.id}/`;
  const named = new Set(edges.edges.flatMap(({ from, to }) => [from, to]));

  // Names on the way down; they become a text only where something is found.
  const path: string[] = [];

  function look(value: Json, depth: number): void {
    if (typeof value === 'string') {
      if (value.startsWith('/') && !except.has(value)) add(value);
      return;
    }
    if (typeof value !== 'object' || value === null || depth > deepest || except.has(value)) return;
    if (Array.isArray(value)) {
      for (const item of value) look(item, depth + 1);
      return;
    }
    for (const name in value) {
      path.push(name);
      look(value[name] ?? null, depth + 1);
      path.pop();
      // A map may be keyed by ids.
      if (name.startsWith('/')) add(name);
    }
  }

  function add(text: string): void {
    const found = parseArmId(text);
    if (found === null || containers.has(found.type) || isLocationPath(found)) return;
    const { id } = found;
    if (id === arm.id || id.startsWith(inside) || arm.id.startsWith(`${id}/`) || named.has(id)) return;
    named.add(id);
    edges.to('REFERENCES', { to: id, field: path.join('.') });
  }

  if (isObject(body)) look(body, 0);
}
