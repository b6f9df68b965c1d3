import type { AccessPolicy } from '#shared/model/index.ts';
import { organizationPermissions } from './organizations/client.ts';
import { awsSteps } from './steps.ts';

/**
 * The least-privilege IAM policy that follows from the steps: reading only. The second statement is needed in the
 * account one signs in to, the first in every account that is mapped.
 */
export function awsDiscoveryPolicy(): AccessPolicy {
  const actions = new Set(awsSteps.flatMap(({ declaration }) => declaration.permissions));
  actions.add('ec2:DescribeRegions');
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'GroundplanDiscovery', Effect: 'Allow', Action: [...actions].sort(), Resource: '*' },
      {
        Sid: 'GroundplanAccounts',
        Effect: 'Allow',
        Action: [...organizationPermissions, 'sts:AssumeRole'].sort(),
        Resource: '*',
      },
    ],
  };
  return { cloud: 'aws', title: 'IAM policy', text: JSON.stringify(policy, null, 2) };
}
