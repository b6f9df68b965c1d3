import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { createBuildApart } from '#engine/graph/apart/index.ts';
import type { ChildOptions, Processes } from '#engine/ports/index.ts';
import { graphCommand } from '../../../src/main/compose.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';
import { account, relationship, resource, writeRun } from '#test/support/estate/small-estate.ts';
import { openTestGraph, type TestGraph } from '#test/support/estate/test-graph.ts';

const scope = 'aws:account:111111111111';
const vpc = resource({ id: 'arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1', kind: 'aws.ec2.vpc' });
const subnet = resource({ id: 'arn:aws:ec2:eu-west-1:111111111111:subnet/subnet-1', kind: 'aws.ec2.subnet' });
const database = resource({ id: 'arn:aws:rds:eu-west-1:111111111111:db:orders', kind: 'aws.rds.db' });

const program = graphCommand({});

const opened: TestGraph[] = [];
afterEach(async () => {
  for (const graph of opened.splice(0)) await graph.close();
});

/** A graph that is built by the real program; `onStart` is told its process and may do something to it. */
async function openApart(onStart: (pid: number, folder: string) => void = () => undefined): Promise<TestGraph> {
  const real = createNodeProcesses();
  const processes: Pick<Processes, 'run'> = {
    run: (options: ChildOptions) => real.run({ ...options, onStart: ({ pid }) => onStart(pid, options.cwd) }),
  };
  const graph = await openTestGraph({ buildApart: createBuildApart({ processes, program }) });
  opened.push(graph);
  return graph;
}

async function writeSmall({ facts }: TestGraph): Promise<void> {
  await writeRun(
    facts,
    [
      { scope, kind: 'aws.ec2.vpc', resources: [vpc] },
      {
        scope,
        kind: 'aws.ec2.subnet',
        resources: [subnet],
        relationships: [relationship(subnet.id, 'IN_NETWORK', vpc.id)],
      },
    ],
    [account('111111111111', 'payments')],
  );
}

async function writeDatabase({ facts }: TestGraph): Promise<void> {
  await writeRun(facts, [{ scope, kind: 'aws.rds.db', resources: [database] }]);
}

async function namesOf({ store }: TestGraph): Promise<readonly unknown[]> {
  const { rows } = await store.read('MATCH (r:Resource) RETURN r.name AS name ORDER BY name');
  return rows.map((row) => row['name']);
}

const filesOf = async (graph: TestGraph) => (await readdir(join(graph.folder, 'graph'))).sort();

test('a graph built in a process of its own answers like any other, from the database and from memory', async () => {
  const pids: number[] = [];
  const graph = await openApart((pid) => void pids.push(pid));
  await writeSmall(graph);
  await graph.builder.rebuild(graph.signal);
  expect(pids).toHaveLength(1);
  expect(await namesOf(graph)).toEqual(['subnet-1', 'vpc-1']);
  const shape = await graph.store.shape();
  expect([shape.resources, shape.relationships.from.length]).toEqual([2, 1]);
  const found = await graph.service.neighbours(
    { id: vpc.id, hops: 1, types: [], direction: 'both', limit: 10 },
    graph.call,
  );
  expect(found.nodes.map(({ id }) => id).sort()).toEqual([subnet.id, vpc.id]);
  expect(await filesOf(graph)).toEqual(['current.json', 'graph-1.kuzu', 'graph-1.shape']);
  const again = await graph.reopen();
  opened.splice(0, 1, again);
  expect(await namesOf(again)).toEqual(['subnet-1', 'vpc-1']);
});

test.skipIf(!existsSync('/proc/self/autogroup'))(
  'the process lets others go first, also where the system weighs sessions against each other',
  async () => {
    const told: string[] = [];
    const graph = await openApart((pid) => {
      const watch = setInterval(() => {
        // Gone when the process is.
        readFile(`/proc/${pid}/autogroup`, 'utf8').then(
          (text) => void told.push(text),
          () => clearInterval(watch),
        );
      }, 5);
      onTestFinished(() => clearInterval(watch));
    });
    await writeSmall(graph);
    await graph.builder.rebuild(graph.signal);
    expect(told.at(-1)).toMatch(/ nice 10\n$/);
  },
);

test('overlay and the time that is looked at go along', async () => {
  const graph = await openApart();
  await writeSmall(graph);
  await writeDatabase(graph);
  graph.overlay = {
    ...graph.overlay,
    environments: [
      {
        name: 'shop',
        blueprint: 'web',
        version: '1.0.0',
        cloud: 'aws',
        scopeId: '111111111111',
        region: 'eu-west-1',
        status: 'deployed',
        driftState: 'unknown',
        lastDeployment: null,
      },
    ],
    managed: [{ resourceId: vpc.id, environment: 'shop', node: 'net', address: 'aws_vpc.main', version: '1.0.0' }],
  };
  await graph.builder.rebuild(graph.signal);
  expect(await namesOf(graph)).toEqual([database.nativeId, 'subnet-1', 'vpc-1']);
  const { rows } = await graph.store.read('MATCH (r:Resource)-[:MANAGED_BY]->(e:Environment) RETURN r.id, e.name');
  expect(rows).toEqual([{ 'r.id': vpc.id, 'e.name': 'shop' }]);
  const facts = await graph.facts.asOf(1).source();
  await graph.store.buildApart?.({ facts, overlay: { ...graph.overlay, environments: [], managed: [] } }, graph.signal);
  expect(await namesOf(graph)).toEqual(['subnet-1', 'vpc-1']);
});

test('a run under way is not told as one that was cut off', async () => {
  const graph = await openApart();
  await writeSmall(graph);
  const writer = await graph.facts.startRun({ source: 'live', clouds: ['aws'] });
  await graph.builder.rebuild(graph.signal);
  const { rows } = await graph.store.read('MATCH (r:Run) RETURN r.id AS id, r.status AS status ORDER BY id');
  expect(rows).toEqual([
    { id: 1, status: 'complete' },
    { id: 2, status: 'running' },
  ]);
  await writer.finish({ status: 'complete', error: null });
});

test('what of the facts cannot be read is told by the process that read them', async () => {
  const graph = await openApart();
  await writeSmall(graph);
  const run = join(graph.folder, 'facts', '000001');
  const [folder = ''] = (await readdir(run)).filter((name) => name.startsWith('aws'));
  await writeFile(join(run, folder, 'aws.ec2.vpc.ndjson.gz'), 'rotten');
  await graph.builder.rebuild(graph.signal);
  expect(graph.notices.map(({ id }) => id)).toEqual(['facts-damaged']);
  expect(graph.notices[0]?.detail).toContain('aws.ec2.vpc.ndjson.gz');
});

test('a process killed at its work leaves the last good graph, and nothing else', async () => {
  let killing = false;
  const graph = await openApart((pid, folder) => {
    if (!killing) return;
    // It has not even read what it is asked yet; half a graph lies there as it would in the middle of its work.
    process.kill(pid, 'SIGKILL');
    void Promise.all([writeFile(join(folder, 'graph-2.kuzu'), 'half'), mkdir(join(folder, 'build-2'))]);
  });
  await writeSmall(graph);
  await graph.builder.rebuild(graph.signal);
  await writeDatabase(graph);
  killing = true;
  await expect(graph.builder.rebuild(graph.signal)).rejects.toMatchObject({
    code: 'tool-failed',
    message: 'The process that was building the map ended by SIGKILL before it was done.',
  });
  expect(await namesOf(graph)).toEqual(['subnet-1', 'vpc-1']);
  killing = false;
  await graph.builder.rebuild(graph.signal);
  expect(await namesOf(graph)).toEqual([database.nativeId, 'subnet-1', 'vpc-1']);
  expect((await filesOf(graph)).filter((name) => /^(apart|build)-/.test(name))).toEqual([]);
});

test('a build given up ends its process, and the last good graph stays', async () => {
  const giveUp = new AbortController();
  let giving = false;
  const pids: number[] = [];
  const graph = await openApart((pid) => {
    pids.push(pid);
    if (giving) giveUp.abort();
  });
  await writeSmall(graph);
  await graph.builder.rebuild(graph.signal);
  await writeDatabase(graph);
  giving = true;
  await expect(graph.builder.rebuild(giveUp.signal)).rejects.toMatchObject({ code: 'cancelled' });
  expect(await namesOf(graph)).toEqual(['subnet-1', 'vpc-1']);
  // Closing waits for the process, so none is left behind.
  await graph.store.close();
  expect(() => process.kill(pids[1] ?? 0, 0)).toThrow('ESRCH');
  expect(await filesOf(graph)).toEqual(['current.json', 'graph-1.kuzu', 'graph-1.shape']);
});

test('where the process cannot be started the graph is built without one', async () => {
  const buildApart = createBuildApart({
    processes: createNodeProcesses(),
    program: { ...program, file: join(import.meta.dirname, 'no-such-program') },
  });
  const graph = await openTestGraph({ buildApart });
  opened.push(graph);
  await writeSmall(graph);
  await graph.builder.rebuild(graph.signal);
  expect(await namesOf(graph)).toEqual(['subnet-1', 'vpc-1']);
});

test('a folder that cannot be written is named, as it is without a process of its own', async () => {
  const graph = await openApart();
  await writeSmall(graph);
  await rm(join(graph.folder, 'graph'), { recursive: true, force: true });
  await writeFile(join(graph.folder, 'graph'), '');
  await expect(graph.builder.rebuild(graph.signal)).rejects.toMatchObject({ code: 'read-only' });
});

test('the process ends by itself when the one that started it is gone', async () => {
  const folder = join((await openApart()).folder, 'orphan');
  await mkdir(folder);
  // Reading what is asked from a pipe that nobody writes to goes on for ever.
  await promisify(execFile)('mkfifo', [join(folder, 'request.json')]);
  const { file, args } = program;
  const starter = `const { spawn } = require('node:child_process');
    const child = spawn(${JSON.stringify(file)}, [...${JSON.stringify([...args, folder])}, String(process.pid)], { detached: true, stdio: 'ignore' });
    console.log(child.pid); child.unref();`;
  const { stdout } = await promisify(execFile)(file, ['-e', starter]);
  const pid = Number(stdout);
  onTestFinished(() => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone, as it should be.
    }
  });
  await expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
