import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCompany, networkCode, type Company } from './company.ts';

let company: Company;
beforeEach(async () => {
  company = await makeCompany({
    eu: { status: 'in-sync', resources: 3, lastDeployment: 'd-1', drift: 'none', driftCheckedAt: null },
  } as never);
  const audience = { people: 'everyone', agents: 'no' } as const;
  await company.catalog.publish({ name: 'regional', audience, notes: '' }, company.call);
  await company.write(
    'environments/eu.yaml',
    `environment: eu
blueprint: regional@1.0.0
target: { cloud: aws, account: "210987654321", region: eu-west-1 }
inputs: { cidr: 10.0.0.0/16 }
`,
  );
});
afterEach(() => company[Symbol.asyncDispose]());

const diff = (from: string, to: string) => company.catalog.artifactDiff({ name: 'network', from, to }, company.call);

describe('who uses an artifact', () => {
  it('are drafts and published versions, with the environments that run them', async () => {
    expect(await company.catalog.artifactUses({ name: 'network' }, company.call)).toEqual([
      { blueprint: 'regional', version: null, node: 'network', use: 'network@^0.1.0', environments: [] },
      {
        blueprint: 'regional',
        version: '1.0.0',
        node: 'network',
        use: 'network@0.1.0',
        environments: [{ name: 'eu', lastDeployment: 'd-1' }],
      },
    ]);
    expect(await company.catalog.artifactUses({ name: 'unused' }, company.call)).toEqual([]);
  });
});

describe('the difference of two states of an artifact', () => {
  it('is told fact by fact, with what breaks those that use it', async () => {
    await company.write(
      'artifacts/network/main.tf',
      `variable "cidr" { type = string }
variable "zones" { type = number }
variable "size" {
  type    = number
  default = 1
}
resource "aws_vpc" "main" { cidr_block = var.cidr }
output "vpc_id" {
  value     = aws_vpc.main.id
  sensitive = true
}
output "subnet_ids" { value = "none" }
`,
    );
    await company.write('artifacts/network/groundplan.yaml', 'version: 0.2.0\nboundary: security\n');
    const { changes, uses, from, to } = await diff('0.1.0', 'now');
    expect([from.version, to.version]).toEqual(['0.1.0', '0.2.0']);
    expect(changes.map((one) => [one.path, one.change, one.breaking])).toEqual([
      ['boundary', 'changed', true],
      ['inputs.cidr.type', 'changed', false],
      ['inputs.name', 'removed', true],
      ['inputs.zones', 'added', true],
      ['inputs.size', 'added', false],
      ['outputs.vpc_id.sensitive', 'changed', true],
      ['outputs.subnet_ids.type', 'changed', true],
      ['code', 'changed', false],
      ['creates.aws_subnet', 'removed', true],
    ]);
    expect(changes.find(({ path }) => path === 'inputs.zones')?.after).toEqual({ type: 'number' });
    const breaks = [
      'It sets "name", which is gone.',
      'It does not set "zones", which is required.',
      '"subnet_ids" does not fit database.subnet_ids any more: a text does not fit a list of text.',
    ];
    expect(uses.map((use) => [use.version, use.breaks])).toEqual([
      [null, breaks],
      ['1.0.0', breaks],
    ]);
  });

  it('tells defaults and what is required one by one', async () => {
    await company.write(
      'artifacts/network/main.tf',
      networkCode
        .replace('default = "main"', '')
        .replace('type = string\n  validation', 'type = string\n  default = "10.0.0.0/16"\n  validation'),
    );
    await company.write('artifacts/network/groundplan.yaml', 'version: 0.2.0\n');
    const { changes, uses } = await diff('0.1.0', '0.2.0');
    expect(changes.map((one) => [one.path, one.before, one.after, one.breaking]).slice(0, 4)).toEqual([
      ['inputs.cidr.default', null, '10.0.0.0/16', false],
      ['inputs.cidr.required', true, false, false],
      ['inputs.name.default', 'main', null, false],
      ['inputs.name.required', false, true, true],
    ]);
    expect(uses.every(({ breaks }) => breaks.length === 0)).toBe(true);
  });

  it('of states that are not there names those that are', async () => {
    await expect(diff('recorded', 'now')).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no state "recorded" of the artifact network.',
      advice: 'Choose one of: now, 0.1.0.',
    });
    expect(await company.catalog.artifactStates({ name: 'network' }, company.call)).toEqual(['now', '0.1.0']);
    expect((await diff('now', '0.1.0')).changes).toEqual([]);
  });
});
