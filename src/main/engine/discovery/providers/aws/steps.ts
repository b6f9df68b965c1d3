import { acmSteps } from './acm/steps.ts';
import { apiGatewaySteps } from './apigateway/steps.ts';
import { autoScalingSteps } from './autoscaling/steps.ts';
import type { AwsStep } from './aws-step.ts';
import { cloudFormationSteps } from './cloudformation/steps.ts';
import { cloudFrontSteps } from './cloudfront/steps.ts';
import { cloudTrailSteps } from './cloudtrail/steps.ts';
import { dynamodbSteps } from './dynamodb/steps.ts';
import { ec2ConnectivitySteps } from './ec2-connectivity/steps.ts';
import { ec2ComputeSteps } from './ec2-compute/steps.ts';
import { ec2NetworkSteps } from './ec2-network/steps.ts';
import { ecsSteps } from './ecs/steps.ts';
import { efsSteps } from './efs/steps.ts';
import { eksSteps } from './eks/steps.ts';
import { elastiCacheSteps } from './elasticache/steps.ts';
import { elbSteps } from './elb/steps.ts';
import { elbv2Steps } from './elbv2/steps.ts';
import { iamSteps } from './iam/steps.ts';
import { kmsSteps } from './kms/steps.ts';
import { lambdaSteps } from './lambda/steps.ts';
import { openSearchSteps } from './opensearch/steps.ts';
import { rdsSteps } from './rds/steps.ts';
import { redshiftSteps } from './redshift/steps.ts';
import { route53Steps } from './route53/steps.ts';
import { s3Steps } from './s3/steps.ts';
import { secretsManagerSteps } from './secretsmanager/steps.ts';
import { snsSteps } from './sns/steps.ts';
import { sqsSteps } from './sqs/steps.ts';

/** Every step of this provider; a new service adds its list here. */
export const awsSteps: readonly AwsStep[] = [
  ...ec2NetworkSteps,
  ...ec2ConnectivitySteps,
  ...ec2ComputeSteps,
  ...autoScalingSteps,
  ...elbv2Steps,
  ...elbSteps,
  ...rdsSteps,
  ...elastiCacheSteps,
  ...openSearchSteps,
  ...redshiftSteps,
  ...efsSteps,
  ...s3Steps,
  ...dynamodbSteps,
  ...sqsSteps,
  ...snsSteps,
  ...lambdaSteps,
  ...ecsSteps,
  ...eksSteps,
  ...iamSteps,
  ...kmsSteps,
  ...secretsManagerSteps,
  ...acmSteps,
  ...route53Steps,
  ...cloudFrontSteps,
  ...apiGatewaySteps,
  ...cloudFormationSteps,
  ...cloudTrailSteps,
];
