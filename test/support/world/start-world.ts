import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { seedCompany, type CompanySummary } from '../company/index.ts';
import { startMoto, tofuEnvironment, type Moto } from '../toolchain/index.ts';

/** A cloud with the sample company in it, and a workspace whose connection leads there. */
export interface World extends AsyncDisposable {
  readonly moto: Moto;
  readonly company: CompanySummary;
  /** Folder of the workspace. */
  readonly workspace: string;
  /** The environment for an engine or a tool that is to act in this world: real OpenTofu, real provider. */
  readonly environment: Record<string, string>;
}

export interface WorldOptions {
  /** Where to make the workspace; a temporary folder, removed at the end, without it. */
  readonly workspace?: string;
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Starts moto, fills it with the company and makes a workspace that is connected to it. About fifteen seconds. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const log = options.log ?? (() => undefined);
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  log('Starting an AWS server (moto) on this machine …');
  const moto = await startMoto(signal);
  try {
    log('Filling it with a company of three accounts …');
    const company = await seedCompany({ endpoint: moto.endpoint, ...signal });
    const workspace = options.workspace ?? (await mkdtemp(path.join(tmpdir(), 'groundplan-world-')));
    const connection = {
      name: 'company',
      cloud: 'aws',
      organization: true,
      role: company.role,
      regions: [...company.regions],
      endpoint: moto.endpoint,
    };
    await writeFile(
      path.join(workspace, 'groundplan.yaml'),
      stringify({ groundplan: 1, name: 'Company', connections: [connection] }),
    );
    return {
      moto,
      company,
      workspace,
      environment: tofuEnvironment(),
      async [Symbol.asyncDispose]() {
        await moto[Symbol.asyncDispose]();
        if (options.workspace === undefined) await rm(workspace, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await moto[Symbol.asyncDispose]();
    throw error;
  }
}
