import type { Boundary } from '#shared/model/index.ts';
import { cloudFormationRows } from './boundary-rows/cloudformation.ts';
import { kubernetesRows } from './boundary-rows/kubernetes.ts';
import { terraformRows } from './boundary-rows/terraform.ts';

/** Where a resource type belongs, and whether it commonly comes along with others. */
export interface TypeBoundary {
  readonly boundary: Boundary;
  /** True for what artifacts of any boundary need to bring: roles, rules, log groups, keys, policies. */
  readonly companion: boolean;
}

const table: ReadonlyMap<string, TypeBoundary> = new Map(
  [...terraformRows, ...cloudFormationRows, ...kubernetesRows].map(([prefix, boundary, companion]) => [
    prefix,
    { boundary, companion: companion === 'companion' },
  ]),
);

/** Where a resource type belongs, or null when the table does not know it. */
export function boundaryOfType(type: string): TypeBoundary | null {
  const divider = type.includes('::') ? '::' : '_';
  for (let end = type.length; end > 0; end = type.lastIndexOf(divider, end - 1)) {
    const row = table.get(type.slice(0, end));
    if (row !== undefined) return row;
  }
  return null;
}

/** A boundary, and in words what it follows from. */
export interface ProposedBoundary {
  readonly boundary: Boundary;
  readonly because: string;
}

/** At most so many types are named. */
const named = 3;

/**
 * The boundary an artifact most likely has, from what it creates: the one most of its resources belong to, where
 * resources that accompany others count only when there is nothing else. `platform` when nothing is known.
 */
export function proposeBoundary(creates: Readonly<Record<string, number>>): ProposedBoundary {
  for (const companions of [false, true]) {
    const weights = new Map<Boundary, { blocks: number; readonly types: string[] }>();
    for (const [type, blocks] of Object.entries(creates)) {
      const row = boundaryOfType(type);
      if (row === null || row.companion !== companions || row.boundary === 'platform') continue;
      const weight = weights.get(row.boundary) ?? { blocks: 0, types: [] };
      weight.blocks += blocks;
      weight.types.push(type);
      weights.set(row.boundary, weight);
    }
    // Equal weights: the boundary whose resources stand first in the sources, which is the order of `creates`.
    const [best] = [...weights].sort(([, left], [, right]) => right.blocks - left.blocks);
    if (best === undefined) continue;
    const [boundary, { types }] = best;
    const more = types.length > named ? ` and ${types.length - named} more` : '';
    return { boundary, because: `it creates ${types.slice(0, named).join(', ')}${more}` };
  }
  const because = Object.keys(creates).length === 0 ? 'it creates nothing itself' : 'nothing that it creates is known';
  return { boundary: 'platform', because };
}
