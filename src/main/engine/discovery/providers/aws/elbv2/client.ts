import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  type Rule,
  type TargetGroup,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';

type Tags = Readonly<Record<string, string>>;
type Attributes = Readonly<Record<string, string>>;

export interface DetailedBalancer {
  readonly balancer: LoadBalancer;
  readonly attributes: Attributes | null;
  readonly tags: Tags;
}

export interface DetailedListener {
  readonly listener: Listener;
  readonly rules: readonly Rule[] | null;
  readonly tags: Tags;
}

export interface DetailedTargetGroup {
  readonly group: TargetGroup;
  readonly attributes: Attributes | null;
  readonly health: readonly TargetHealthDescription[] | null;
  readonly tags: Tags;
}

async function* balancerPages(context: AwsContext): AsyncGenerator<readonly LoadBalancer[]> {
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  const pages = pagesOf(context.caller, {
    permission: 'elasticloadbalancing:DescribeLoadBalancers',
    send: (Marker, options) => client.send(new DescribeLoadBalancersCommand({ PageSize: 400, Marker }), options),
    next: (output) => output.NextMarker,
  });
  for await (const { LoadBalancers } of pages) yield listed(LoadBalancers, 'LoadBalancers');
}

export async function* listLoadBalancers(context: AwsContext): AsyncGenerator<ItemPage<DetailedBalancer>> {
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  const details = new DetailReader(context);
  const gone = ['LoadBalancerNotFound', 'LoadBalancerNotFoundException'];
  for await (const balancers of balancerPages(context)) {
    yield await details.each(balancers, async (balancer) => {
      const LoadBalancerArn = balancer.LoadBalancerArn;
      const answer = await details.read({
        permission: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
        gone,
        send: (options) => client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }), options),
      });
      return {
        balancer,
        attributes: answer === null ? null : attributesOf(answer.Attributes),
        tags: await readTags(context, { details, gone, arn: LoadBalancerArn }),
      };
    });
  }
}

export async function* listListeners(context: AwsContext): AsyncGenerator<ItemPage<DetailedListener>> {
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  const details = new DetailReader(context);
  const gone = ['ListenerNotFound', 'ListenerNotFoundException'];
  for await (const balancers of balancerPages(context)) {
    for (const { LoadBalancerArn } of balancers) {
      const pages = pagesOf(context.caller, {
        permission: 'elasticloadbalancing:DescribeListeners',
        send: (Marker, options) =>
          client.send(new DescribeListenersCommand({ LoadBalancerArn, PageSize: 400, Marker }), options),
        next: (output) => output.NextMarker,
      });
      for await (const { Listeners } of pages) {
        yield await details.each(listed(Listeners, 'Listeners'), async (listener) => {
          const answer = await details.read({
            permission: 'elasticloadbalancing:DescribeRules',
            gone,
            send: (options) => client.send(new DescribeRulesCommand({ ListenerArn: listener.ListenerArn }), options),
          });
          return {
            listener,
            rules: answer?.Rules ?? null,
            tags: await readTags(context, { details, gone, arn: listener.ListenerArn }),
          };
        });
      }
    }
  }
}

export async function* listTargetGroups(context: AwsContext): AsyncGenerator<ItemPage<DetailedTargetGroup>> {
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  const details = new DetailReader(context);
  const gone = ['TargetGroupNotFound', 'TargetGroupNotFoundException'];
  const pages = pagesOf(context.caller, {
    permission: 'elasticloadbalancing:DescribeTargetGroups',
    send: (Marker, options) => client.send(new DescribeTargetGroupsCommand({ PageSize: 400, Marker }), options),
    next: (output) => output.NextMarker,
  });
  for await (const { TargetGroups } of pages) {
    yield await details.each(listed(TargetGroups, 'TargetGroups'), async (group) => {
      const TargetGroupArn = group.TargetGroupArn;
      const attributes = await details.read({
        permission: 'elasticloadbalancing:DescribeTargetGroupAttributes',
        gone,
        send: (options) => client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }), options),
      });
      const health = await details.read({
        permission: 'elasticloadbalancing:DescribeTargetHealth',
        gone,
        send: (options) => client.send(new DescribeTargetHealthCommand({ TargetGroupArn }), options),
      });
      return {
        group,
        attributes: attributes === null ? null : attributesOf(attributes.Attributes),
        health: health?.TargetHealthDescriptions ?? null,
        tags: await readTags(context, { details, gone, arn: TargetGroupArn }),
      };
    });
  }
}

function attributesOf(
  list: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Attributes {
  return tagsOf(list);
}

async function readTags(
  context: AwsContext,
  what: { readonly details: DetailReader; readonly gone: readonly string[]; readonly arn: string | undefined },
): Promise<Tags> {
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  const answer = await what.details.read({
    permission: 'elasticloadbalancing:DescribeTags',
    gone: what.gone,
    send: (options) => client.send(new DescribeTagsCommand({ ResourceArns: [what.arn ?? ''] }), options),
  });
  return tagsOf(answer?.TagDescriptions?.[0]?.Tags);
}
