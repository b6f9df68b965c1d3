import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentDocument, InstanceProof, InstanceSelectionInput, Proof } from '#shared/model/index.ts';
import { instanceSelectionSchema } from '#shared/model/index.ts';
import { openPortByHand, seedCompany, type CompanySummary } from '#test/support/company/index.ts';
import { startMoto, tofuEnvironment, type Moto } from '#test/support/toolchain/index.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';
import { readFacts, type ReadFacts } from './support/read-facts.ts';
import { call, openWorkshop, type Workshop } from './support/workshop.ts';

const name = 'regional-infrastructure';

let moto: Moto;
let company: CompanySummary;
let facts: ReadFacts;
let workshop: Workshop;

beforeAll(async () => {
  moto = await startMoto();
  company = await seedCompany({ endpoint: moto.endpoint });
  const accountId = company.accounts.production.id;
  facts = await readFacts(moto.endpoint, { accountId, regions: ['us-east-1', 'eu-west-1'] });
  workshop = await openWorkshop({ endpoint: moto.endpoint, role: company.role, facts: () => facts });
});

afterAll(async () => {
  await workshop[Symbol.asyncDispose]();
  await moto.stop();
});

function instances(further: Partial<InstanceSelectionInput> = {}) {
  const scope = `aws:account:${company.accounts.production.id}`;
  return [
    instanceSelectionSchema.parse({ name: 'us', scope, region: 'us-east-1', ...further }),
    instanceSelectionSchema.parse({ name: 'eu', scope, region: 'eu-west-1' }),
  ];
}

function extract(version = '2.3.0') {
  const request = { instances: instances(), name, version, summary: 'One region', renames: {} };
  return workshop.patterns.extract(request, call());
}

async function prove(): Promise<Proof> {
  let proof: Proof | null = null;
  for await (const event of await workshop.patterns.prove({ blueprint: name }, call())) {
    if (event.type === 'done') proof = event.proof;
  }
  if (proof === null) throw new Error('The proof did not end.');
  return proof;
}

function brief(proof: InstanceProof) {
  const { instance, node, status, imports, add, change, destroy, differences } = proof;
  return { place: `${instance} ${node}`, status, imports, add, change, destroy, differences };
}

function clean(place: string, imports: number) {
  return { place, status: 'proven', imports, add: 0, change: 0, destroy: 0, differences: [] };
}

const read = (file: string): Promise<string> => readFile(path.join(workshop.workspace.paths.root, file), 'utf8');

test('the regional pattern is found among the candidates', async () => {
  const found = await workshop.patterns.find({ minimumSimilarity: 0.6 }, call());
  expect(found[0]?.title).toContain('storefront');
  expect(found[0]?.instances.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
});

describe('extraction', () => {
  test('writes an artifact per boundary, the blueprint, and an environment per instance, formatted as the tool does', async () => {
    const extraction = await extract();
    expect(extraction.problems).toEqual([]);
    expect(extraction.artifacts).toEqual([
      { name: `${name}-networking`, boundary: 'networking', resources: 13 },
      { name: `${name}-data`, boundary: 'data', resources: 6 },
      { name: `${name}-application`, boundary: 'application', resources: 9 },
    ]);
    expect(extraction.environments).toEqual(['us', 'eu']);
    const formatted = await createNodeProcesses().run({
      file: 'tofu',
      args: ['fmt', '-check', '-diff', '-recursive', workshop.workspace.paths.artifacts],
      cwd: workshop.workspace.paths.root,
      env: tofuEnvironment(),
    });
    expect(formatted).toMatchObject({ code: 0, stdout: '' });
    const eu = parse(await read('environments/eu.yaml')) as EnvironmentDocument;
    expect(eu.inputs).toMatchObject({
      cidr: '10.20.0.0/16',
      private_subnets: { a: 100, b: 101, c: 102 },
      database_password: { secret: 'eu/database-password' },
    });
    expect(await read('environments/us.yaml')).not.toContain('seed-');
  });

  test('can be repeated, and does not take the environment of another blueprint', async () => {
    await extract('2.4.0');
    const blueprint = await read(`blueprints/${name}/blueprint.yaml`);
    expect(blueprint).toContain(`${name}-data@2.4.0`);
    const other = { instances: instances(), name: 'another', version: '0.1.0', summary: '', renames: {} };
    await expect(workshop.patterns.extract(other, call())).rejects.toMatchObject({ code: 'already-exists' });
  });

  test('names what cannot be selected', async () => {
    const empty = { ...instances()[0], region: 'sa-east-1', name: 'br' };
    const compare = (list: unknown[]) => workshop.patterns.compare({ instances: list as never }, call());
    await expect(compare([{ ...empty, scope: 'aws:account:999999999999' }])).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(compare([instances()[0], instances()[0]])).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('the import proof', () => {
  test('imports every resource of every instance and changes nothing', async () => {
    await extract();
    const proof = await prove();
    expect(proof.instances.map(brief)).toEqual([
      clean('eu networking', 19),
      clean('eu data', 6),
      clean('eu application', 9),
      clean('us networking', 17),
      clean('us data', 6),
      clean('us application', 9),
    ]);
    expect(proof.proven).toBe(true);
    const stateOnly = proof.instances.flatMap((instance) => instance.stateOnly);
    expect(stateOnly).toContainEqual({
      address: 'aws_db_instance.orders',
      attribute: 'password',
      why: expect.stringContaining('AWS never shows it'),
    });
    expect(await workshop.patterns.proof({ blueprint: name }, call())).toEqual(proof);
    expect(await workshop.patterns.proof({ blueprint: 'unknown' }, call())).toBeNull();
  });

  test('of code that is broken says so, and does not run what depends on it', async () => {
    await extract();
    const file = path.join(workshop.workspace.paths.artifacts, `${name}-data`, 'main.tf');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('engine_version            = "15.4"', 'engine_version = var.nowhere'));
    const proof = await prove();
    const byPlace = Object.fromEntries(proof.instances.map((one) => [`${one.instance} ${one.node}`, one]));
    expect(proof.proven).toBe(false);
    expect(byPlace['eu networking']).toMatchObject({ status: 'proven' });
    expect(byPlace['eu data']).toMatchObject({ status: 'failed', problem: expect.stringContaining('nowhere') });
    expect(byPlace['eu application']).toMatchObject({
      status: 'not-run',
      problem: expect.stringContaining('which the plan of data does not know'),
    });
    await writeFile(file, text);
  });

  test('without access to the account says so for every node', async () => {
    await extract();
    const environment = await workshop.deps.environments.read('eu');
    if (environment === null) throw new Error('no environment');
    const denied = {
      ...workshop.deps,
      cloudAccess: { accessFor: () => Promise.reject(new Error('no credentials')) },
    };
    const { createPatternsService } = await import('#engine/extraction/index.ts');
    const events = [];
    for await (const event of await createPatternsService(denied).prove({ blueprint: name }, call()))
      events.push(event);
    const last = events.at(-1);
    const proofs = last?.type === 'done' ? last.proof.instances : [];
    expect(proofs).toHaveLength(6);
    expect(proofs.every(({ status, problem }) => status === 'failed' && problem === 'no credentials')).toBe(true);
  });
});

test('a new region needs few inputs and gets only creations', async () => {
  await extract();
  const target = { cloud: 'aws' as const, account: company.accounts.production.id, region: 'ap-southeast-1' };
  const signal = AbortSignal.timeout(120_000);
  const access = await workshop.deps.cloudAccess.accessFor(target, signal);
  const { paths } = workshop.workspace;
  const workdir = await workshop.tool.prepare({
    sources: path.join(paths.artifacts, `${name}-networking`),
    directory: path.join(paths.work, 'new-region'),
    access,
    variables: {
      name: 'storefront-ap-southeast-1',
      region: target.region,
      cidr: '10.30.0.0/16',
      private_subnets: { a: 100, b: 101 },
    },
    statePath: path.join(paths.state, 'new-region', 'terraform.tfstate'),
    signal,
  });
  const plan = await workshop.tool.plan(workdir, { mode: 'normal', signal });
  expect(plan.text).toContain('Plan: 17 to add, 0 to change, 0 to destroy.');
  expect(plan.text).toContain('"10.30.101.0/24"');
  await workshop.tool.apply(workdir, { planFile: plan.planFile, expectedDigest: plan.digest, signal });
  const again = await workshop.tool.plan(workdir, { mode: 'normal', signal });
  expect(again.text).toContain('No changes.');
});

test('what was changed by hand since is shown attribute by attribute', async () => {
  await extract();
  const stack = company.stacks.find(
    ({ environment, region }) => environment === 'production' && region === 'eu-west-1',
  );
  if (stack === undefined) throw new Error('The company has no such stack.');
  const place = { endpoint: moto.endpoint, accountId: stack.accountId, region: stack.region };
  await openPortByHand(place, { securityGroupId: stack.securityGroupIds.data, port: 22 });
  const proof = await prove();
  const changed = proof.instances.find(({ instance, node }) => instance === 'eu' && node === 'networking');
  expect(changed).toMatchObject({ status: 'differs', imports: 19, add: 0, change: 1, destroy: 0 });
  expect(changed?.differences.every(({ address }) => address === 'aws_security_group.data')).toBe(true);
  expect(changed?.differences.some(({ path: where }) => where.startsWith('ingress'))).toBe(true);
  expect(JSON.stringify(changed?.differences)).toContain('opened by hand');
  expect(proof.proven).toBe(false);
});
