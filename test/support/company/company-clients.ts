import { ACMClient } from '@aws-sdk/client-acm';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { EFSClient } from '@aws-sdk/client-efs';
import { EKSClient } from '@aws-sdk/client-eks';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { OpenSearchClient } from '@aws-sdk/client-opensearch';
import { RDSClient } from '@aws-sdk/client-rds';
import { RedshiftClient } from '@aws-sdk/client-redshift';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

export interface StaticCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Every client of one account and region, pointed at the test server. */
export interface CompanyClients {
  readonly accountId: string;
  readonly region: string;
  readonly acm: ACMClient;
  readonly autoScaling: AutoScalingClient;
  readonly caches: ElastiCacheClient;
  readonly classicBalancing: ElasticLoadBalancingClient;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudFront: CloudFrontClient;
  readonly cloudTrail: CloudTrailClient;
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly ecs: ECSClient;
  readonly efs: EFSClient;
  readonly eks: EKSClient;
  readonly httpApis: ApiGatewayV2Client;
  readonly balancing: ElasticLoadBalancingV2Client;
  readonly iam: IAMClient;
  readonly kms: KMSClient;
  readonly lambda: LambdaClient;
  readonly organizations: OrganizationsClient;
  readonly rds: RDSClient;
  readonly redshift: RedshiftClient;
  readonly restApis: APIGatewayClient;
  readonly route53: Route53Client;
  readonly s3: S3Client;
  readonly search: OpenSearchClient;
  readonly secrets: SecretsManagerClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  close(): void;
}

export interface ClientOptions {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly credentials: StaticCredentials;
}

/** What moto takes for its first account. */
export const managementCredentials: StaticCredentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Opens the clients; `close` them when done. */
export function openClients(options: ClientOptions): CompanyClients {
  const { endpoint, region, credentials } = options;
  const base = { endpoint, region, credentials: { ...credentials }, maxAttempts: 2 };
  const clients = {
    acm: new ACMClient(base),
    autoScaling: new AutoScalingClient(base),
    caches: new ElastiCacheClient(base),
    classicBalancing: new ElasticLoadBalancingClient(base),
    cloudFormation: new CloudFormationClient(base),
    cloudFront: new CloudFrontClient(base),
    cloudTrail: new CloudTrailClient(base),
    dynamodb: new DynamoDBClient(base),
    ec2: new EC2Client(base),
    ecs: new ECSClient(base),
    efs: new EFSClient(base),
    eks: new EKSClient(base),
    httpApis: new ApiGatewayV2Client(base),
    balancing: new ElasticLoadBalancingV2Client(base),
    iam: new IAMClient(base),
    kms: new KMSClient(base),
    lambda: new LambdaClient(base),
    organizations: new OrganizationsClient(base),
    rds: new RDSClient(base),
    redshift: new RedshiftClient(base),
    restApis: new APIGatewayClient(base),
    route53: new Route53Client(base),
    s3: new S3Client({ ...base, forcePathStyle: true }),
    search: new OpenSearchClient(base),
    secrets: new SecretsManagerClient(base),
    sns: new SNSClient(base),
    // The queue's URL names the host the server believes it has, which behind a proxy is another one.
    sqs: new SQSClient({ ...base, useQueueUrlAsEndpoint: false }),
  };
  return {
    ...clients,
    accountId: options.accountId,
    region,
    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** Credentials that act in another account of the organisation. */
export async function assumeRole(endpoint: string, roleArn: string): Promise<StaticCredentials> {
  const sts = new STSClient({ endpoint, region: 'us-east-1', credentials: { ...managementCredentials } });
  try {
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'groundplan-seed' }),
    );
    return {
      accessKeyId: required(given?.AccessKeyId, 'AccessKeyId'),
      secretAccessKey: required(given?.SecretAccessKey, 'SecretAccessKey'),
      sessionToken: required(given?.SessionToken, 'SessionToken'),
    };
  } finally {
    sts.destroy();
  }
}

/** The value, or an error that names what the server left out of its answer. */
export function required<Value>(value: Value | null | undefined, what: string): Value {
  if (value === undefined || value === null) throw new Error(`The server's answer has no ${what}.`);
  return value;
}
