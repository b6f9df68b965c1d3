import { type AwsStep, awsStep } from '../aws-step.ts';
import { listListeners, listLoadBalancers, listTargetGroups } from './client.ts';
import { convertListener, convertLoadBalancer, convertTargetGroup } from './convert.ts';

const service = 'elasticloadbalancing';

export const elbv2Steps: readonly AwsStep[] = [
  awsStep({
    id: 'aws.elasticloadbalancing.load-balancers',
    service,
    kind: 'aws.elasticloadbalancing.loadbalancer',
    relationships: ['HAS_ADDRESS', 'IN_NETWORK', 'PROTECTED_BY'],
    permissions: [
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      'elasticloadbalancing:DescribeTags',
    ],
    list: listLoadBalancers,
    convert: convertLoadBalancer,
  }),
  awsStep({
    id: 'aws.elasticloadbalancing.listeners',
    service,
    kind: 'aws.elasticloadbalancing.listener',
    relationships: ['CONTAINS', 'REFERENCES', 'TARGETS'],
    permissions: [
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeListenerCertificates',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTags',
    ],
    list: listListeners,
    convert: convertListener,
  }),
  awsStep({
    id: 'aws.elasticloadbalancing.target-groups',
    service,
    kind: 'aws.elasticloadbalancing.targetgroup',
    relationships: ['IN_NETWORK', 'TARGETS'],
    permissions: [
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetGroupAttributes',
      'elasticloadbalancing:DescribeTargetHealth',
      'elasticloadbalancing:DescribeTags',
    ],
    list: listTargetGroups,
    convert: convertTargetGroup,
  }),
];
