import { expect, test } from 'vitest';
import type { OrganizationTree } from '../organizations/client.ts';
import { chosenAccounts } from './chosen-accounts.ts';
import { placesOf } from './places.ts';

const tree: OrganizationTree = {
  organization: { Id: 'o-1' },
  rootIds: ['r-1'],
  units: [
    { unit: { Id: 'ou-1-work' }, parentId: null },
    { unit: { Id: 'ou-1-live' }, parentId: 'ou-1-work' },
  ],
  accounts: [
    { account: { Id: '111111111111' }, parentId: null },
    { account: { Id: '222222222222' }, parentId: 'ou-1-work' },
    { account: { Id: '333333333333' }, parentId: 'ou-1-live' },
  ],
};
const own = ['111111111111'];

const chosen = (places: Omit<Parameters<typeof placesOf>[0], 'cloud'>, known: OrganizationTree | null = tree) =>
  chosenAccounts(placesOf({ cloud: 'aws', ...places }), own, known);

test.each([
  ['nothing said', {}, ['111111111111']],
  ['the organisation', { organization: true }, ['111111111111', '222222222222', '333333333333']],
  ['a unit, with the units below it', { scopes: ['ou-1-work'] }, ['222222222222', '333333333333']],
  ['the root', { scopes: ['r-1'] }, ['111111111111', '222222222222', '333333333333']],
  ['a unit and an account', { scopes: ['ou-1-live', '111111111111'] }, ['111111111111', '333333333333']],
  ['accounts to keep to', { scopes: ['222222222222'] }, ['222222222222']],
  ['listed accounts within a unit', { accounts: ['444444444444'], scopes: ['ou-1-live'] }, ['333333333333']],
])('%s', (_what, places, accounts) => {
  expect(chosen(places)).toEqual(accounts);
});

test('accounts can be kept to where the organisation cannot be read', () => {
  expect(chosen({ accounts: ['222222222222', '333333333333'], scopes: ['333333333333'] }, null)).toEqual([
    '333333333333',
  ]);
});

test('a unit that does not exist is named, and so is a request that leaves nothing', () => {
  expect(() => chosen({ scopes: ['ou-1-gone'] })).toThrowError('The organisation has no unit ou-1-gone.');
  expect(() => chosen({ accounts: ['222222222222'], scopes: ['333333333333'] })).toThrowError(
    'No account is left to be mapped: none of them lies in 333333333333.',
  );
});
