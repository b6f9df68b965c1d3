import {
  type AttachedPolicy,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  type InstanceProfile,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  type Role,
} from '@aws-sdk/client-iam';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';

const MaxItems = 1000;
const gone = ['NoSuchEntity', 'NoSuchEntityException'];

export interface DetailedRole {
  /** From GetRole, which alone tells tags and boundary; from the list where that was denied. */
  readonly role: Role;
  readonly attached: readonly AttachedPolicy[];
  readonly inline: readonly { readonly name: string; readonly document: string | null }[];
}

export async function* listRoles(context: AwsContext): AsyncGenerator<ItemPage<DetailedRole>> {
  const iam = clientOf(context, IAMClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'iam:ListRoles',
    send: (Marker, options) => iam.send(new ListRolesCommand({ MaxItems, Marker }), options),
    next: (output) => (output.IsTruncated === true ? output.Marker : undefined),
  });
  for await (const { Roles } of pages) {
    yield await details.each(listed(Roles, 'Roles'), (role) => detailsOf(iam, details, role));
  }
}

async function detailsOf(iam: IAMClient, details: DetailReader, role: Role): Promise<DetailedRole> {
  const { RoleName } = role;
  const described = await details.read({
    permission: 'iam:GetRole',
    gone,
    send: (options) => iam.send(new GetRoleCommand({ RoleName }), options),
  });
  const attached = await details.read({
    permission: 'iam:ListAttachedRolePolicies',
    gone,
    // A role has at most twenty attached policies, fewer than a page.
    send: (options) => iam.send(new ListAttachedRolePoliciesCommand({ RoleName, MaxItems }), options),
  });
  const names = await details.read({
    permission: 'iam:ListRolePolicies',
    gone,
    send: (options) => iam.send(new ListRolePoliciesCommand({ RoleName, MaxItems }), options),
  });
  const inline: DetailedRole['inline'][number][] = [];
  for (const PolicyName of names?.PolicyNames ?? []) {
    const policy = await details.read({
      permission: 'iam:GetRolePolicy',
      absent: gone,
      send: (options) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }), options),
    });
    inline.push({ name: PolicyName, document: policy?.PolicyDocument ?? null });
  }
  return { role: described?.Role ?? role, attached: attached?.AttachedPolicies ?? [], inline };
}

export async function* listInstanceProfiles(context: AwsContext): AsyncGenerator<ItemPage<InstanceProfile>> {
  const iam = clientOf(context, IAMClient);
  const pages = pagesOf(context.caller, {
    permission: 'iam:ListInstanceProfiles',
    send: (Marker, options) => iam.send(new ListInstanceProfilesCommand({ MaxItems, Marker }), options),
    next: (output) => (output.IsTruncated === true ? output.Marker : undefined),
  });
  for await (const { InstanceProfiles } of pages) yield { items: listed(InstanceProfiles, 'InstanceProfiles') };
}
