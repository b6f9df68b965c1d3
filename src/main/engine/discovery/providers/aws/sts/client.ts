import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsSession } from '../calls/account-session.ts';
import { InvalidAnswerError } from '../calls/aws-error.ts';
import type { AwsCredentials } from '../access/credential-cache.ts';

/** Who a set of credentials is. */
export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  readonly partition: string;
}

/** Asks AWS who the session's credentials are. Needs no permission. */
export async function callerIdentity(
  session: AwsSession,
  region: string,
  signal: AbortSignal,
): Promise<CallerIdentity> {
  const sts = session.client(STSClient, region);
  const { Account, Arn } = await session
    .caller(region, signal)
    .call('sts:GetCallerIdentity', (options) => sts.send(new GetCallerIdentityCommand({}), options));
  if (Account === undefined || Arn === undefined) throw new InvalidAnswerError('The answer names no account.');
  return { accountId: Account, arn: Arn, partition: Arn.split(':')[1] ?? 'aws' };
}

/** Takes a role for an hour. The session name shows in the account's audit log. */
export async function assumeRole(
  session: AwsSession,
  role: { readonly arn: string; readonly region: string; readonly externalId?: string | undefined },
  signal: AbortSignal,
): Promise<AwsCredentials> {
  const sts = session.client(STSClient, role.region);
  const { Credentials: given } = await session
    .caller(role.region, signal)
    .call('sts:AssumeRole', (options) =>
      sts.send(
        new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'groundplan', ExternalId: role.externalId }),
        options,
      ),
    );
  if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined) {
    throw new InvalidAnswerError('The answer has no credentials.');
  }
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    ...(given.SessionToken === undefined ? {} : { sessionToken: given.SessionToken }),
    ...(given.Expiration === undefined ? {} : { expiration: given.Expiration }),
  };
}
