import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateUserCommand,
} from '@aws-sdk/client-iam';
import { type CompanyClients, required } from './company-clients.ts';
import { type Tags, tagList } from './company-tags.ts';

/** People who still have users of their own, by team; each team may read what its policy says. */
const teams = { platform: ['a.lindqvist', 'm.olsen'], data: ['j.okafor'] } as const;

/** The users, groups and policies of an account, and the identity provider of the build server. */
export async function createIdentities({ iam }: CompanyClients, tags: Tags): Promise<void> {
  for (const [team, people] of Object.entries(teams)) {
    const { Policy: policy } = await iam.send(
      new CreatePolicyCommand({
        PolicyName: `${team}-read`,
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' }],
        }),
        Tags: tagList(tags),
      }),
    );
    await iam.send(new CreateGroupCommand({ GroupName: team }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName: team, PolicyArn: required(policy?.Arn, 'policy') }));
    for (const UserName of people) {
      await iam.send(new CreateUserCommand({ UserName, Tags: tagList(tags) }));
      await iam.send(new AddUserToGroupCommand({ GroupName: team, UserName }));
    }
  }
  await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url: 'https://builds.harbour-goods.example',
      ThumbprintList: ['0'.repeat(40)],
      ClientIDList: ['sts.amazonaws.com'],
      Tags: tagList(tags),
    }),
  );
}

/** Lets machines run as a role; answers the profile's name. */
export async function createProfile({ iam }: CompanyClients, role: string, tags: Tags): Promise<string> {
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: role, Tags: tagList(tags) }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: role, RoleName: role }));
  return role;
}
