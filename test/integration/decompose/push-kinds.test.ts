import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SplitOptions, SplitPush } from '#shared/model/index.ts';
import { temporaryFolder } from '#test/support/orchestrator/tool-workbench.ts';
import {
  applyRoot,
  everythingProven,
  findingsOf,
  prove,
  splitCall,
  splitRequest,
  splitService,
  startStateServer,
  tofu,
} from '#test/support/split/index.ts';

const pins = { 'terraform_data.net': 'net', 'terraform_data.app': 'app' };

function native(url: string): Readonly<Record<string, string>> {
  return {
    'main.tf': `terraform {
  backend "http" {
    address = "${url}/live"
  }
}
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" { input = terraform_data.net.id }
output "app" { value = terraform_data.app.output }
`,
  };
}

function json(url: string): Readonly<Record<string, string>> {
  const resources = { net: { input: 'net' }, app: { input: '${terraform_data.net.id}' } };
  return {
    'main.tf.json': JSON.stringify({
      terraform: { backend: { http: { address: `${url}/live` } } },
      resource: { terraform_data: resources },
      output: { app: { value: '${terraform_data.app.output}' } },
    }),
  };
}

interface Kind {
  readonly files: (url: string) => Readonly<Record<string, string>>;
  readonly options: Partial<SplitOptions>;
}

const kinds: Readonly<Record<string, Kind>> = {
  'modules called by their roots': { files: native, options: { wrap: true } },
  'parts that read one another’s states': { files: native, options: { wiring: 'remote-state' } },
  'modules whose roots read one another’s states': { files: native, options: { wiring: 'remote-state', wrap: true } },
  'a root in JSON': { files: json, options: {} },
  'a root in JSON, read from states': { files: json, options: { wiring: 'remote-state' } },
};

/** What a state gives others. */
const givenSchema = z.object({ outputs: z.record(z.string(), z.object({ value: z.string() })) });

async function last(steps: AsyncIterable<SplitPush>): Promise<SplitPush | null> {
  let push: SplitPush | null = null;
  for await (const step of steps) push = step;
  return push;
}

describe('the states of each kind of parts', () => {
  it.for(Object.entries(kinds))('are pushed, planned with, and taken back: %s', async ([, { files, options }]) => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const split = splitService();
    const root = await applyRoot(folder.path, files(server.url));
    const before = server.stateAt('/live');
    const out = path.join(folder.path, 'out');
    const request = splitRequest({ root, decisions: { pins }, options, out });
    await split.emit(request, splitCall);
    expect(findingsOf(await prove(split, { root, decisions: { pins }, options, out }))).toEqual(everythingProven);
    const pushed = await last(await split.push({ ...request, confirm: 'root' }, splitCall));
    expect(pushed?.status).toBe('pushed');
    expect(server.stateAt('/live')).toMatchObject({ resources: [] });
    // As a person would plan it, with the backend and the states that are there now.
    const part = path.join(out, 'artifacts', 'root-app');
    const { outputs } = givenSchema.parse(server.stateAt('/live/net'));
    const handed = Object.entries(outputs).map(([name, { value }]) => `-var=${name}=${value}`);
    await tofu(part, ['init', '-input=false']);
    const values = options.wiring === 'remote-state' ? [] : handed;
    expect(await tofu(part, ['plan', '-input=false', '-no-color', ...values])).toMatch(
      /No changes\.|Plan: 0 to add, 0 to change, 0 to destroy/,
    );
    const back = await last(await split.rollBack({ ...request, confirm: 'root' }, splitCall));
    expect(back?.status).toBe('rolled-back');
    expect(server.stateAt('/live')).toMatchObject({ resources: before?.['resources'], lineage: before?.['lineage'] });
    expect(server.stateAt('/live/net')).toMatchObject({ resources: [] });
    expect(server.stateAt('/live/app')).toMatchObject({ resources: [] });
  });
});
