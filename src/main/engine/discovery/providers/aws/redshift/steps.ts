import { type AwsStep, awsStep } from '../aws-step.ts';
import { listWarehouses, listWarehouseSubnetGroups } from './client.ts';
import { convertWarehouse, convertWarehouseSubnetGroup } from './convert.ts';

const service = 'redshift';

export const redshiftSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.redshift.clusters',
    service,
    kind: 'aws.redshift.cluster',
    relationships: ['ENCRYPTED_BY', 'HAS_ADDRESS', 'IN_NETWORK', 'PROTECTED_BY', 'REFERENCES', 'RUNS_AS'],
    permissions: ['redshift:DescribeClusters'],
    list: listWarehouses,
    convert: convertWarehouse,
  }),
  awsStep({
    id: 'aws.redshift.subnet-groups',
    service,
    kind: 'aws.redshift.subnetgroup',
    relationships: ['IN_NETWORK'],
    permissions: ['redshift:DescribeClusterSubnetGroups'],
    list: listWarehouseSubnetGroups,
    convert: convertWarehouseSubnetGroup,
  }),
];
