import { nodeFlags } from '#engine/ports/index.ts';
import type { ReferenceCounts } from '#shared/model/index.ts';
import { createPauses } from '../shape/index.ts';
import type { GraphAccess } from './graph-access.ts';

/** Of the relationships that a run told: how many lead between what is known, and how many name what nobody listed. */
export async function countReferences(graph: GraphAccess, run: number): Promise<ReferenceCounts> {
  const { flags, relationships, resources } = await graph.shape();
  const { detail, details, from, to } = relationships;
  const isStub = (node: number): boolean => node < resources && ((flags[node] ?? 0) & nodeFlags.stub) !== 0;
  const counts = { resolved: 0, unresolved: 0 };
  const pause = createPauses();
  for (let edge = 0; edge < from.length; edge += 1) {
    if (edge % 16_384 === 0) await pause();
    if (details.runs[detail[edge] ?? 0] !== run) continue;
    counts[isStub(from[edge] ?? 0) || isStub(to[edge] ?? 0) ? 'unresolved' : 'resolved'] += 1;
  }
  return counts;
}
