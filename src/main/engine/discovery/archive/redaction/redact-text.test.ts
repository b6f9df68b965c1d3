import { expect, test } from 'vitest';
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
