import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { BlueprintDocument } from '#shared/model/index.ts';
import type { OrchestratorDeps } from '#engine/orchestrator/index.ts';
import { createTerraformTool } from '#engine/orchestrator/runners/terraform/index.ts';
import type { Processes } from '#engine/ports/index.ts';
import {
  createBench,
  person,
  silentLogger,
  temporaryFolder,
  writeFiles,
  type Bench,
  type TestBlueprint,
} from '#test/support/orchestrator/index.ts';
import { requireTool, tofuEnvironment } from '#test/support/toolchain/index.ts';
import { createNodeProcesses } from '../../src/main/engine-adapters/node-processes.ts';
import { median, percentile, type BenchResult } from './result.ts';

const steps = 5;
const rounds = 11;
const run = promisify(execFile);

const source = `variable "name" {
  type = string
}
resource "terraform_data" "one" {
  input = var.name
}
output "id" {
  value = terraform_data.one.id
}
`;

/** A chain: every step after the one before it, each planned exactly, so that both sides do the same in one order. */
function chain(): TestBlueprint {
  const names = Array.from({ length: steps }, (_, index) => `step${index}`);
  const nodes: BlueprintDocument['nodes'] = {};
  for (const [index, name] of names.entries()) {
    nodes[name] = { use: `${name}@1.0.0`, set: { name }, after: index === 0 ? [] : [`step${index - 1}`] };
  }
  return {
    document: { blueprint: 'chain', version: '1.0.0', boundary: 'application', nodes },
    artifacts: Object.fromEntries(
      names.map((name) => [name, { source, inputs: { name: { type: 'string' as const } } }]),
    ),
  };
}

/** When a program ran, in milliseconds of this process. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** The tool as the engine has it, keeping note of when it runs. */
function watchedTool(spans: Span[]): Pick<OrchestratorDeps, 'processes' | 'terraformTool'> {
  const plain = createNodeProcesses();
  const processes: Processes = {
    ...plain,
    async run(options) {
      const from = performance.now();
      const result = await plain.run(options);
      spans.push({ from, to: performance.now() });
      return result;
    },
  };
  const terraformTool = createTerraformTool({
    processes,
    logger: silentLogger,
    environment: tofuEnvironment(),
    configured: () => requireTool('tofu'),
  });
  return { processes, terraformTool };
}

/** Milliseconds of a time in which none of the programs ran. */
function withoutPrograms(time: Span, spans: readonly Span[]): number {
  let idle = 0;
  let at = time.from;
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    if (span.from > time.to) break;
    idle += Math.max(0, span.from - at);
    at = Math.max(at, span.to);
  }
  return idle + Math.max(0, time.to - at);
}

/** A deployment from the proposal to its end, a person's reading left out: all of it, and what is not the tool's. */
async function throughOrchestrator(
  bench: Bench,
  options: { readonly environment: string; readonly spans: readonly Span[] },
): Promise<{ whole: number; own: number }> {
  const { environment, spans } = options;
  const begin = performance.now();
  const { id } = await bench.propose('chain', { environment });
  await bench.until(id, ['AWAITING_APPROVAL']);
  const planned = performance.now();
  const { planSetDigest, envelopeDigest } = await bench.orchestrator.deployments.review({ id }, person);
  const read = performance.now();
  const digests = { planSetDigest: planSetDigest ?? '', envelopeDigest: envelopeDigest ?? '' };
  await bench.orchestrator.deployments.approve({ id, ...digests, typed: null }, person);
  await bench.until(id, ['SUCCEEDED']);
  const end = performance.now();
  return {
    whole: end - read + (planned - begin),
    own: withoutPrograms({ from: begin, to: planned }, spans) + withoutPrograms({ from: read, to: end }, spans),
  };
}

/** The commands a careful person types: plan each step, read the plan, apply that plan, look at what it gave. */
async function byHand(root: string, options: { readonly sameCommands: boolean }): Promise<number> {
  const tofu = requireTool('tofu');
  const env = tofuEnvironment();
  const folders = Array.from({ length: steps }, (_, index) => path.join(root, `step${index}`));
  for (const [index, folder] of folders.entries()) {
    await mkdir(folder, { recursive: true });
    await writeFiles(folder, { 'main.tf': source, 'a.auto.tfvars.json': JSON.stringify({ name: `step${index}` }) });
  }
  const begin = performance.now();
  const call = (cwd: string, args: readonly string[]): Promise<unknown> => run(tofu, [...args], { cwd, env });
  for (const folder of folders) {
    await call(folder, ['init', '-input=false', '-no-color']);
    await call(folder, ['plan', '-input=false', '-out=plan']);
    await call(folder, ['show', '-no-color', ...(options.sameCommands ? ['-json-into=plan.json'] : []), 'plan']);
  }
  for (const folder of folders) {
    await call(folder, ['apply', '-input=false', 'plan']);
    await call(folder, options.sameCommands ? ['show', '-json'] : ['output', '-json']);
  }
  return performance.now() - begin;
}

/**
 * What the orchestrator costs per step over OpenTofu called by hand in the same order: journal, digests, private
 * copies, checks. Both sides run in turns within this process, with `terraform_data` alone, so that the tool's own
 * starting time is all there is to compare with. Needs OpenTofu; takes about half a minute.
 */
export async function benchOrchestrator(): Promise<BenchResult[]> {
  const ours: number[] = [];
  const own: number[] = [];
  const careful: number[] = [];
  const same: number[] = [];
  await using folder = await temporaryFolder();
  const spans: Span[] = [];
  await using bench = await createBench({
    root: path.join(folder.path, 'workspace'),
    blueprints: [chain()],
    deps: watchedTool(spans),
  });
  for (let round = 0; round <= rounds; round += 1) {
    spans.length = 0;
    const one = await throughOrchestrator(bench, { environment: `round-${round}`, spans });
    const two = await byHand(path.join(folder.path, `careful-${round}`), { sameCommands: false });
    const three = await byHand(path.join(folder.path, `same-${round}`), { sameCommands: true });
    // The first round fills caches and is left out.
    if (round === 0) continue;
    ours.push(one.whole / steps);
    own.push(one.own / steps);
    careful.push(two / steps);
    same.push(three / steps);
  }
  const over = (baseline: readonly number[]): number[] =>
    ours.map((value, round) => value - (baseline[round] ?? value));
  const row = (name: string, baseline: readonly number[], method: string): BenchResult => ({
    name,
    median: median(over(baseline)),
    unit: 'ms per step',
    p95: percentile(over(baseline), 95),
    ratio: median(ours) / median(baseline),
    aim: 'under 50 ms',
    method: `${steps} steps in a chain, ${rounds} rounds in turns; ours ${median(ours).toFixed(0)} ms, by hand ${median(baseline).toFixed(0)} ms per step: ${method}`,
  });
  return [
    row('orchestrator, against the same commands by hand', same, 'init, plan, show -json-into, apply, show -json'),
    row('orchestrator, against the fewest commands by hand', careful, 'init, plan, show, apply, output -json'),
    {
      name: 'orchestrator, while no tool runs',
      median: median(own),
      unit: 'ms per step',
      p95: percentile(own, 95),
      aim: 'under 50 ms',
      method: 'the same deployments: journal, digests, copies and checks, and all the rest that is not the tool',
    },
  ];
}
