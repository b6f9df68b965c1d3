import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type CompanyClients, required } from './company-clients.ts';
import { type Tags, tagList } from './company-tags.ts';

export interface BalancerPlan {
  readonly name: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly internal: boolean;
  readonly healthPath: string;
  readonly tags: Tags;
}

/** A load balancer that passes port 80 on to port 8080 of its targets; answers the balancer's ARN. */
export async function createBalancer(clients: CompanyClients, plan: BalancerPlan): Promise<string> {
  const { balancing } = clients;
  const { LoadBalancers: balancers } = await balancing.send(
    new CreateLoadBalancerCommand({
      Name: `${plan.name}-web`,
      Type: 'application',
      Scheme: plan.internal ? 'internal' : 'internet-facing',
      Subnets: [...plan.subnetIds],
      SecurityGroups: [plan.securityGroupId],
      Tags: tagList({ Name: `${plan.name}-web`, ...plan.tags }),
    }),
  );
  const balancerArn = required(balancers?.[0]?.LoadBalancerArn, 'load balancer');
  const { TargetGroups: groups } = await balancing.send(
    new CreateTargetGroupCommand({
      Name: `${plan.name}-api`,
      Protocol: 'HTTP',
      Port: 8080,
      VpcId: plan.vpcId,
      TargetType: 'ip',
      HealthCheckPath: plan.healthPath,
      HealthCheckIntervalSeconds: 15,
      HealthyThresholdCount: 3,
      Tags: tagList({ Name: `${plan.name}-api`, ...plan.tags }),
    }),
  );
  const TargetGroupArn = required(groups?.[0]?.TargetGroupArn, 'target group');
  await balancing.send(
    new CreateListenerCommand({
      LoadBalancerArn: balancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
  return balancerArn;
}

export interface QueuePlan {
  readonly name: string;
  /** Seconds a message stays hidden while somebody works on it. */
  readonly visibility: number;
  /** Seconds a message is kept. */
  readonly retention: number;
  /** The queue that takes what could not be worked on. */
  readonly deadLetterArn?: string;
  readonly tags: Tags;
}

/** A queue; answers its URL and ARN. */
export async function createQueue(
  clients: CompanyClients,
  plan: QueuePlan,
): Promise<{ readonly url: string; readonly arn: string }> {
  const redrive =
    plan.deadLetterArn === undefined
      ? {}
      : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: plan.deadLetterArn, maxReceiveCount: 5 }) };
  const { QueueUrl } = await clients.sqs.send(
    new CreateQueueCommand({
      QueueName: plan.name,
      Attributes: {
        VisibilityTimeout: String(plan.visibility),
        MessageRetentionPeriod: String(plan.retention),
        ...redrive,
      },
      tags: { Name: plan.name, ...plan.tags },
    }),
  );
  const url = required(QueueUrl, 'queue URL');
  const { Attributes: attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }),
  );
  return { url, arn: required(attributes?.QueueArn, 'queue ARN') };
}

/** A topic, with one queue subscribed when one is given; answers its ARN. */
export async function createTopic(
  clients: CompanyClients,
  plan: { readonly name: string; readonly displayName: string; readonly queueArn?: string; readonly tags: Tags },
): Promise<string> {
  const { TopicArn } = await clients.sns.send(
    new CreateTopicCommand({
      Name: plan.name,
      Attributes: { DisplayName: plan.displayName },
      Tags: tagList({ Name: plan.name, ...plan.tags }),
    }),
  );
  const topicArn = required(TopicArn, 'topic ARN');
  if (plan.queueArn !== undefined) {
    await clients.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: plan.queueArn }));
  }
  return topicArn;
}

export interface RolePlan {
  readonly name: string;
  readonly description: string;
  /** The service that may take the role, for example `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /** What it may do, as one inline policy. */
  readonly statements: readonly { readonly Action: readonly string[]; readonly Resource: readonly string[] }[];
  readonly tags: Tags;
}

/** A role a service runs as; answers its ARN. */
export async function createRole(clients: CompanyClients, plan: RolePlan): Promise<string> {
  const { Role: role } = await clients.iam.send(
    new CreateRoleCommand({
      RoleName: plan.name,
      Description: plan.description,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: plan.service }, Action: 'sts:AssumeRole' }],
      }),
      Tags: tagList({ Name: plan.name, ...plan.tags }),
    }),
  );
  if (plan.statements.length > 0) {
    const Statement = plan.statements.map((statement) => ({ Effect: 'Allow', ...statement }));
    await clients.iam.send(
      new PutRolePolicyCommand({
        RoleName: plan.name,
        PolicyName: `${plan.name}-access`,
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
      }),
    );
  }
  return required(role?.Arn, 'role ARN');
}
