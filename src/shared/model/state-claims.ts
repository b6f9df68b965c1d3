import { z } from 'zod';

/** The kind of a Terraform or OpenTofu state: a node of the graph that resources are `MANAGED_BY`. */
export const stateKind = 'other.terraform.state';

/** That a Terraform or OpenTofu state manages a resource. */
export const stateClaimSchema = z.object({
  /** Canonical id of the state, `tf://<lineage>`. */
  state: z.string(),
  /** What its file is called, with its folder where the name alone says nothing. */
  name: z.string(),
  /** Null where the file does not tell. */
  workspace: z.string().nullable(),
  /** For example `module.network.aws_subnet.this["a"]`. */
  address: z.string(),
  /** For example `module.network`; null in the root module. */
  module: z.string().nullable(),
});
export type StateClaim = z.infer<typeof stateClaimSchema>;

/** What a state manages, as its inspector lists it. */
export const stateContentsSchema = z.object({
  total: z.number().int(),
  gone: z.number().int(),
  /** The first of them by address. */
  rows: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      name: z.string(),
      address: z.string(),
      isStub: z.boolean(),
      gone: z.boolean(),
    }),
  ),
  /** Another print of the same state that was imported later and has the word now; null when this one has it. */
  replacedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type StateContents = z.infer<typeof stateContentsSchema>;
