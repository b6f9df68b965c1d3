import { describe, expect, test } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { resource } from '#test/support/estate/small-estate.ts';
import { resourceHashes } from './hashes.ts';

function hashes(raw: Json, kind = 'aws.ec2.instance'): { contentHash: string; driftHash: string } {
  return resourceHashes(resource({ id: 'x', kind, raw }));
}

describe('the two hashes of a resource', () => {
  test('do not depend on the order of names', () => {
    expect(hashes({ a: 1, b: { c: 2, d: 3 } })).toEqual(hashes({ b: { d: 3, c: 2 }, a: 1 }));
  });

  test.each([
    ['a modification time', { LastModified: '2025-01-01T10:00:00Z' }, { LastModified: '2025-02-01T10:00:00Z' }],
    ['a time in seconds', { CreatedTimestamp: '1700000000' }, { CreatedTimestamp: '1700000500' }],
    ['an etag', { ETag: '"a"' }, { ETag: '"b"' }],
    ['a counter', { AvailableIpAddressCount: 250 }, { AvailableIpAddressCount: 249 }],
    ['the trace of a last use', { RoleLastUsed: { Region: 'x' } }, { RoleLastUsed: { Region: 'y' } }],
    ['the order of a set', { Groups: [{ Id: 'a' }, { Id: 'b' }] }, { Groups: [{ Id: 'b' }, { Id: 'a' }] }],
  ])('differ in content only after %s moved', (_what, before, after) => {
    expect(hashes(before).driftHash).toBe(hashes(after).driftHash);
    expect(hashes(before).contentHash).not.toBe(hashes(after).contentHash);
  });

  test.each([
    ['a size', { Size: 10 }, { Size: 20 }],
    ['the version of a policy, which looks like a date', { Version: '2008-10-17' }, { Version: '2012-10-17' }],
    ['a large number that is no time', { MaximumMessageSize: 1_262_144_000 }, { MaximumMessageSize: 1_262_145_000 }],
  ])('both differ after %s changed', (_what, before, after) => {
    expect(hashes(before).driftHash).not.toBe(hashes(after).driftHash);
  });

  test('keep dates where a kind is about dates', () => {
    const before = hashes({ NotAfter: '2025-01-01T10:00:00Z' }, 'aws.acm.certificate');
    const after = hashes({ NotAfter: '2026-01-01T10:00:00Z' }, 'aws.acm.certificate');
    expect(before.driftHash).not.toBe(after.driftHash);
  });
});
