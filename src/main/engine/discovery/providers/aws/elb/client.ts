import {
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingClient,
  type LoadBalancerAttributes,
  type LoadBalancerDescription,
} from '@aws-sdk/client-elastic-load-balancing';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';

export interface DetailedClassicBalancer {
  readonly balancer: LoadBalancerDescription;
  readonly attributes: LoadBalancerAttributes | null;
  readonly tags: Readonly<Record<string, string>>;
}

const gone = ['LoadBalancerNotFound', 'AccessPointNotFoundException'];

export async function* listClassicBalancers(context: AwsContext): AsyncGenerator<ItemPage<DetailedClassicBalancer>> {
  const client = clientOf(context, ElasticLoadBalancingClient);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'elasticloadbalancing:DescribeLoadBalancers',
    send: (Marker, options) => client.send(new DescribeLoadBalancersCommand({ PageSize: 400, Marker }), options),
    next: ({ NextMarker }) => NextMarker,
  });
  for await (const { LoadBalancerDescriptions } of pages) {
    yield* details.inParts(listed(LoadBalancerDescriptions, 'LoadBalancerDescriptions'), async (balancer) => {
      const LoadBalancerName = balancer.LoadBalancerName ?? '';
      const answer = await details.read({
        permission: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
        gone,
        send: (options) => client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerName }), options),
      });
      const tags = await details.read({
        permission: 'elasticloadbalancing:DescribeTags',
        gone,
        send: (options) => client.send(new DescribeTagsCommand({ LoadBalancerNames: [LoadBalancerName] }), options),
      });
      return {
        balancer,
        attributes: answer?.LoadBalancerAttributes ?? null,
        tags: tagsOf(tags?.TagDescriptions?.[0]?.Tags),
      };
    });
  }
}
