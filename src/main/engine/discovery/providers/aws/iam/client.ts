import {
  type AttachedPolicy,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandOutput,
  GetOpenIDConnectProviderCommand,
  type GetOpenIDConnectProviderCommandOutput,
  type GroupDetail,
  IAMClient,
  type InstanceProfile,
  ListInstanceProfilesCommand,
  ListOpenIDConnectProvidersCommand,
  ListPolicyTagsCommand,
  ListRolesCommand,
  type ManagedPolicyDetail,
  type Role,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { everyItem, itemPages, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';

const MaxItems = 1000;
const gone = ['NoSuchEntity', 'NoSuchEntityException'];

type AuthorizationFilter = 'User' | 'Role' | 'Group' | 'LocalManagedPolicy';

/** One call tells the policies, tags and boundaries of a thousand entities; asked one by one, five calls each would. */
function authorizationDetails<Item>(
  iam: IAMClient,
  filter: AuthorizationFilter,
  items: (output: GetAccountAuthorizationDetailsCommandOutput) => readonly Item[],
) {
  return {
    permission: 'iam:GetAccountAuthorizationDetails',
    send: (Marker: string | undefined, options: { abortSignal: AbortSignal }) =>
      iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: [filter], MaxItems, Marker }), options),
    next: ({ IsTruncated, Marker }: GetAccountAuthorizationDetailsCommandOutput) =>
      IsTruncated === true ? Marker : undefined,
    items,
  };
}

export interface DetailedRole {
  readonly role: Role;
  readonly attached: readonly AttachedPolicy[];
  readonly inline: readonly { readonly name: string; readonly document: string | null }[];
}

/** Roles as they are listed, which alone tells description and session length, with all that hangs on them. */
export async function* listRoles(context: AwsContext): AsyncGenerator<ItemPage<DetailedRole>> {
  const iam = clientOf(context, IAMClient);
  const details = new DetailReader(context);
  const known = await details.readEvery(
    authorizationDetails(iam, 'Role', ({ RoleDetailList }) => listed(RoleDetailList, 'RoleDetailList')),
  );
  const byArn = new Map((known ?? []).map((detail) => [detail.Arn, detail]));
  const pages = pagesOf(context.caller, {
    permission: 'iam:ListRoles',
    send: (Marker, options) => iam.send(new ListRolesCommand({ MaxItems, Marker }), options),
    next: ({ IsTruncated, Marker }) => (IsTruncated === true ? Marker : undefined),
  });
  for await (const { Roles } of pages) {
    yield await details.each(listed(Roles, 'Roles'), (role) => {
      const detail = byArn.get(role.Arn);
      const { PermissionsBoundary, RoleLastUsed, Tags } = detail ?? {};
      return Promise.resolve({
        role: {
          ...role,
          ...(PermissionsBoundary === undefined ? {} : { PermissionsBoundary }),
          ...(RoleLastUsed === undefined ? {} : { RoleLastUsed }),
          ...(Tags === undefined ? {} : { Tags }),
        },
        attached: detail?.AttachedManagedPolicies ?? [],
        inline: (detail?.RolePolicyList ?? []).map(({ PolicyName, PolicyDocument }) => ({
          name: PolicyName ?? '',
          document: PolicyDocument ?? null,
        })),
      });
    });
  }
}

/** Every group of the account; read once for themselves and for the users in them. */
function everyGroup(context: AwsContext): Promise<readonly GroupDetail[]> {
  const iam = clientOf(context, IAMClient);
  return context.session.once('iam.groups', async () => {
    const pages = itemPages(
      context,
      authorizationDetails(iam, 'Group', ({ GroupDetailList }) => listed(GroupDetailList, 'GroupDetailList')),
    );
    return everyItem(pages, ({ items }) => items);
  });
}

/** A user tells its groups by name alone, and a group's path is not in its name. */
export interface DetailedUser {
  readonly user: UserDetail;
  /** The ARNs of its groups by name, as far as they could be read. */
  readonly groups: Readonly<Record<string, string>>;
}

export async function* listUsers(context: AwsContext): AsyncGenerator<ItemPage<DetailedUser>> {
  const iam = clientOf(context, IAMClient);
  const details = new DetailReader(context);
  const pages = itemPages(
    context,
    authorizationDetails(iam, 'User', ({ UserDetailList }) => listed(UserDetailList, 'UserDetailList')),
  );
  for await (const { items } of pages) {
    const inGroups = items.some(({ GroupList }) => (GroupList ?? []).length > 0);
    const known = inGroups ? await details.orNone(() => everyGroup(context)) : [];
    const named = known.flatMap(({ GroupName, Arn }) => (GroupName && Arn ? [[GroupName, Arn] as const] : []));
    const groups = Object.fromEntries(named);
    yield await details.each(items, (user) => Promise.resolve({ user, groups }));
  }
}

export async function* listGroups(context: AwsContext): AsyncGenerator<ItemPage<GroupDetail>> {
  yield { items: await everyGroup(context) };
}

export interface TaggedPolicy {
  readonly policy: ManagedPolicyDetail;
  readonly tags: Readonly<Record<string, string>>;
}

/** The policies that the account made; those that AWS keeps for everybody are not listed. */
export async function* listPolicies(context: AwsContext): AsyncGenerator<ItemPage<TaggedPolicy>> {
  const iam = clientOf(context, IAMClient);
  const details = new DetailReader(context);
  const pages = itemPages(
    context,
    authorizationDetails(iam, 'LocalManagedPolicy', ({ Policies }) => listed(Policies, 'Policies')),
  );
  for await (const { items } of pages) {
    yield* details.inParts(items, async (policy) => {
      const tags = await details.readEvery({
        permission: 'iam:ListPolicyTags',
        gone,
        send: (Marker, options) =>
          iam.send(new ListPolicyTagsCommand({ PolicyArn: policy.Arn, MaxItems, Marker }), options),
        next: ({ IsTruncated, Marker }) => (IsTruncated === true ? Marker : undefined),
        items: ({ Tags }) => listed(Tags, 'Tags'),
      });
      return { policy, tags: tagsOf(tags ?? []) };
    });
  }
}

export function listInstanceProfiles(context: AwsContext): AsyncGenerator<ItemPage<InstanceProfile>> {
  const iam = clientOf(context, IAMClient);
  return itemPages(context, {
    permission: 'iam:ListInstanceProfiles',
    send: (Marker, options) => iam.send(new ListInstanceProfilesCommand({ MaxItems, Marker }), options),
    next: ({ IsTruncated, Marker }) => (IsTruncated === true ? Marker : undefined),
    items: ({ InstanceProfiles }) => listed(InstanceProfiles, 'InstanceProfiles'),
  });
}

/** A provider of identities from outside, such as a cluster's or a build server's. */
export interface DetailedIdentityProvider {
  readonly arn: string;
  readonly provider: GetOpenIDConnectProviderCommandOutput | null;
}

export async function* listIdentityProviders(context: AwsContext): AsyncGenerator<ItemPage<DetailedIdentityProvider>> {
  const iam = clientOf(context, IAMClient);
  const details = new DetailReader(context);
  const { OpenIDConnectProviderList } = await context.caller.list('iam:ListOpenIDConnectProviders', (options) =>
    iam.send(new ListOpenIDConnectProvidersCommand({}), options),
  );
  const arns = listed(OpenIDConnectProviderList, 'OpenIDConnectProviderList').flatMap(({ Arn }) => Arn ?? []);
  yield* details.inParts(arns, async (arn) => ({
    arn,
    provider: await details.read({
      permission: 'iam:GetOpenIDConnectProvider',
      gone,
      send: (options) => iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }), options),
    }),
  }));
}
