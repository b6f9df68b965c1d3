import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEnvironmentFiles, watchFiles } from '#engine/catalog/index.ts';
import { makeCompany, type Company } from './company.ts';

let company: Company;
beforeEach(async () => {
  company = await makeCompany({
    eu: { status: 'live', resources: 12, lastDeployment: 'd1', drift: 'none', driftCheckedAt: 5 },
  });
});
afterEach(() => company[Symbol.asyncDispose]());

const eu = `# Europe
environment: eu
blueprint: regional@1.0.0
target: { cloud: aws, account: "210987654321", region: eu-west-1 }
inputs:
  cidr: 10.20.0.0/16   # the plan of 2025
  password: { secret: eu/db-password }
`;

describe('environments', () => {
  it('are listed with what the file says and what became of them', async () => {
    await company.catalog.publish(
      { name: 'regional', audience: { people: 'everyone', agents: 'no' }, notes: '' },
      company.call,
    );
    await company.write('environments/eu.yaml', eu);
    await company.write(
      'environments/us.yaml',
      eu
        .replace('environment: eu', 'environment: us')
        .replace('eu-west-1', 'us-east-1')
        .concat('imports:\n  network: { aws_vpc.main: vpc-1 }\n'),
    );
    const { environments, problems } = await company.catalog.environments(undefined, company.call);
    expect(problems).toEqual([]);
    expect(environments).toMatchObject([
      { name: 'eu', blueprint: 'regional', version: '1.0.0', status: 'live', resources: 12, drift: 'none' },
      { name: 'us', status: 'adoptable', resources: 0, drift: 'unknown', target: { region: 'us-east-1' } },
    ]);
    expect(environments[0]?.inputs).toEqual({ cidr: '10.20.0.0/16', password: { secret: 'eu/db-password' } });
    const { entries } = await company.catalog.list(undefined, company.call);
    expect(entries[0]?.usedBy).toEqual(['eu', 'us']);
  });

  it('with something wrong are named with file, line and field, and no secret is shown', async () => {
    await company.catalog.publish(
      { name: 'regional', audience: { people: 'everyone', agents: 'no' }, notes: '' },
      company.call,
    );
    await company.write('environments/a.yaml', eu.replace('account: "210987654321"', 'acount: "2"'));
    await company.write('environments/b.yaml', eu);
    await company.write(
      'environments/c.yaml',
      eu.replace('environment: eu', 'environment: c').replace('regional@1.0.0', 'regional@2.0.0'),
    );
    await company.write('environments/eu.yaml', eu.replace('{ secret: eu/db-password }', 'hunter2'));
    await company.write('environments/d.yaml', 'environment: [\n');
    const { environments, problems } = await company.catalog.environments(undefined, company.call);
    expect(environments.map(({ name, inputs }) => [name, inputs['password']])).toEqual([
      ['c', { secret: 'eu/db-password' }],
      ['eu', null],
    ]);
    expect(problems.map(({ file, line, code, field }) => [file, line, code, field])).toEqual([
      ['environments/a.yaml', 4, 'wrong-field', 'target.account'],
      ['environments/b.yaml', 2, 'wrong-name', 'environment'],
      ['environments/c.yaml', 3, 'unknown-release', 'blueprint'],
      ['environments/d.yaml', 2, 'bad-yaml', null],
      ['environments/eu.yaml', 7, 'secret-in-file', 'inputs.password'],
    ]);
    expect(JSON.stringify([environments, problems])).not.toContain('hunter2');
  });

  it('are read and written by name; comments stay', async () => {
    const files = createEnvironmentFiles(company.workspace);
    await company.write('environments/eu.yaml', eu);
    const document = await files.read('eu');
    if (document === null) throw new Error('no document');
    await files.write({ ...document, blueprint: 'regional@1.1.0' });
    expect(await readFile(path.join(company.root, 'environments/eu.yaml'), 'utf8')).toBe(
      eu.replace('@1.0.0', '@1.1.0'),
    );
    await files.write({ ...document, environment: 'asia', target: { ...document.target, region: 'ap-southeast-1' } });
    expect(await files.read('asia')).toMatchObject({ environment: 'asia', target: { region: 'ap-southeast-1' } });
    await files.remove('asia');
    expect(await files.read('asia')).toBeNull();
    await company.write('environments/bad.yaml', 'environment: bad\nblueprint: x\n');
    await expect(files.read('bad')).rejects.toMatchObject({
      code: 'bad-input',
      details: { file: 'environments/bad.yaml', line: 2 },
    });
    await expect(files.read('../eu')).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('the watcher', () => {
  it('tells what others change on disk, and nothing after it is closed', async () => {
    const told: string[] = [];
    const logged: string[] = [];
    const log = (id: string): void => void logged.push(id);
    const watcher = watchFiles({
      paths: company.workspace.paths,
      events: { changed: (topics, subject) => told.push(`${topics.join('+')}:${subject ?? ''}`) },
      logger: { debug: log, info: log, warn: log, error: log },
      quietMs: 50,
    });
    const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 400));
    await quiet();
    told.length = 0;
    const file = path.join(company.root, 'blueprints/regional/blueprint.yaml');
    await writeFile(file, 'a: 1\n');
    await writeFile(file, 'a: 2\n');
    await quiet();
    // How many events a burst has is the file system's affair; what they name is ours.
    expect(new Set(told.splice(0))).toEqual(new Set(['blueprints:regional']));
    await company.write('environments/eu.yaml', eu);
    await quiet();
    expect(told.splice(0)).toContain('environments:');
    await writeFile(path.join(company.root, 'environments/eu.yaml'), '# changed\n');
    await quiet();
    expect(new Set(told.splice(0))).toEqual(new Set(['environments:eu']));
    await rm(path.join(company.root, 'artifacts'), { recursive: true });
    await quiet();
    expect(told.splice(0).some((event) => event.startsWith('artifacts+blueprints'))).toBe(true);
    watcher.close();
    await writeFile(file, 'a: 3\n');
    await quiet();
    expect(told).toEqual([]);
  });
});
