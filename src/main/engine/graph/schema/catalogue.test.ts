import { expect, test } from 'vitest';
import { isOnOffer } from './catalogue.ts';

const compute = '//compute.googleapis.com/projects';

test.each([
  `${compute}/shop/zones/europe-west1-b/machineTypes/e2-medium`,
  `${compute}/shop/zones/europe-west1-b/diskTypes/pd-ssd`,
  `${compute}/shop/regions/europe-west1/diskTypes/pd-ssd`,
  `${compute}/shop/zones/europe-west1-b/acceleratorTypes/nvidia-l4`,
  `${compute}/shop/zones/europe-west1-b/nodeTypes/n1-node-96-624`,
  `${compute}/debian-cloud/global/licenses/debian-12-bookworm`,
  `${compute}/debian-cloud/global/licenseCodes/1002001`,
  `${compute}/debian-cloud/global/images/family/debian-12`,
  `${compute}/shop/global/interconnectLocations/fra-zone1-58`,
  `${compute}/shop/zones/europe-west1-b`,
  `${compute}/shop/regions/europe-west1`,
  '//run.googleapis.com/projects/shop/locations/europe-west1',
  'arn:aws:states:::lambda:invoke',
  'arn:aws:scheduler:::aws-sdk:sqs:sendMessage',
  'arn:aws:automate:eu-west-1:ec2:recover',
  'arn:aws:ssm:eu-west-1::parameter/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
  'arn:aws:swf:eu-west-1:111111111111:action/actions/AWS_EC2.InstanceId.Stop/1.0',
  'arn:aws:elasticbeanstalk:eu-west-1::platform/Node.js 20 running on 64bit Amazon Linux 2023/6.1.0',
  '/subscriptions/s/providers/microsoft.compute/locations/westeurope/publishers/canonical',
])('%s is on offer to everybody', (id) => {
  expect(isOnOffer(id)).toBe(true);
});

test.each([
  `${compute}/debian-cloud/global/images/debian-12-bookworm-v20260415`,
  `${compute}/shop/zones/europe-west1-b/instances/machineTypes`,
  `${compute}/shop/zones/europe-west1-b/disks/web`,
  `${compute}/shop/regions/europe-west1/resourcePolicies/daily`,
  '//cloudkms.googleapis.com/projects/shop/locations/europe/keyRings/r',
  'arn:aws:states:eu-west-1:111111111111:stateMachine:orders',
  'arn:aws:iam::aws:policy/ReadOnlyAccess',
  'arn:aws:ec2:eu-west-1:aws:prefix-list/pl-63a5400a',
  'arn:aws:ssm:eu-west-1:111111111111:parameter/aws/mine',
  'arn:aws:ec2:eu-west-1::image/ami-0a1b2c3d',
  'arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-lite-v1',
  '/providers/microsoft.authorization/roledefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c',
  '/subscriptions/s/resourcegroups/g/providers/microsoft.web/serverfarms/locations',
])('%s is somebody’s, or worth asking for', (id) => {
  expect(isOnOffer(id)).toBe(false);
});
