import { isIPv6 } from 'node:net';
import { accountPieces, isGuid } from './account-pieces.ts';
import type { AddressMap } from './address-map.ts';
import type { Pseudonyms } from './pseudonyms.ts';

export interface TextRedaction {
  readonly names: boolean;
  readonly addresses: boolean;
  readonly accounts: boolean;
  readonly pseudonyms: Pseudonyms;
  readonly addressMap: AddressMap;
  /** Numbers and ids of accounts, subscriptions and projects, in lower case. */
  readonly accountIds: ReadonlySet<string>;
}

const shortIds =
  'acl|ami|cgw|dopt|eigw|eipalloc|eipassoc|eni|fl|i|igw|key|lt|nat|pcx|pl|r|rtb|rtbassoc|sg|sgr|snap|subnet|tgw|tgw-attach|tgw-rtb|vgw|vol|vpc|vpce|vpce-svc|vpn';

/** What texts of clouds are made of, the longest meaning first. */
const parts = new RegExp(
  [
    String.raw`(?<arn>arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:(?:\d*|aws):[^\s"'\\<>,;()]*)`,
    String.raw`(?<arm>(?<![\w/.])/(?:subscriptions|providers)/[^\s"'?#\\<>,;]*)`,
    String.raw`(?<google>(?:https?:)?//[a-z0-9.-]+\.googleapis\.com/[^\s"'?#\\<>,;]*|(?<![\w/])(?:projects|folders|organizations)/[^\s"'?#\\<>,;]+)`,
    String.raw`(?<time>\b\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))`,
    String.raw`(?<v4>(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\d.]))`,
    String.raw`(?<dashed>\b(?:ip|ec2)-\d{1,3}(?:-\d{1,3}){3}\b)`,
    String.raw`(?<v6>(?<![\w:.])(?=[0-9a-fA-F:]*::|(?:[0-9a-fA-F]{1,4}:){7})[0-9a-fA-F:]{2,39}(?:/\d{1,3})?(?![\w:.]))`,
    String.raw`(?<guid>\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b)`,
    String.raw`(?<region>\b(?:us|eu|ap|ca|sa|me|af|il|mx|cn)(?:-gov|-isob?)?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d[a-z]?\b|\b(?:us|europe|asia|australia|southamerica|northamerica|africa|me)-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)\d{1,2}(?:-[a-z])?\b)`,
    `(?<short>(?<![\\w-])(?:${shortIds})-[0-9a-f]{8}(?:[0-9a-f]{9})?(?![\\w]))`,
    String.raw`(?<run>[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*)`,
  ].join('|'),
  'gu',
);

/** What stands before a scope's or a made-up id and says what it is. */
const prefixed = /^(?:(?:aws|azure|gcp|other):[a-z-]+:|aws:AWS::\w+::\w+:|(?:ip|cidr|dns|ext):|(?:tf|k8s):\/\/)/;

/** ARNs of these services begin with a name at once. */
const typeless = new Set(['s3', 'sqs', 'sns', 'apigateway', 'codecommit', 'codepipeline', 'execute-api']);

/** A text with other names, addresses and account numbers in it, and with the meaning of ids kept. */
export function redactText(text: string, rules: TextRedaction): string {
  if (text === 'internet' || text === 'global' || text === '*') return text;
  const prefix = prefixed.exec(text)?.[0] ?? '';
  return prefix + text.slice(prefix.length).replaceAll(parts, (...found) => part(found.at(-1) as Groups, rules));
}

type Groups = Readonly<Record<string, string | undefined>>;

function part(groups: Groups, rules: TextRedaction): string {
  const { arm, arn, dashed, google, guid, region, run = '', short, time, v4, v6 } = groups;
  if (arn !== undefined) return ofArn(arn, rules);
  if (arm !== undefined) return ofArmId(arm, rules);
  if (google !== undefined) return ofGoogleName(google, rules);
  if (time !== undefined || region !== undefined) return time ?? region ?? '';
  if (v4 !== undefined) return address(v4, rules);
  if (dashed !== undefined) {
    // The names that machines get in AWS: `ip-10-0-1-5`, `ec2-52-1-2-3`.
    const at = dashed.indexOf('-') + 1;
    return dashed.slice(0, at) + address(dashed.slice(at).replaceAll('-', '.'), rules).replaceAll('.', '-');
  }
  if (v6 !== undefined) return isIPv6(v6.split('/')[0] ?? '') ? address(v6, rules) : words(v6, rules);
  if (guid !== undefined) return ofGuid(guid, rules);
  if (short !== undefined) {
    const at = short.lastIndexOf('-') + 1;
    return rules.names ? short.slice(0, at) + rules.pseudonyms.word(short.slice(at)) : short;
  }
  return words(run, rules);
}

function address(text: string, { addresses, addressMap }: TextRedaction): string {
  return addresses ? addressMap.map(text) : text;
}

function ofGuid(guid: string, { accountIds, accounts, names, pseudonyms }: TextRedaction): string {
  const goes = accountIds.has(guid.toLowerCase()) ? accounts : names;
  return goes ? pseudonyms.guid(guid) : guid;
}

/** Words between signs. A project's id has dashes in it, and is an account's where names stay. */
function words(text: string, { accountIds, accounts, names, pseudonyms }: TextRedaction): string {
  const isAccount = accountIds.has(text.toLowerCase()) || /^\d{12}$/.test(text);
  if (isAccount && !accounts) return text;
  return accountPieces(text, accountIds)
    .map((piece) => {
      if (piece.isAccount && accounts) return accountText(piece.text, pseudonyms);
      if (!names) return piece.text;
      // Ports, sizes, versions and serial numbers stay.
      return piece.text.replaceAll(word, (one) => (/^\d{1,5}$/.test(one) ? one : pseudonyms.word(one)));
    })
    .join('');
}

const word = /[\p{L}\p{M}\p{N}]+/gu;

function accountText(text: string, pseudonyms: Pseudonyms): string {
  return isGuid(text) ? pseudonyms.guid(text) : text.replaceAll(word, (one) => pseudonyms.word(one));
}

function ofArn(arn: string, rules: TextRedaction): string {
  const [prefix = '', partition = '', service = '', region = '', account = '', ...rest] = arn.split(':');
  const resource = rest.join(':');
  // What AWS itself owns is the same for everybody.
  if (account === 'aws') return arn;
  const type = typeless.has(service) ? '' : (/^[a-z][a-z0-9-]*[/:]/.exec(resource)?.[0] ?? '');
  // `root` stands for the whole account.
  const name = service === 'iam' && resource === 'root' ? resource : inner(resource.slice(type.length), rules);
  return [prefix, partition, service, region, words(account, rules), `${type}${name}`].join(':');
}

/** Types and names alternate; types stay. */
function ofArmId(id: string, rules: TextRedaction): string {
  let next: 'type' | 'name' | 'namespace' = 'type';
  return id
    .split('/')
    .map((segment, index) => {
      if (index === 0 || segment === '') return segment;
      const now = next;
      if (now === 'namespace') next = 'type';
      else if (now === 'name') next = 'type';
      else next = segment.toLowerCase() === 'providers' ? 'namespace' : 'name';
      return now === 'name' ? inner(segment, rules) : segment;
    })
    .join('/');
}

const googleTypes =
  /^(?:v\d\w*|beta|alpha|compute|container|storage|b|sql|dns|projects|folders|organizations|zones|regions|locations|global|aggregated|[a-z]+[A-Z]\w*s|addresses|autoscalers|buckets|clusters|databases|datasets|disks|firewalls|functions|images|instances|interconnects|jobs|keys|networks|policies|revisions|routers|routes|secrets|services|snapshots|subnetworks|subscriptions|tables|topics|versions|zones)$/;

function ofGoogleName(name: string, rules: TextRedaction): string {
  const [, host = '', path = name] = /^((?:https?:)?\/\/[^/]+\/)(.*)$/s.exec(name) ?? [];
  let isName = false;
  const mapped = path.split('/').map((segment) => {
    const stays = !isName && googleTypes.test(segment);
    isName = stays && !/^(?:v\d\w*|beta|alpha|compute|container|storage|b|sql|dns|global|aggregated)$/.test(segment);
    return stays ? segment : inner(segment, rules);
  });
  return googleHost(host, rules) + mapped.join('/');
}

/** `compute.googleapis.com` is everybody's; what stands in front of a service is a bucket's name. */
function googleHost(host: string, rules: TextRedaction): string {
  const [, scheme = '', bucket = '', service = ''] =
    /^((?:https?:)?\/\/)(.+)(\.[^.]+\.googleapis\.com\/)$/.exec(host) ?? [];
  return bucket === '' ? host : scheme + inner(bucket, rules) + service;
}

function inner(text: string, rules: TextRedaction): string {
  if (rules.accountIds.has(text.toLowerCase()) && !isGuid(text)) return words(text, rules);
  return text.replaceAll(parts, (...found) => part(found.at(-1) as Groups, rules));
}
