import {
  GetHostedZoneCommand,
  type HostedZone,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsRequest,
  ListTagsForResourcesCommand,
  type ResourceRecordSet,
  Route53Client,
  type VPC,
} from '@aws-sdk/client-route-53';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { readInBatches } from '../calls/in-batches.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';

/** The most zones whose tags one call tells. */
const tagBatch = 10;

export interface DetailedZone {
  readonly zone: HostedZone;
  /** The networks that a private zone answers in; null for public ones. */
  readonly networks: readonly VPC[] | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ZoneRecord {
  readonly zone: HostedZone;
  readonly record: ResourceRecordSet;
}

/** The zones of an account, read once for the zones and for their records. */
function everyZone(context: AwsContext): Promise<readonly HostedZone[]> {
  const route53 = clientOf(context, Route53Client);
  return context.session.once('route53.zones', () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'route53:ListHostedZones',
        send: (Marker, options) => route53.send(new ListHostedZonesCommand({ MaxItems: 100, Marker }), options),
        next: ({ IsTruncated, NextMarker }) => (IsTruncated === true ? NextMarker : undefined),
      }),
      ({ HostedZones }) => listed(HostedZones, 'HostedZones'),
    ),
  );
}

export async function* listZones(context: AwsContext): AsyncGenerator<ItemPage<DetailedZone>> {
  const route53 = clientOf(context, Route53Client);
  const details = new DetailReader(context);
  const zones = await everyZone(context);
  const tags = new Map<string | undefined, DetailedZone['tags']>();
  const gone = await readInBatches(details, zones, {
    size: tagBatch,
    read: async (batch) => {
      const answer = await details.read({
        permission: 'route53:ListTagsForResources',
        absent: ['NoSuchHostedZone'],
        send: (options) =>
          route53.send(
            new ListTagsForResourcesCommand({ ResourceType: 'hostedzone', ResourceIds: batch.map(zoneId) }),
            options,
          ),
      });
      for (const { ResourceId, Tags } of answer?.ResourceTagSets ?? []) tags.set(ResourceId, tagsOf(Tags));
      return answer !== null;
    },
  });
  const there = zones.filter((zone) => !gone.has(zone));
  yield* details.inParts(there, async (zone) => ({
    zone,
    networks: zone.Config?.PrivateZone === true ? await networksOf(route53, details, zone) : null,
    tags: tags.get(zoneId(zone)) ?? {},
  }));
}

async function networksOf(route53: Route53Client, details: DetailReader, { Id }: HostedZone): Promise<readonly VPC[]> {
  const answer = await details.read({
    permission: 'route53:GetHostedZone',
    gone: ['NoSuchHostedZone'],
    send: (options) => route53.send(new GetHostedZoneCommand({ Id }), options),
  });
  return answer?.VPCs ?? [];
}

/** `Z123`; the listing says `/hostedzone/Z123`. */
export function zoneId({ Id }: HostedZone): string {
  return Id?.replace(/^\/hostedzone\//u, '') ?? '';
}

/** The records of every zone, zone by zone. */
export async function* listRecords(context: AwsContext): AsyncGenerator<ItemPage<ZoneRecord>> {
  const route53 = clientOf(context, Route53Client);
  const details = new DetailReader(context);
  for (const zone of await everyZone(context)) {
    const page = await details.each([zone], () => recordsOf(route53, details, zone));
    yield { ...page, items: page.items.flat().map((record) => ({ zone, record })) };
  }
}

async function recordsOf(
  route53: Route53Client,
  details: DetailReader,
  { Id: HostedZoneId }: HostedZone,
): Promise<readonly ResourceRecordSet[]> {
  // Route 53 goes on at a record in place of a token: what comes next is kept here, its parts make the token.
  let start: Pick<ListResourceRecordSetsRequest, 'StartRecordName' | 'StartRecordType' | 'StartRecordIdentifier'> = {};
  const records = await details.readEvery({
    permission: 'route53:ListResourceRecordSets',
    gone: ['NoSuchHostedZone'],
    send: (_token, options) =>
      route53.send(new ListResourceRecordSetsCommand({ HostedZoneId, MaxItems: 300, ...start }), options),
    next({ IsTruncated, NextRecordName, NextRecordType, NextRecordIdentifier }) {
      if (IsTruncated !== true) return undefined;
      start = {
        StartRecordName: NextRecordName,
        StartRecordType: NextRecordType,
        StartRecordIdentifier: NextRecordIdentifier,
      };
      return [NextRecordName, NextRecordType, NextRecordIdentifier].join(' ');
    },
    items: ({ ResourceRecordSets }) => listed(ResourceRecordSets, 'ResourceRecordSets'),
  });
  return records ?? [];
}
