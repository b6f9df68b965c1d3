import { expect, test } from 'vitest';
import { refusingPolicy } from './refusing-policy.ts';

const who = 'User: arn:aws:sts::123456789012:assumed-role/reader/groundplan is not authorized to perform:';

test.each([
  [
    `${who} ec2:DescribeVpcs with an explicit deny in a service control policy`,
    { by: 'service control policy', policy: null },
  ],
  [
    `You are not authorized to perform this operation. ${who} ec2:DescribeVpcs with an explicit deny in a service control policy: arn:aws:organizations::111111111111:policy/o-1/service_control_policy/p-1`,
    {
      by: 'service control policy',
      policy: 'arn:aws:organizations::111111111111:policy/o-1/service_control_policy/p-1',
    },
  ],
  [
    `${who} sqs:ListQueues because no service control policy allows the sqs:ListQueues action`,
    { by: 'service control policy', policy: null },
  ],
  [
    `${who} s3:GetBucketPolicy on resource: "arn:aws:s3:::b" because no VPC endpoint policy allows the s3:GetBucketPolicy action`,
    { by: 'VPC endpoint policy', policy: null },
  ],
  [
    `${who} kms:GetKeyPolicy on resource: arn:aws:kms:eu-west-1:123456789012:key/k because no resource-based policy allows the kms:GetKeyPolicy action`,
    { by: 'resource-based policy', policy: null },
  ],
  [
    `${who} iam:ListRoles on resource: x with an explicit deny in an identity-based policy: arn:aws:iam::123456789012:policy/no`,
    { by: 'identity-based policy', policy: 'arn:aws:iam::123456789012:policy/no' },
  ],
  [
    `${who} iam:ListRoles because no permissions boundary allows the iam:ListRoles action`,
    { by: 'permissions boundary', policy: null },
  ],
  [`${who} sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action`, null],
  [`${who} sqs:ListQueues`, null],
])('%s', (message, refusing) => {
  expect(refusingPolicy(message)).toEqual(refusing);
});
