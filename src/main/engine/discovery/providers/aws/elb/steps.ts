import { type AwsStep, awsStep } from '../aws-step.ts';
import { listClassicBalancers } from './client.ts';
import { convertClassicBalancer } from './convert.ts';

export const elbSteps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.elasticloadbalancing.classic-load-balancers',
    service: 'elasticloadbalancing',
    kind: 'aws.elasticloadbalancing.classic-loadbalancer',
    relationships: ['HAS_ADDRESS', 'IN_NETWORK', 'PROTECTED_BY', 'REFERENCES', 'TARGETS'],
    permissions: [
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      'elasticloadbalancing:DescribeTags',
    ],
    list: listClassicBalancers,
    convert: convertClassicBalancer,
  }),
];
