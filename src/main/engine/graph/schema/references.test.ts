import { describe, expect, test } from 'vitest';
import { addressReference, describeStub } from './references.ts';

describe('an id that was never listed', () => {
  test.each([
    [
      'arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1',
      { kind: 'aws.ec2.vpc', nativeId: 'vpc-1', scopeId: 'aws:account:123456789012', region: 'eu-west-1' },
    ],
    ['arn:aws:s3:::some/thing', { kind: 'aws.s3.bucket', nativeId: 'some/thing', scopeId: '', region: 'global' }],
    [
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
      { kind: 'aws.iam.policy', nativeId: 'ReadOnlyAccess', scopeId: 'aws:account:aws', region: 'global' },
    ],
    ['arn:aws:rds:eu-west-1:123456789012:db:main', { kind: 'aws.rds.db', nativeId: 'main' }],
    [
      'arn:aws:iam::123456789012:root',
      { kind: 'aws.iam.root', name: '123456789012', nativeId: 'root', scopeId: 'aws:account:123456789012' },
    ],
    ['arn:aws:apigateway:eu-west-1::/restapis/a1', { kind: 'aws.apigateway.restapi', nativeId: 'a1', scopeId: '' }],
    ['arn:aws:apigateway:eu-west-1::/restapis/a1/stages/live', { kind: 'aws.apigateway.stage', nativeId: 'live' }],
    ['arn:aws:apigateway:eu-west-1::/vpclinks/v1', { kind: 'aws.apigateway.vpclink', nativeId: 'v1' }],
    ['arn:aws:route53:::hostedzone/Z1', { kind: 'aws.route53.hostedzone', nativeId: 'Z1', region: 'global' }],
    ['arn:aws:kms:eu-west-1:123456789012:alias/shop', { kind: 'aws.kms.alias', nativeId: 'shop' }],
    [
      'arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:u-1:autoScalingGroupName/web',
      { kind: 'aws.autoscaling.autoscalinggroup', nativeId: 'web' },
    ],
    ['arn:aws:sqs:eu-west-1:123456789012:orders', { kind: 'aws.sqs.queue', nativeId: 'orders' }],
    [
      '/subscriptions/s1/resourcegroups/g/providers/microsoft.network/virtualnetworks/v/subnets/a',
      { kind: 'azure.network.virtualnetworks.subnets', name: 'a', scopeId: 'azure:subscription:s1' },
    ],
    [
      '/subscriptions/s1/resourcegroups/shop',
      { kind: 'azure.resources.subscriptions.resourcegroups', name: 'shop', scopeId: 'azure:subscription:s1' },
    ],
    [
      '/providers/microsoft.management/managementgroups/platform',
      { kind: 'azure.management.managementgroups', name: 'platform', scopeId: '' },
    ],
    ['azure:principal:1234', { cloud: 'azure', kind: 'azure.reference.principal', name: '1234' }],
    [
      '//compute.googleapis.com/projects/p/regions/europe-west1/subnetworks/a',
      { kind: 'gcp.compute.subnetwork', name: 'a', scopeId: 'gcp:project:p', region: 'europe-west1' },
    ],
    [
      '//compute.googleapis.com/projects/p/global/targetHttpProxies/a',
      { kind: 'gcp.compute.targethttpproxy', name: 'a', scopeId: 'gcp:project:p', region: 'global' },
    ],
    ['//compute.googleapis.com/projects/p/regions/r/addresses/a', { kind: 'gcp.compute.address', region: 'r' }],
    ['//cloudsql.googleapis.com/projects/p/instances/a', { kind: 'gcp.sqladmin.instance', name: 'a' }],
    ['gcp:principal:user:ann@acme.example', { cloud: 'gcp', kind: 'gcp.reference.principal' }],
    ['ext:account:1', { cloud: 'other', kind: 'other.reference.ext', scopeId: '' }],
  ])('%s tells what it says about itself', (id, told) => {
    expect(describeStub(id)).toMatchObject({ id, ...told });
  });

  test('is an address when it begins like one', () => {
    expect(addressReference('cidr:10.0.0.0/8')).toEqual({ kind: 'cidr', value: '10.0.0.0/8' });
    expect(addressReference('ip:10.0.0.1')).toEqual({ kind: 'ip', value: '10.0.0.1' });
    expect(addressReference('internet')).toEqual({ kind: 'internet', value: 'internet' });
    expect(addressReference('arn:aws:s3:::b')).toBeNull();
  });
});
