import { z } from 'zod';
import type { RelationshipFact } from '#shared/model/index.ts';

/** What a `MANAGED_BY` that leads to a Terraform or OpenTofu state says. */
export const stateClaimPropertiesSchema = z.object({
  name: z.string(),
  workspace: z.string().nullable(),
  address: z.string(),
  module: z.string().nullable(),
  /** The ledger's cell that would list the resource; null for a kind that is never listed. */
  cell: z.object({ scope: z.string(), region: z.string(), kind: z.string() }).nullable(),
});

/** True for the canonical id of a state. */
export function isStateId(id: string): boolean {
  return id.startsWith('tf://');
}

/** True for a state that is told apart by its lineage; false for one that goes by its file's name. */
export function hasLineage(id: string): boolean {
  return !id.startsWith('tf://file/');
}

/** True for what says that a state manages a resource. */
export function isClaimOfState({ type, to }: Pick<RelationshipFact, 'type' | 'to'>): boolean {
  return type === 'MANAGED_BY' && isStateId(to);
}
