import { describe, expect, test } from 'vitest';
import { AddressMap } from './address-map.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { redactText, type TextRedaction } from './redact-text.ts';

const rules: TextRedaction = {
  names: true,
  addresses: true,
  accounts: true,
  pseudonyms: new Pseudonyms(new Set()),
  addressMap: new AddressMap(Buffer.from('key')),
  accountIds: new Set(['shop-prod', '111122223333']),
};
const redact = (text: string) => redactText(text, rules);

test.each([
  ['arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d', /^arn:aws:ec2:eu-west-1:9\d{11}:vpc\/vpc-d[0-9a-f]{7}$/],
  ['arn:aws:s3:::shop-assets/key', /^arn:aws:s3:::[a-z]{6}-[a-z]{6}\/[a-z]{6}$/],
  [
    '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/Shop/providers/Microsoft.Network/virtualNetworks/Main',
    /^\/subscriptions\/c0ffee00-[0-9a-f-]{27}\/resourceGroups\/[A-Z][a-z]{5}\/providers\/Microsoft\.Network\/virtualNetworks\/[A-Z][a-z]{5}$/,
  ],
  [
    '//compute.googleapis.com/projects/shop-prod/regions/europe-west1/subnetworks/web',
    /^\/\/compute\.googleapis\.com\/projects\/[a-z]{6}-[a-z]{6}\/regions\/europe-west1\/subnetworks\/[a-z]{6}$/,
  ],
  ['aws:account:111122223333', /^aws:account:9\d{11}$/],
  ['cidr:10.0.0.0/8', /^cidr:10\.0\.0\.0\/8$/],
  ['tf://shop/prod', /^tf:\/\/[a-z]{6}\/[a-z]{6}$/],
  ['2024-05-14T08:12:31.512Z', /^2024-05-14T08:12:31\.512Z$/],
  ['Zürich 東京 port 8080', /^[A-Z][a-z]{5} [a-z]{6} [a-z]{6} 8080$/],
  ['internet', /^internet$/],
  ['s3://shop-assets/jobs/pay.py', /^s3:\/\/[a-z]{6}-[a-z]{6}\/[a-z]{6}\/[a-z]{6}\.[a-z]{6}$/],
  ['serviceAccount:web@shop.iam.gserviceaccount.com', /^serviceAccount:[a-z]{6}@[a-z]{6}\.iam\.gserviceaccount\.com$/],
  // Accounts that Google makes for a project by itself: which project one is of, the number before them tells.
  [
    'serviceAccount:111122223333-compute@developer.gserviceaccount.com',
    /^serviceAccount:9\d{11}-[a-z]+@developer\.gserviceaccount\.com$/,
  ],
  [
    '//iam.googleapis.com/projects/shop-prod/serviceAccounts/shop-prod@appspot.gserviceaccount.com',
    /^\/\/iam\.googleapis\.com\/projects\/([a-z]{6}-[a-z]{6})\/serviceAccounts\/\1@appspot\.gserviceaccount\.com$/,
  ],
  ['allUsers', /^allUsers$/],
  ['arn:aws:iam::111122223333:root', /^arn:aws:iam::9\d{11}:root$/],
  ['arn:aws:iam::aws:policy/ReadOnlyAccess', /^arn:aws:iam::aws:policy\/ReadOnlyAccess$/],
])('%s keeps what it is made of', (text, form) => expect(redact(text)).toMatch(form));

test('the same is the same in an id, a text and a host name, whatever its case', () => {
  const word = redact('storefront');
  expect(redact('arn:aws:iam::111122223333:role/storefront')).toMatch(new RegExp(`:role/${word}$`));
  expect(redact('Made for storefront.')).toContain(word);
  expect(redact('storefront.example.org').startsWith(`${word}.`)).toBe(true);
  expect(redact('STOREFRONT').toLowerCase()).toBe(word);
});

test('the address in a host name is the address', () => {
  const [, rest = ''] = /^10\.(.*)$/.exec(redact('10.1.2.3')) ?? [];
  expect(redact('ip-10-1-2-3.ec2.internal')).toContain(`-10-${rest.replaceAll('.', '-')}.`);
});

describe('where names stay', () => {
  const guid = '11111111-1111-4111-8111-111111111111';
  const accountsOnly = { ...rules, names: false, addresses: false, accountIds: new Set([...rules.accountIds, guid]) };
  const number = redactText('123456789012', accountsOnly);
  const project = redactText('shop-prod', accountsOnly);
  const subscription = redactText(guid, accountsOnly);

  test.each([
    ['acme-logs-123456789012', `acme-logs-${number}`],
    ['123456789012-acme-logs', `${number}-acme-logs`],
    ['acme_logs_123456789012', `acme_logs_${number}`],
    ['logs123456789012eu', `logs${number}eu`],
    ['arn:aws:s3:::acme-logs-123456789012/2024', `arn:aws:s3:::acme-logs-${number}/2024`],
    ['acme-shop-prod-assets', `acme-${project}-assets`],
    ['https://shop-prod.storage.googleapis.com/logo.png', `https://${project}.storage.googleapis.com/logo.png`],
    [`logs-${guid}-eu`, `logs-${subscription}-eu`],
    ['1234567890123', '1234567890123'],
    ['acme-logs-1234', 'acme-logs-1234'],
  ])('the accounts inside of %s go all the same, as they do elsewhere', (text, redacted) => {
    expect(redactText(text, accountsOnly)).toBe(redacted);
  });
});

test.each([
  ['https://acme-prod.storage.googleapis.com/logo.png', /acme|prod|logo/],
  ['https://www.acme.example.storage.googleapis.com/logo.png', /acme|logo/],
  ['arn:aws:codepipeline:eu-west-1:111122223333:acme-payroll/Build', /acme|payroll/],
  ['arn:aws:execute-api:eu-west-1:111122223333:payroll/live', /payroll/],
  // A service that nobody listed, whose names come first.
  ['arn:aws:somenew:eu-west-1:111122223333:payroll/acme', /payroll|acme/],
  ['arn:aws:athena:eu-west-1:111122223333:payroll:acme', /payroll|acme/],
])('%s keeps no name', (text, name) => expect(redact(text)).not.toMatch(name));

test('the hosts of Google’s services stay', () => {
  expect(redact('https://compute.googleapis.com/compute/v1/projects/shop-prod')).toMatch(
    /^https:\/\/compute\.googleapis\.com\/compute\/v1\/projects\//,
  );
});
