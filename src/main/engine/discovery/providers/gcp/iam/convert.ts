import type { JsonObject } from '#shared/base/json.ts';
import type { RelationshipFact, ResourceFact } from '#shared/model/index.ts';
import { EdgeList } from '../../../edge-list.ts';
import type { AssetDraft } from '../assets/asset-draft.ts';
import { BodyReader } from '../assets/body-reader.ts';
import { containedIn } from '../assets/contained.ts';
import type { GcpDirectory } from '../assets/directory.ts';
import { lastStep, relativeName } from '../assets/names.ts';
import { redactBody } from '../assets/redact.ts';

export function convertServiceAccount(draft: AssetDraft): void {
  const { body } = draft;
  const disabled = body.flag('disabled');
  draft.tell({
    name: body.text('email'),
    state: disabled === undefined ? undefined : disabled ? 'DISABLED' : 'ENABLED',
  });
}

export function convertServiceAccountKey(draft: AssetDraft): void {
  containedIn(draft, 'keys');
  draft.tell({ createdAt: draft.body.moment('validAfterTime'), name: lastStep(draft.id) });
}

export function convertRole(draft: AssetDraft): void {
  draft.tell({ name: draft.body.text('title'), state: draft.body.text('stage') });
}

/** The kind of policies: the inventory lists them apart from the resources they are attached to. */
export const policyKind = 'gcp.iam.policy';

const everyone = new Set(['allUsers', 'allAuthenticatedUsers']);

export interface ConvertedPolicy {
  readonly resource: ResourceFact;
  readonly relationships: readonly RelationshipFact[];
  readonly problems: readonly string[];
}

/** Who may do what with a resource: a policy of its own, and a grant from each of its members to the resource. */
export function convertPolicy(
  { asset, id, scopeId, region, zone }: Pick<AssetDraft, 'asset' | 'id' | 'scopeId' | 'region' | 'zone'>,
  policy: JsonObject,
  directory: GcpDirectory,
): ConvertedPolicy {
  const body = new BodyReader(policy);
  const edges = new EdgeList(id, `${asset.type}.iamPolicy`);
  let open = false;
  for (const binding of body.objects('bindings')) {
    const condition = binding.object('condition');
    const properties = {
      role: binding.text('role') ?? null,
      condition: condition?.text('expression') ?? null,
    };
    for (const member of binding.texts('members')) {
      open ||= everyone.has(member);
      edges.from('CAN_ACCESS', { from: memberId(member, directory), field: 'bindings', properties });
    }
  }
  const policyId = `${id}#iam-policy`;
  const attached = new EdgeList(policyId, `${asset.type}.iamPolicy`).to('ATTACHED_TO', { to: id, field: 'name' });
  return {
    resource: {
      id: policyId,
      cloud: 'gcp',
      kind: policyKind,
      category: 'policy',
      name: `policy of ${lastStep(id)}`,
      nativeId: `${relativeName(id)}#iam-policy`,
      scopeId,
      region,
      zone,
      state: null,
      createdAt: null,
      public: open,
      cidr: null,
      ip: null,
      tags: {},
      raw: redactBody(policy),
    },
    relationships: [...attached.edges, ...edges.edges],
    problems: body.problems,
  };
}

/** Service accounts are resources; everybody else is known to Google's accounts only and keeps the policy's name. */
function memberId(member: string, directory: GcpDirectory): string {
  const address = /^serviceAccount:([^\s[\]]+@[^\s[\]]+)$/.exec(member)?.[1];
  return address === undefined ? `gcp:principal:${member}` : directory.accountId(address);
}
