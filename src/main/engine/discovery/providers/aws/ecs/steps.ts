import { type AwsStep, awsStep } from '../aws-step.ts';
import { listClusters, listServices, listTaskDefinitions, listTasks } from './client.ts';
import { convertCluster, convertService, convertTaskDefinition } from './convert.ts';
import { convertTask } from './convert-task.ts';

const service = 'ecs';

export const ecsSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.ecs.clusters',
    service,
    kind: 'aws.ecs.cluster',
    relationships: [],
    permissions: ['ecs:ListClusters', 'ecs:DescribeClusters'],
    list: listClusters,
    convert: convertCluster,
  }),
  awsStep({
    id: 'aws.ecs.services',
    service,
    kind: 'aws.ecs.service',
    relationships: ['CONTAINS', 'DERIVED_FROM', 'IN_NETWORK', 'PROTECTED_BY', 'REFERENCES', 'RUNS_AS', 'TARGETS'],
    permissions: ['ecs:ListServices', 'ecs:DescribeServices', 'ecs:ListClusters'],
    list: listServices,
    convert: convertService,
  }),
  awsStep({
    id: 'aws.ecs.tasks',
    service,
    kind: 'aws.ecs.task',
    relationships: ['ATTACHED_TO', 'CONTAINS', 'DERIVED_FROM', 'IN_NETWORK'],
    permissions: ['ecs:ListTasks', 'ecs:DescribeTasks', 'ecs:ListClusters'],
    list: listTasks,
    convert: convertTask,
  }),
  awsStep({
    id: 'aws.ecs.task-definitions',
    service,
    kind: 'aws.ecs.task-definition',
    relationships: ['DERIVED_FROM', 'REFERENCES', 'RUNS_AS'],
    permissions: ['ecs:ListTaskDefinitions', 'ecs:DescribeTaskDefinition'],
    // Every deployment leaves one more revision behind; old accounts hold tens of thousands.
    maximumRows: 1_000,
    list: listTaskDefinitions,
    convert: convertTaskDefinition,
  }),
];
