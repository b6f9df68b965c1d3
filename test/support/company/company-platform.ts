import {
  CreateClusterCommand,
  CreateServiceCommand,
  RegisterTaskDefinitionCommand,
  type ContainerDefinition,
} from '@aws-sdk/client-ecs';
import {
  CreateClusterCommand as CreateKubernetesCommand,
  CreateFargateProfileCommand,
  CreateNodegroupCommand,
} from '@aws-sdk/client-eks';
import { createRole } from './company-application.ts';
import type { CompanyClients } from './company-clients.ts';
import type { Tags } from './company-tags.ts';

export interface PlatformPlan {
  readonly name: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly tags: Tags;
}

/** A Kubernetes cluster with machines of its own and a profile for jobs. */
export async function createKubernetes(clients: CompanyClients, plan: PlatformPlan): Promise<void> {
  const { name, subnetIds, securityGroupId, tags } = plan;
  const subnets = [...subnetIds];
  const role = (purpose: string, service: string): Promise<string> =>
    createRole(clients, {
      name: `${name}-${purpose}`,
      description: `Kubernetes ${name}: ${purpose}`,
      service,
      statements: [],
      tags,
    });
  const nodeRole = await role('nodes', 'ec2.amazonaws.com');
  await clients.eks.send(
    new CreateKubernetesCommand({
      name,
      version: '1.31',
      roleArn: await role('control', 'eks.amazonaws.com'),
      resourcesVpcConfig: { subnetIds: subnets, securityGroupIds: [securityGroupId], endpointPublicAccess: false },
      tags: { ...tags },
    }),
  );
  await clients.eks.send(
    new CreateNodegroupCommand({
      clusterName: name,
      nodegroupName: 'general',
      nodeRole,
      subnets,
      instanceTypes: ['m5.large'],
      scalingConfig: { minSize: 2, maxSize: 6, desiredSize: 3 },
      tags: { ...tags },
    }),
  );
  await clients.eks.send(
    new CreateFargateProfileCommand({
      clusterName: name,
      fargateProfileName: 'jobs',
      podExecutionRoleArn: nodeRole,
      subnets,
      selectors: [{ namespace: 'jobs' }],
      tags: { ...tags },
    }),
  );
}

/** A container service: a cluster, what its tasks consist of, and the service that keeps them running. */
export async function createContainers(clients: CompanyClients, plan: PlatformPlan): Promise<void> {
  const { ecs, region, accountId } = clients;
  const { name, subnetIds, securityGroupId, tags } = plan;
  const tagPairs = Object.entries(tags).map(([key, value]) => ({ key, value }));
  const taskRoleArn = await createRole(clients, {
    name: `${name}-task`,
    description: `What the containers of ${name} run as`,
    service: 'ecs-tasks.amazonaws.com',
    statements: [],
    tags,
  });
  await ecs.send(new CreateClusterCommand({ clusterName: name, tags: tagPairs }));
  const container: ContainerDefinition = {
    name,
    // The image's repository is not listed by the map: a stub stands for it.
    image: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}:42`,
    memory: 512,
    environment: [{ name: 'API_TOKEN', value: 'not-for-anybody' }],
  };
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: name,
      taskRoleArn,
      executionRoleArn: taskRoleArn,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [container],
      tags: tagPairs,
    }),
  );
  await ecs.send(
    new CreateServiceCommand({
      cluster: name,
      serviceName: name,
      taskDefinition: name,
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [...subnetIds], securityGroups: [securityGroupId] },
      },
      tags: tagPairs,
    }),
  );
}
