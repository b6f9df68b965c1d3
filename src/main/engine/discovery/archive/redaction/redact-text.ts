import { typeOfArnResource } from './arn-types.ts';
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
    // How buckets and members of Google are named, everywhere the same: what is named so is found by it.
    String.raw`(?<form>(?<![\w-])(?:(?:gs|s3)://|(?:serviceAccount|user|group|domain|principal|principalSet):|all(?:Authenticated)?Users\b)|(?<=[\w-])\.(?:iam\.)?gserviceaccount\.com(?![\w.-])|(?<=@)(?:appspot|cloudservices|developer)\.gserviceaccount\.com(?![\w.-]))`,
    String.raw`(?<time>\b\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-]))`,
    String.raw`(?<v4>(?<!\d|\d\.)\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?!\d|\.\d))`,
    String.raw`(?<dashed>(?<![\d]|\d[-_])\d{1,3}(?:(?:-\d{1,3}){3}|(?:_\d{1,3}){3})(?![\d]|[-_]\d))`,
    String.raw`(?<spaced>(?<![\d]|\d[- ])\d{4}(?:-\d{4}-|\s\d{4}\s)\d{4}(?![\d]|[- ]\d))`,
    String.raw`(?<phone>(?<!\w)(?:\+|00)[1-9](?:[ ().\/-]{0,3}\d){6,14}(?!\d))`,
    String.raw`(?<mac>(?<![\w:-])[0-9a-fA-F]{2}(?:(?::[0-9a-fA-F]{2}){5}|(?:-[0-9a-fA-F]{2}){5})(?![\w:-]))`,
    String.raw`(?<nibbles>(?<![\w.])(?:[0-9a-fA-F]\.){8,32}(?=ip6\.arpa))`,
    String.raw`(?<v6>(?<![\w:.])(?=[0-9a-fA-F:]*::|(?:[0-9a-fA-F]{1,4}:){7})[0-9a-fA-F:]{2,39}(?:/\d{1,3})?(?![\w:]|\.\w))`,
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
  const { arm, arn, form, google, guid, mac, nibbles, phone, region, run = '', short, spaced, time, v6 } = groups;
  if (arn !== undefined) return ofArn(arn, rules);
  if (arm !== undefined) return ofArmId(arm, rules);
  if (google !== undefined) return ofGoogleName(google, rules);
  const kept = form ?? time ?? region;
  if (kept !== undefined) return kept;
  const v4 = groups['v4'] ?? groups['dashed'];
  if (v4 !== undefined) return signedAddress(v4, rules);
  if (spaced !== undefined) return spacedAccount(spaced, rules);
  if (phone !== undefined) return rules.names ? phone.replaceAll(/\d+/g, (one) => rules.pseudonyms.word(one)) : phone;
  if (mac !== undefined) return rules.addresses ? hardwareAddress(mac, rules.pseudonyms) : mac;
  if (nibbles !== undefined) return rules.addresses ? reversed(nibbles, rules) : nibbles;
  if (v6 !== undefined) return isIPv6(v6.split('/')[0] ?? '') ? address(v6, rules) : words(v6, rules);
  if (guid !== undefined) return ofGuid(guid, rules);
  if (short !== undefined) {
    const at = short.lastIndexOf('-') + 1;
    return rules.names ? short.slice(0, at) + rules.pseudonyms.word(short.slice(at)) : short;
  }
  return words(run, rules);
}

/** `10.0.1.5`, or with the signs of the names that machines get: `ip-10-0-1-5`, `node_10_0_1_5`. */
function signedAddress(text: string, rules: TextRedaction): string {
  const sign = /[-_]/.exec(text)?.[0] ?? '.';
  return address(text.replaceAll(sign, '.'), rules).replaceAll('.', sign);
}

function address(text: string, { addresses, addressMap }: TextRedaction): string {
  return addresses ? addressMap.map(text) : text;
}

/** `1111-2222-3333`, as consoles show the number of an account: the same number as without the signs. */
function spacedAccount(text: string, { accounts, pseudonyms }: TextRedaction): string {
  if (!accounts) return text;
  const digits = pseudonyms.word(text.replaceAll(/\D/g, ''));
  const sign = text[4] ?? '-';
  return [digits.slice(0, 4), digits.slice(4, 8), digits.slice(8)].join(sign);
}

/** Six bytes of which the first says that nobody made the device. */
function hardwareAddress(text: string, pseudonyms: Pseudonyms): string {
  const sign = text[2] ?? ':';
  const digits = pseudonyms.hardware(text.replaceAll(sign, ''));
  const spelled = /[A-F]/.test(text) ? digits.toUpperCase() : digits;
  return (spelled.match(/../g) ?? []).join(sign);
}

/** The digits of an IPv6 address or network in the order of a reverse zone: the last first. */
function reversed(text: string, rules: TextRedaction): string {
  const digits = text.replaceAll('.', '').split('').toReversed();
  const whole = [...digits, ...Array<string>(32).fill('0')].slice(0, 32).join('');
  const groups = whole.match(/.{4}/g) ?? [];
  const [mapped = ''] = address(`${groups.join(':')}/${digits.length * 4}`, rules).split('/');
  const spelled = mapped.split(':').map((group) => group.padStart(4, '0'));
  const kept = spelled.join('').slice(0, digits.length).split('');
  return kept
    .toReversed()
    .map((digit) => `${digit}.`)
    .join('');
}

function ofGuid(guid: string, { accountIds, accounts, names, pseudonyms }: TextRedaction): string {
  const goes = accountIds.has(guid.toLowerCase()) ? accounts : names;
  return goes ? pseudonyms.guid(guid) : guid;
}

/** Words between signs. A project's id has dashes in it, and is an account's where names stay. */
function words(text: string, rules: TextRedaction): string {
  const { accountIds, accounts } = rules;
  const isAccount = accountIds.has(text.toLowerCase()) || /^\d{12}$/.test(text);
  if (isAccount && !accounts) return text;
  return text
    .split(numbersInWords)
    .map((piece, index) => {
      if (index % 2 === 0) return plainWords(piece, rules);
      return piece.length === spacedLength && /^\d{4}-/.test(piece)
        ? spacedAccount(piece, rules)
        : signedAddress(piece, rules);
    })
    .join('');
}

/** Addresses and account numbers with dashes in them, as in `node-10-0-1-5` and `logs-1111-2222-3333`. */
const numbersInWords = /((?<!\d|\d-)(?:\d{4}-\d{4}-\d{4}|\d{1,3}(?:-\d{1,3}){3})(?!\d|-\d))/;
const spacedLength = '1111-2222-3333'.length;

function plainWords(text: string, { accountIds, accounts, names, pseudonyms }: TextRedaction): string {
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
  const type = typeless.has(service) ? '' : typeOfArnResource(resource);
  // `root` stands for the whole account.
  const name = service === 'iam' && resource === 'root' ? resource : inner(resource.slice(type.length), rules);
  return [prefix, partition, service, region, words(account, rules), `${type}${name}`].join(':');
}

/** What a path says is a subscription or a project, also one that is on no list. */
function ofAccount(text: string, rules: TextRedaction): string {
  return rules.accounts ? accountText(text, rules.pseudonyms) : inner(text, rules);
}

/** Types and names alternate; types stay. */
function ofArmId(id: string, rules: TextRedaction): string {
  let next: 'type' | 'name' | 'namespace' = 'type';
  return id
    .split('/')
    .map((segment, index, all) => {
      if (index === 0 || segment === '') return segment;
      if (all[index - 1]?.toLowerCase() === 'subscriptions' && next === 'name') {
        next = 'type';
        return ofAccount(segment, rules);
      }
      const now = next;
      if (now === 'namespace') next = 'type';
      else if (now === 'name') next = 'type';
      else next = segment.toLowerCase() === 'providers' ? 'namespace' : 'name';
      return now === 'name' ? inner(segment, rules) : segment;
    })
    .join('/');
}

/** What stands before the parts of a name and says nothing of it. */
const googleBeginning = /^(?:v\d\w*|beta|alpha|compute|container|storage|b|sql|dns|global|aggregated)$/;
const googleTypes =
  /^(?:v\d\w*|beta|alpha|compute|container|storage|b|sql|dns|projects|folders|organizations|zones|regions|locations|global|aggregated|[a-z]+[A-Z]\w*s|addresses|autoscalers|buckets|clusters|databases|datasets|disks|family|firewalls|functions|gateways|images|instances|interconnects|jobs|keys|networks|policies|repositories|revisions|routers|routes|secrets|services|snapshots|subnetworks|subscriptions|tables|topics|versions|zones)$/;

function ofGoogleName(name: string, rules: TextRedaction): string {
  const [, host = '', path = name] = /^((?:https?:)?\/\/[^/]+\/)(.*)$/s.exec(name) ?? [];
  let isName = false;
  // Types and names alternate as long as both are known; what comes after anything else may be a name.
  let isKnown = true;
  // `storage.googleapis.com/<bucket>/<object>`: all of it was chosen by somebody, unless the API's own path begins.
  const isBucket = /\/\/storage\.googleapis\.com\//.test(host) && !/^(?:storage\/v|projects\/)/.test(path);
  const mapped = path.split('/').map((segment, index, all) => {
    const stays = !isBucket && !isName && isKnown && googleTypes.test(segment);
    isKnown &&= stays || isName;
    isName = stays && (segment === 'b' || !googleBeginning.test(segment));
    // A bucket's objects have paths of their own.
    if (stays && /^(?:objects|o)$/.test(segment)) isKnown = false;
    if (stays) return segment;
    return all[index - 1] === 'projects' ? ofAccount(segment, rules) : inner(segment, rules);
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
