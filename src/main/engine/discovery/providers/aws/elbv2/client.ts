import {
  type Certificate,
  DescribeListenerCertificatesCommand,
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
import { DetailReader } from '../calls/detail-reader.ts';
import { readInBatches } from '../calls/in-batches.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';

type Tags = Readonly<Record<string, string>>;
type Attributes = Readonly<Record<string, string>>;

export interface DetailedBalancer {
  readonly balancer: LoadBalancer;
  readonly attributes: Attributes | null;
  readonly tags: Tags;
}

export interface DetailedListener {
  readonly listener: Listener;
  /** All it can answer with, by the name that is asked for; null when they could not be read. */
  readonly certificates: readonly Certificate[] | null;
  readonly rules: readonly Rule[] | null;
  readonly tags: Tags;
}

export interface DetailedTargetGroup {
  readonly group: TargetGroup;
  readonly attributes: Attributes | null;
  readonly health: readonly TargetHealthDescription[] | null;
  readonly tags: Tags;
}

const PageSize = 400;
/** The most resources whose tags one call tells. */
const tagBatch = 20;
const gone = [
  'ListenerNotFound',
  'ListenerNotFoundException',
  'LoadBalancerNotFound',
  'LoadBalancerNotFoundException',
  'TargetGroupNotFound',
  'TargetGroupNotFoundException',
];

/** Every balancer of a region; read once for the balancers and for their listeners. */
function everyBalancer(context: AwsContext): Promise<readonly LoadBalancer[]> {
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  return context.session.once(`elbv2.load-balancers ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'elasticloadbalancing:DescribeLoadBalancers',
        send: (Marker, options) => client.send(new DescribeLoadBalancersCommand({ PageSize, Marker }), options),
        next: ({ NextMarker }) => NextMarker,
      }),
      ({ LoadBalancers }) => listed(LoadBalancers, 'LoadBalancers'),
    ),
  );
}

export async function* listLoadBalancers(context: AwsContext): AsyncGenerator<ItemPage<DetailedBalancer>> {
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  const details = new DetailReader(context);
  const balancers = await everyBalancer(context);
  const tags = await tagsByArn(context, { details, arns: balancers.map(({ LoadBalancerArn }) => LoadBalancerArn) });
  yield* details.inParts(balancers, async (balancer) => {
    const { LoadBalancerArn } = balancer;
    const answer = await details.read({
      permission: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
      gone,
      send: (options) => client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }), options),
    });
    const attributes = answer === null ? null : tagsOf(answer.Attributes);
    return { balancer, attributes, tags: tags.get(LoadBalancerArn ?? '') ?? {} };
  });
}

export async function* listListeners(context: AwsContext): AsyncGenerator<ItemPage<DetailedListener>> {
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  const details = new DetailReader(context);
  const lists = details.inParts(await everyBalancer(context), async ({ LoadBalancerArn }) =>
    details.readEvery({
      permission: 'elasticloadbalancing:DescribeListeners',
      gone,
      send: (Marker, options) =>
        client.send(new DescribeListenersCommand({ LoadBalancerArn, PageSize, Marker }), options),
      next: ({ NextMarker }) => NextMarker,
      items: ({ Listeners }) => listed(Listeners, 'Listeners'),
    }),
  );
  for await (const { items } of lists) {
    const listeners = items.flatMap((list) => list ?? []);
    const tags = await tagsByArn(context, { details, arns: listeners.map(({ ListenerArn }) => ListenerArn) });
    yield* details.inParts(listeners, async (listener) => ({
      listener,
      certificates: await certificatesOf(context, details, listener),
      rules: await details.readEvery({
        permission: 'elasticloadbalancing:DescribeRules',
        gone,
        send: (Marker, options) =>
          client.send(new DescribeRulesCommand({ ListenerArn: listener.ListenerArn, PageSize, Marker }), options),
        next: ({ NextMarker }) => NextMarker,
        items: ({ Rules }) => listed(Rules, 'Rules'),
      }),
      tags: tags.get(listener.ListenerArn ?? '') ?? {},
    }));
  }
}

/** A listener tells its first certificate only. */
async function certificatesOf(
  context: AwsContext,
  details: DetailReader,
  { ListenerArn, Protocol }: Listener,
): Promise<readonly Certificate[] | null> {
  if (Protocol !== 'HTTPS' && Protocol !== 'TLS') return [];
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  return details.readEvery({
    permission: 'elasticloadbalancing:DescribeListenerCertificates',
    gone,
    send: (Marker, options) =>
      client.send(new DescribeListenerCertificatesCommand({ ListenerArn, PageSize, Marker }), options),
    next: ({ NextMarker }) => NextMarker,
    items: ({ Certificates }) => listed(Certificates, 'Certificates'),
  });
}

export async function* listTargetGroups(context: AwsContext): AsyncGenerator<ItemPage<DetailedTargetGroup>> {
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  const details = new DetailReader(context);
  const pages = pagesOf(context.caller, {
    permission: 'elasticloadbalancing:DescribeTargetGroups',
    send: (Marker, options) => client.send(new DescribeTargetGroupsCommand({ PageSize, Marker }), options),
    next: ({ NextMarker }) => NextMarker,
  });
  for await (const { TargetGroups } of pages) {
    const groups = listed(TargetGroups, 'TargetGroups');
    const tags = await tagsByArn(context, { details, arns: groups.map(({ TargetGroupArn }) => TargetGroupArn) });
    yield* details.inParts(groups, async (group) => {
      const { TargetGroupArn } = group;
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
        attributes: attributes === null ? null : tagsOf(attributes.Attributes),
        health: health?.TargetHealthDescriptions ?? null,
        tags: tags.get(TargetGroupArn ?? '') ?? {},
      };
    });
  }
}

/** The tags of many resources. */
async function tagsByArn(
  context: AwsContext,
  { details, arns }: { readonly details: DetailReader; readonly arns: readonly (string | undefined)[] },
): Promise<ReadonlyMap<string, Tags>> {
  const client = clientOf(context, ElasticLoadBalancingV2Client);
  const wanted = arns.filter((arn) => arn !== undefined);
  const found = new Map<string, Tags>();
  const read = async (batch: readonly string[]): Promise<boolean> => {
    const answer = await details.read({
      permission: 'elasticloadbalancing:DescribeTags',
      absent: gone,
      send: (options) => client.send(new DescribeTagsCommand({ ResourceArns: [...batch] }), options),
    });
    for (const { ResourceArn, Tags } of answer?.TagDescriptions ?? []) found.set(ResourceArn ?? '', tagsOf(Tags));
    return answer !== null;
  };
  await readInBatches(details, wanted, { size: tagBatch, read });
  return found;
}
