import type { AccessPolicy } from '#shared/model/index.ts';
import { aggregatorPermissions, recorderPermissions } from './census/config-client.ts';
import { explorerPermissions } from './census/explorer-client.ts';
import { organizationPermissions } from './organizations/client.ts';
import { awsSteps } from './steps.ts';

interface Statement {
  readonly sid?: string;
  readonly actions: Iterable<string>;
  readonly resource: string;
}

/** An IAM policy document that allows actions. */
export function policyOf(statements: readonly Statement[]): string {
  const document = {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, actions, resource }) => ({
      ...(sid === undefined ? {} : { Sid: sid }),
      Effect: 'Allow',
      Action: [...new Set(actions)].sort(),
      Resource: resource,
    })),
  };
  return JSON.stringify(document, null, 2);
}

const inEveryAccount: readonly string[] = [
  ...awsSteps.flatMap(({ declaration }) => declaration.permissions),
  ...recorderPermissions,
  ...explorerPermissions,
  'ec2:DescribeRegions',
];
const whereOneSignsIn: readonly string[] = [...organizationPermissions, ...aggregatorPermissions];

/** Every action that discovery may need. */
export const discoveryActions: ReadonlySet<string> = new Set([...inEveryAccount, ...whereOneSignsIn, 'sts:AssumeRole']);

/**
 * The least-privilege IAM policy that follows from the steps: reading only. The first statement is needed in every
 * account that is mapped, the others in the one that one signs in to; the role there is to be named as it is called.
 * Without the actions of AWS Config and Resource Explorer everything is listed.
 */
export function awsDiscoveryPolicy(): AccessPolicy {
  const text = policyOf([
    { sid: 'GroundplanDiscovery', actions: inEveryAccount, resource: '*' },
    { sid: 'GroundplanAccounts', actions: whereOneSignsIn, resource: '*' },
    { sid: 'GroundplanRoles', actions: ['sts:AssumeRole'], resource: 'arn:aws:iam::*:role/GroundplanReader' },
  ]);
  return { cloud: 'aws', title: 'IAM policy for AWS', text };
}
