import {
  convertAutoScalingGroup,
  convertLaunchConfiguration,
} from '#engine/discovery/providers/aws/autoscaling/convert.ts';
import { convertImage, convertSnapshot } from '#engine/discovery/providers/aws/ec2-compute/convert-images.ts';
import {
  convertInstance,
  convertLaunchTemplate,
  convertVolume,
} from '#engine/discovery/providers/aws/ec2-compute/convert.ts';
import { convertClassicBalancer } from '#engine/discovery/providers/aws/elb/convert.ts';
import {
  convertListener,
  convertLoadBalancer,
  convertTargetGroup,
} from '#engine/discovery/providers/aws/elbv2/convert.ts';
import { account } from '../place.ts';
import { Tags, tags, role, key, sample, type Sample } from './sample.ts';

/** Items of machines and what spreads load over them, with the fields their converters read. */
export const machineSamples: readonly Sample[] = [
  sample(convertInstance, {
    instance: {
      InstanceId: 'i-1',
      SubnetId: 'subnet-1',
      VpcId: 'vpc-1',
      SecurityGroups: [{ GroupId: 'sg-1' }],
      IamInstanceProfile: { Arn: role },
      ImageId: 'ami-1',
      KeyName: 'k',
      Placement: { AvailabilityZone: 'a' },
      State: { Name: 'running' },
      PublicIpAddress: '192.0.2.1',
      Tags,
    },
    ownerId: account,
  }),
  sample(convertVolume, {
    VolumeId: 'vol-1',
    Attachments: [{ InstanceId: 'i-1', Device: '/dev/a' }],
    KmsKeyId: 'alias/a',
    SnapshotId: 'snap-1',
  }),
  sample(convertSnapshot, { SnapshotId: 'snap-1', VolumeId: 'vol-1', KmsKeyId: key }),
  sample(convertImage, {
    ImageId: 'ami-1',
    Name: 'web',
    CreationDate: '2026-01-01',
    BlockDeviceMappings: [{ Ebs: { SnapshotId: 'snap-1' } }],
  }),
  sample(convertLaunchTemplate, {
    template: { LaunchTemplateId: 'lt-1', LaunchTemplateName: 'web', Tags },
    latest: {
      LaunchTemplateData: {
        SecurityGroupIds: ['sg-1'],
        ImageId: 'ami-1',
        NetworkInterfaces: [{ SubnetId: 'subnet-1', Groups: ['sg-1'] }],
      },
    },
  }),
  sample(convertAutoScalingGroup, {
    group: {
      AutoScalingGroupName: 'web',
      AutoScalingGroupARN: 'arn:asg',
      VPCZoneIdentifier: 'subnet-1,subnet-2',
      LaunchTemplate: { LaunchTemplateId: 'lt-1' },
      Instances: [{ InstanceId: 'i-1' }],
      TargetGroupARNs: ['arn:tg'],
      Tags,
    },
    launchConfigurationArn: 'arn:lc',
  }),
  sample(convertLaunchConfiguration, {
    LaunchConfigurationName: 'old',
    LaunchConfigurationARN: 'arn:lc',
    ImageId: 'ami-1',
    KeyName: 'k',
    SecurityGroups: ['sg-1'],
    IamInstanceProfile: 'web',
  }),
  sample(convertLoadBalancer, {
    balancer: {
      LoadBalancerArn: 'arn:lb',
      VpcId: 'vpc-1',
      AvailabilityZones: [{ SubnetId: 'subnet-1', LoadBalancerAddresses: [{ AllocationId: 'e' }] }],
      DNSName: 'a.example',
      SecurityGroups: ['sg-1'],
      State: { Code: 'active' },
    },
    attributes: [],
    tags,
  }),
  sample(convertListener, {
    listener: {
      ListenerArn: 'arn:l/1',
      LoadBalancerArn: 'arn:a/b/c',
      DefaultActions: [{ TargetGroupArn: 'arn:tg' }],
      Certificates: [{ CertificateArn: 'arn:c' }],
    },
    certificates: [{ CertificateArn: 'arn:c2' }],
    rules: [{ Actions: [{ ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'arn:t' }] } }] }],
    tags,
  }),
  sample(convertTargetGroup, {
    group: {
      TargetGroupArn: 'arn:tg',
      TargetGroupName: 'web',
      VpcId: 'vpc-1',
      LoadBalancerArns: ['arn:lb'],
      TargetType: 'ip',
    },
    attributes: [],
    health: [{ Target: { Id: '10.0.0.1', Port: 1 } }],
    tags,
  }),
  sample(convertClassicBalancer, {
    balancer: {
      LoadBalancerName: 'old',
      VPCId: 'vpc-1',
      DNSName: 'a.example',
      Subnets: ['subnet-1'],
      SecurityGroups: ['sg-1'],
      Instances: [{ InstanceId: 'i-1' }],
      ListenerDescriptions: [{ Listener: { SSLCertificateId: 'arn:c' } }],
    },
    attributes: {},
    tags,
  }),
];
