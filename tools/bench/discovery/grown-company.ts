import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { seedCompany } from '../../../test/support/company/index.ts';
import { startMoto } from '../../../test/support/toolchain/index.ts';
import {
  type ListedCell,
  type Mirror,
  type RelayCounts,
  type RelayPlan,
  relayPath,
  type RelaySettings,
  type Way,
  type WayPlan,
  type WayReport,
  type WayResult,
} from './relay-protocol.ts';

const run = promisify(execFile);
const regions: readonly Mirror[] = [
  { name: 'us-east-1', of: 'us-east-1' },
  { name: 'eu-west-1', of: 'eu-west-1' },
  { name: 'us-west-2', of: 'us-east-1' },
  { name: 'eu-central-1', of: 'eu-west-1' },
];

export interface GrownSize {
  readonly accounts: number;
  readonly regions: number;
}

/** One way of mapping it, measured. */
export interface Measured extends WayResult {
  readonly counts: RelayCounts;
}

/** Maps it one way under the given circumstances. */
export type Measure = (way: Way, settings: RelaySettings) => Promise<Measured>;

export interface GrownCompany {
  readonly measure: Measure;
  /** What each listing brings; known from a first pass, which is not measured. */
  readonly cells: readonly ListedCell[];
}

/** The sample company on moto, grown to more accounts and regions by a relay that has all of moto's answers. */
export async function withGrownCompany<Answer>(
  size: GrownSize,
  work: (company: GrownCompany) => Promise<Answer>,
): Promise<Answer> {
  const moto = await startMoto();
  const company = await seedCompany({ endpoint: moto.endpoint });
  const accounts = grownAccounts(company, size.accounts);
  const plan: RelayPlan = {
    upstream: moto.endpoint,
    role: company.role,
    accounts,
    regions: regions.slice(0, size.regions),
  };
  const relay = fork(path.join(import.meta.dirname, 'relay.ts'), [JSON.stringify(plan)]);
  try {
    const [{ port }] = (await once(relay, 'message')) as [{ port: number }];
    const endpoint = `http://127.0.0.1:${port}`;
    const report = reporting(endpoint, {
      endpoint,
      role: company.role,
      accounts: accounts.map(({ name }) => name),
      regions: plan.regions.map(({ name }) => name),
    });
    const { cells } = await report('groundplan', { latencyMilliseconds: 0, limited: false });
    const measure: Measure = async (way, settings) => {
      const { cells: _cells, ...measured } = await report(way, settings);
      return measured;
    };
    return await work({ measure, cells });
  } finally {
    relay.kill();
    await moto.stop();
  }
}

/** Four of ten are of production, three of staging, three of the shared services. */
function grownAccounts(company: Awaited<ReturnType<typeof seedCompany>>, number: number): readonly Mirror[] {
  const { production, staging, sharedServices } = company.accounts;
  const sources = [production, staging, sharedServices];
  return Array.from({ length: number }, (_, index) => {
    const of = sources[index % sources.length]?.id ?? production.id;
    return { name: index < sources.length ? of : String(700_000_000_000 + index), of };
  });
}

function reporting(
  endpoint: string,
  places: WayPlan,
): (way: Way, settings: RelaySettings) => Promise<WayReport & Measured> {
  return async (way, settings) => {
    await fetch(`${endpoint}${relayPath}`, { method: 'POST', body: JSON.stringify(settings) });
    const program = path.join(import.meta.dirname, 'way.ts');
    const { stdout } = await run(process.execPath, [program, way, JSON.stringify(places)], { maxBuffer: 2 ** 24 });
    const counts = (await (await fetch(`${endpoint}${relayPath}`)).json()) as RelayCounts;
    const { cells, ...result } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as WayReport;
    const { census, ...circumstances } = settings;
    const told = { ...circumstances, census: census?.by };
    process.stdout.write(`  ${way} ${JSON.stringify(told)}: ${JSON.stringify({ ...result, ...counts })}\n`);
    return { ...result, cells, counts };
  };
}
