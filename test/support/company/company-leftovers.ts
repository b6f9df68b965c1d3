import { CreateAutoScalingGroupCommand, CreateLaunchConfigurationCommand } from '@aws-sdk/client-auto-scaling';
import { CreateImageCommand, CreateSnapshotCommand, DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand } from '@aws-sdk/client-elastic-load-balancing';
import { type CompanyClients, required } from './company-clients.ts';
import { machineImage } from './company-machines.ts';
import { type Tags, tagged, tagList } from './company-tags.ts';

/** A shop of the year it was founded: a balancer of the first generation and machines by launch configuration. */
export async function createOldShop(
  clients: CompanyClients,
  plan: { readonly subnetId: string; readonly securityGroupId: string; readonly tags: Tags },
): Promise<void> {
  const { autoScaling, classicBalancing, region } = clients;
  const name = `old-shop-${region}`;
  await classicBalancing.send(
    new CreateLoadBalancerCommand({
      LoadBalancerName: name,
      Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 8080 }],
      Subnets: [plan.subnetId],
      SecurityGroups: [plan.securityGroupId],
      Tags: tagList(plan.tags),
    }),
  );
  await autoScaling.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: name,
      ImageId: machineImage,
      InstanceType: 't2.micro',
      SecurityGroups: [plan.securityGroupId],
    }),
  );
  await autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      LaunchConfigurationName: name,
      // Nobody switched it off: it was set to nothing.
      MinSize: 0,
      MaxSize: 2,
      DesiredCapacity: 0,
      VPCZoneIdentifier: plan.subnetId,
      LoadBalancerNames: [name],
      Tags: tagList(plan.tags).map((tag) => ({ ...tag, PropagateAtLaunch: true })),
    }),
  );
}

/** An image of a machine, and a snapshot of its disk. */
export async function keepMachine(
  { ec2 }: CompanyClients,
  plan: { readonly instanceId: string; readonly name: string; readonly tags: Tags },
): Promise<void> {
  const { instanceId, name, tags } = plan;
  await ec2.send(
    new CreateImageCommand({ InstanceId: instanceId, Name: name, TagSpecifications: tagged('image', name, tags) }),
  );
  const { Volumes: volumes = [] } = await ec2.send(
    new DescribeVolumesCommand({ Filters: [{ Name: 'attachment.instance-id', Values: [instanceId] }] }),
  );
  await ec2.send(
    new CreateSnapshotCommand({
      VolumeId: required(volumes[0]?.VolumeId, 'volume of the machine'),
      Description: `${name}, before the upgrade`,
      TagSpecifications: tagged('snapshot', name, tags),
    }),
  );
}
