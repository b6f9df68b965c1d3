import type { ResourceRecordSet } from '@aws-sdk/client-route-53';
import { addressId } from '../../../address-ids.ts';
import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { hostTarget } from '../host-target.ts';
import { jsonBody, jsonObjectBody } from '../json-body.ts';
import { type AwsPlace, bucketArn, ec2Arn, nameId } from '../place.ts';
import { type DetailedZone, zoneId, type ZoneRecord } from './client.ts';
import { objectsIn } from '../lists.ts';

export function convertZone({ zone, networks, tags }: DetailedZone, place: AwsPlace): Converted {
  const nativeId = need(zoneId(zone), 'Id');
  const id = zoneArn(place, nativeId);
  const edges = new EdgeList(id, 'GetHostedZone');
  for (const { VPCId, VPCRegion } of objectsIn(networks, 'networks')) {
    edges.to('ATTACHED_TO', {
      // A network of another account goes by the one that asked: the answer names no owner.
      to: VPCId && VPCRegion && ec2Arn({ ...place, region: VPCRegion }, `vpc/${VPCId}`),
      field: 'VPCs',
    });
  }
  return {
    resource: resourceFact(place, {
      kind: 'aws.route53.hostedzone',
      id,
      nativeId,
      name: plainName(zone.Name),
      tags,
      state: zone.Config?.PrivateZone === true ? 'private' : 'public',
      raw: { ...jsonObjectBody(zone), VPCs: jsonBody(networks) },
    }),
    relationships: edges.edges,
  };
}

/**
 * A record of a zone. It leads to the addresses and names it answers with; what has these is found when the graph is
 * built. A name that tells the resource by itself, as that of a bucket's website, leads there at once.
 */
export function convertRecord({ zone, record }: ZoneRecord, place: AwsPlace): Converted {
  const zoneNumber = need(zoneId(zone), 'HostedZone.Id');
  const name = need(plainName(record.Name), 'Name');
  const type = need(record.Type, 'Type');
  // Records with weights or places share a name and a type, and differ in this.
  const variant = record.SetIdentifier ? `/${record.SetIdentifier}` : '';
  const id = `${zoneArn(place, zoneNumber)}/recordset/${name}/${type}${variant}`;
  const edges = new EdgeList(id, 'ListResourceRecordSets').from('CONTAINS', {
    from: zoneArn(place, zoneNumber),
    field: 'HostedZoneId',
  });
  if (addressTypes.has(type)) edges.to('HAS_ADDRESS', { to: nameId(name), field: 'Name' });
  const alias = record.AliasTarget;
  edges.to('TARGETS', {
    to: alias?.DNSName && aliasTarget(place, alias.DNSName, name),
    field: 'AliasTarget.DNSName',
    properties: { type, alias: true },
  });
  for (const { to, properties } of targetsOf(record, plainName(zone.Name))) {
    edges.to('TARGETS', { to, field: 'ResourceRecords', properties: { type, ...properties } });
  }
  edges.to('REFERENCES', {
    to: record.HealthCheckId && zoneArn(place, '').replace(/hostedzone\/$/u, `healthcheck/${record.HealthCheckId}`),
    field: 'HealthCheckId',
  });
  return {
    resource: resourceFact(place, {
      kind: 'aws.route53.recordset',
      id,
      nativeId: `${name} ${type}${variant}`,
      name: `${name} ${type}`,
      tags: {},
      raw: { ...jsonObjectBody(record), Name: name, HostedZoneId: zoneNumber },
    }),
    relationships: edges.edges,
  };
}

/** The types by which a name is looked up as an address. */
const addressTypes = new Set(['A', 'AAAA', 'CNAME']);

interface RecordTarget {
  readonly to: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
}

/** What a record's values lead to. Texts, keys and policies lead nowhere. */
function targetsOf(record: ResourceRecordSet, zoneName: string | undefined): readonly RecordTarget[] {
  const values = objectsIn(record.ResourceRecords, 'ResourceRecords').flatMap(({ Value }) =>
    Value === undefined ? [] : [Value],
  );
  // `10 mail.example.com`, `0 5 5269 chat.example.com`: the host stands at the end.
  const lastWord = (value: string): string => value.trim().split(/\s+/u).at(-1) ?? value;
  switch (record.Type) {
    case 'A':
    case 'AAAA':
      return values.map((value) => ({ to: addressId(value), properties: {} }));
    case 'CNAME':
      return values.map((value) => ({ to: nameId(value), properties: {} }));
    case 'MX':
      return values.map((value) => ({ to: nameId(lastWord(value)), properties: { as: 'mail' } }));
    case 'SRV':
      return values.map((value) => ({ to: nameId(lastWord(value)), properties: { as: 'service' } }));
    case 'NS':
      // A zone's own servers say nothing; those of a part of it say that somebody else answers for it.
      if (plainName(record.Name) === zoneName) return [];
      return values.map((value) => ({ to: nameId(value), properties: { as: 'delegation' } }));
    default:
      return [];
  }
}

/** Aliases of balancers stand behind `dualstack.`; one of a bucket's website names the region, the record the bucket. */
function aliasTarget(place: AwsPlace, host: string, recordName: string): string {
  const name = host.toLowerCase().replace(/\.$/u, '');
  if (/^s3-website[.-]/u.test(name)) return bucketArn(place, recordName);
  return hostTarget(place, name.replace(/^dualstack\./u, ''));
}

/** Without the dot at the end, in lower case, and with the star that the answer writes as `\052`. */
function plainName(name: string | undefined): string | undefined {
  return name
    ?.replaceAll(/\\(\d{3})/gu, (_code, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)))
    .toLowerCase()
    .replace(/\.$/u, '');
}

function zoneArn(place: AwsPlace, zone: string): string {
  return `arn:${place.partition}:route53:::hostedzone/${zone}`;
}
