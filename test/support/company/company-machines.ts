import { CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  CreateLaunchTemplateCommand,
  CreateVolumeCommand,
  RunInstancesCommand,
  type _InstanceType as InstanceType,
} from '@aws-sdk/client-ec2';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import { type CompanyClients, required } from './company-clients.ts';
import { type Tags, tagged, tagList } from './company-tags.ts';

/** An image the test server knows in every region. */
export const machineImage = 'ami-12c6146b';

/** A zip file with one file, index.mjs, that exports a handler which answers an empty object. */
const emptyFunction =
  'UEsDBBQAAAAAAAAAIVgAgfO+KQAAACkAAAAJAAAAaW5kZXgubWpzZXhwb3J0IGNvbnN0IGhhbmRsZXIgPSBhc3luYyAoKSA9PiAoe30pOwpQSwECFAMUAAAAAAAAACFYAIHzvikAAAApAAAACQAAAAAAAAAAAAAApAEAAAAAaW5kZXgubWpzUEsFBgAAAAABAAEANwAAAFAAAAAAAA==';

export interface MachinePlan {
  readonly name: string;
  readonly type: InstanceType;
  readonly subnetId: string;
  readonly securityGroupId: string;
  readonly publicAddress: boolean;
  readonly tags: Tags;
}

/** A machine with its disk and interface, and a fixed public address when asked; answers its id. */
export async function createMachine(clients: CompanyClients, plan: MachinePlan): Promise<string> {
  const { ec2 } = clients;
  const { Instances: instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: machineImage,
      InstanceType: plan.type,
      MinCount: 1,
      MaxCount: 1,
      SubnetId: plan.subnetId,
      SecurityGroupIds: [plan.securityGroupId],
      UserData: Buffer.from('#!/bin/sh\nexport BOOT_TOKEN=not-for-anybody\n').toString('base64'),
      TagSpecifications: tagged('instance', plan.name, plan.tags),
    }),
  );
  const id = required(instances?.[0]?.InstanceId, 'instance');
  if (plan.publicAddress) {
    const { AllocationId } = await ec2.send(
      new AllocateAddressCommand({ Domain: 'vpc', TagSpecifications: tagged('elastic-ip', plan.name, plan.tags) }),
    );
    await ec2.send(new AssociateAddressCommand({ InstanceId: id, AllocationId: required(AllocationId, 'elastic IP') }));
  }
  return id;
}

export interface GroupPlan {
  readonly name: string;
  readonly type: InstanceType;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly size: number;
  /** The profile its machines run with. */
  readonly profile?: string;
  readonly tags: Tags;
}

/** A launch template and the scaling group that makes machines of it. */
export async function createScalingGroup(clients: CompanyClients, plan: GroupPlan): Promise<void> {
  const { LaunchTemplate: template } = await clients.ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: plan.name,
      LaunchTemplateData: {
        ImageId: machineImage,
        InstanceType: plan.type,
        SecurityGroupIds: [plan.securityGroupId],
        ...(plan.profile === undefined ? {} : { IamInstanceProfile: { Name: plan.profile } }),
      },
      TagSpecifications: tagged('launch-template', plan.name, plan.tags),
    }),
  );
  await clients.autoScaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: plan.name,
      LaunchTemplate: {
        LaunchTemplateId: required(template?.LaunchTemplateId, 'launch template'),
        Version: '$Latest',
      },
      MinSize: plan.size,
      MaxSize: plan.size * 2,
      DesiredCapacity: plan.size,
      VPCZoneIdentifier: plan.subnetIds.join(','),
      Tags: tagList({ Name: plan.name, ...plan.tags }).map((tag) => ({ ...tag, PropagateAtLaunch: true })),
    }),
  );
}

/** Disks nobody uses any more. */
export async function createVolumes(
  clients: CompanyClients,
  plan: { readonly sizes: readonly number[]; readonly tags: Tags },
): Promise<void> {
  for (const [index, Size] of plan.sizes.entries()) {
    await clients.ec2.send(
      new CreateVolumeCommand({
        AvailabilityZone: `${clients.region}a`,
        Size,
        VolumeType: 'gp2',
        TagSpecifications: tagged('volume', `old-data-${index + 1}`, plan.tags),
      }),
    );
  }
}

export interface FunctionPlan {
  readonly name: string;
  readonly roleArn: string;
  readonly memory: number;
  /** ARN of a layer that it is made with. */
  readonly layerArn?: string;
  readonly network?: { readonly subnetIds: readonly string[]; readonly securityGroupId: string };
  readonly tags: Tags;
}

/** A function that does nothing; its environment holds a value that must never leave it. Answers its ARN. */
export async function createFunction(clients: CompanyClients, plan: FunctionPlan): Promise<string> {
  const { FunctionArn: functionArn } = await clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName: plan.name,
      Role: plan.roleArn,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: Buffer.from(emptyFunction, 'base64') },
      MemorySize: plan.memory,
      Timeout: 30,
      ...(plan.layerArn === undefined ? {} : { Layers: [plan.layerArn] }),
      Environment: { Variables: { API_TOKEN: 'not-for-anybody', STAGE: clients.region } },
      ...(plan.network === undefined
        ? {}
        : {
            VpcConfig: {
              SubnetIds: [...plan.network.subnetIds],
              SecurityGroupIds: [plan.network.securityGroupId],
            },
          }),
      Tags: { Name: plan.name, ...plan.tags },
    }),
  );
  return required(functionArn, 'function ARN');
}

/** Lets a queue wake a function. */
export async function wakeByQueue(clients: CompanyClients, functionArn: string, queueArn: string): Promise<void> {
  await clients.lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: functionArn, EventSourceArn: queueArn, BatchSize: 10 }),
  );
}

/** A layer that functions are made with; answers the ARN of its version. */
export async function createLayer(clients: CompanyClients, name: string): Promise<string> {
  const { LayerVersionArn } = await clients.lambda.send(
    new PublishLayerVersionCommand({
      LayerName: name,
      CompatibleRuntimes: ['nodejs20.x'],
      Content: { ZipFile: Buffer.from(emptyFunction, 'base64') },
    }),
  );
  return required(LayerVersionArn, 'layer');
}
