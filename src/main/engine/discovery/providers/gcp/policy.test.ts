import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { companyAssets } from '#test/support/gcp/index.ts';
import { GcpConverter } from './converter.ts';
import { gcpDiscoveryPolicy } from './policy.ts';
import { allSteps, stepsFor } from './steps.ts';

test('the role holds exactly what the steps declare, and nothing that changes anything', () => {
  const { text } = gcpDiscoveryPolicy();
  const { includedPermissions: granted } = parse(text) as { includedPermissions: string[] };
  const declared = new Set(allSteps.flatMap(({ declaration }) => declaration.permissions));
  expect([...granted].sort()).toEqual([...declared].sort());
  expect([...granted]).toEqual(['cloudasset.assets.listIamPolicy', 'cloudasset.assets.listResource']);
  expect(text).toContain('gcloud services enable cloudasset.googleapis.com');
});

test('every kind is declared once, in lower case', () => {
  const kinds = allSteps.flatMap(({ declaration }) => declaration.kinds);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const kind of kinds) expect(kind).toMatch(/^gcp\.[a-z0-9-]+(\.[a-z0-9]+)?$/);
});

test('every relationship that the company shows is declared by its type', () => {
  const converter = new GcpConverter();
  const facts = [...companyAssets().flatMap((asset) => converter.convert(asset)), ...converter.join()];
  const declared = new Map(allSteps.flatMap(({ declaration }) => declaration.kinds.map((kind) => [kind, declaration])));
  const undeclared = facts.flatMap(({ kind, relationships }) =>
    relationships
      .filter(({ type }) => declared.get(kind)?.relationships.includes(type) !== true)
      .map(({ type }) => `${kind} ${type}`),
  );
  expect(undeclared).toEqual([]);
});

test('a kind that nobody declared is listed with everything else', () => {
  const { bodies, policies, others } = stepsFor(['gcp.redis.instance']);
  expect([bodies, policies]).toEqual([[], []]);
  expect(others.flatMap(({ declaration }) => declaration.kinds)).toEqual(['gcp.other']);
  expect(stepsFor(['gcp.compute.disk']).others).toEqual([]);
  expect(stepsFor(['aws.ec2.vpc']).others).toEqual([]);
});
