import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { createDiscoveryService, type SampleDescription, sampleFiles } from '#engine/discovery/index.ts';
import type { Logger, Workspace } from '#engine/ports/index.ts';
import { companyRole, seedCompany } from '#test/support/company/index.ts';
import { createMemoryFactStore } from '#test/support/facts/memory-fact-store.ts';
import { startMoto } from '#test/support/toolchain/index.ts';
import { countOnMap } from './count-on-map.ts';
import { readHubState } from './hub-state.ts';

// Makes the sample estate: seeds moto with the company, discovers it with Groundplan's own code, reads the state of the
// code that manages a part of it, and keeps the facts.
const folder = path.join(import.meta.dirname, '..', '..', 'resources', 'sample');

const logger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (id, data) => console.warn(id, data ?? ''),
  error: (id, data) => console.error(id, data ?? ''),
};

await using moto = await startMoto();
console.log(`Seeding ${moto.endpoint} …`);
const company = await seedCompany({ endpoint: moto.endpoint });

const facts = createMemoryFactStore();
const workspace: Pick<Workspace, 'assertWritable' | 'connections'> = {
  assertWritable: () => undefined,
  connections: () => [],
};
const service = createDiscoveryService({
  workspace: workspace as Workspace,
  facts,
  graph: { rebuild: () => Promise.resolve() },
  events: { changed: () => undefined },
  clock: { now: () => Date.now() },
  logger,
  resourcesFolder: path.dirname(folder),
  environment: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  homeFolder: path.parse(process.cwd()).root,
});
const call = { signal: new AbortController().signal, actor: { kind: 'person' as const, name: 'sample' } };
const { run: runId } = await service.start(
  {
    clouds: [
      {
        cloud: 'aws',
        accounts: Object.values(company.accounts).map(({ id }) => id),
        role: companyRole,
        regions: [...company.regions],
        endpoint: moto.endpoint,
      },
    ],
    kinds: [],
  },
  call,
);
for await (const { phase, run } of await service.progress({ run: runId }, call)) console.log(phase, run.resources);
const [run] = await facts.runs();
if (run?.status !== 'complete') throw new Error(`The discovery of the sample ended as ${run?.status ?? 'nothing'}.`);

const state = await readHubState(facts.resources, 'us-east-1');
const stateLines = state.coverage.flatMap(({ run: _run, ...cell }) => [
  {
    line: 'page',
    cell: { scope: cell.scope, region: cell.region, kind: cell.kind },
    resources: state.resources.map(({ fact }) => fact),
    relationships: state.relationships.map(({ fact }) => fact),
  },
  { line: 'cell', cell },
]);

const described: SampleDescription = {
  sample: 1,
  title: 'Harbour Goods: three accounts in two regions',
  madeAt: new Date(run.startedAt).toISOString(),
  clouds: run.clouds,
  scopes: facts.scopes.length,
  resources: run.resources + state.resources.length,
  relationships: run.relationships + state.relationships.length,
  cells: run.cells + state.coverage.length,
};
const describe = (description: SampleDescription): Promise<void> =>
  writeFile(path.join(folder, sampleFiles.description), `${JSON.stringify(description, null, 2)}\n`);
const text = [...facts.lines, ...stateLines].map((line) => `${JSON.stringify(line)}\n`).join('');
const packed = await promisify(gzip)(text, { level: 9 });
await mkdir(folder, { recursive: true });
await writeFile(path.join(folder, sampleFiles.facts), packed);
await describe(described);
// A peering that two accounts tell of is one on the map.
const { resources, relationships } = await countOnMap();
await describe({ ...described, resources, relationships });
console.log(`${folder}: ${resources} resources, ${relationships} relationships, ${packed.length} bytes.`);
