import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { benchCode } from './code.ts';
import { benchDiscovery } from './discovery.ts';
import { benchFrames } from './frames.ts';
import { benchGraph } from './graph.ts';
import { benchHistory } from './history.ts';
import { benchImport } from './import.ts';
import { benchMillion } from './million.ts';
import { benchOrchestrator } from './orchestrator.ts';
import { benchQuestions } from './questions.ts';
import type { BenchResult } from './result.ts';
import { benchParsing } from './parsing.ts';
import { benchSplit } from './split.ts';
import { benchStartup } from './startup.ts';

// `npm run bench [-- NAME…] [-- --write]`, the names being those of `suites`: figures as they come; --write keeps
// them in the docs.

const root = path.resolve(import.meta.dirname, '..', '..');
const document = path.join(root, 'docs', 'benchmarks.md');
const suites = {
  code: benchCode,
  discovery: benchDiscovery,
  graph: benchGraph,
  questions: benchQuestions,
  frames: benchFrames,
  million: benchMillion,
  history: benchHistory,
  import: benchImport,
  orchestrator: benchOrchestrator,
  parsing: benchParsing,
  split: benchSplit,
  startup: benchStartup,
};
const wanted = process.argv.slice(2).filter((argument) => Object.hasOwn(suites, argument)) as (keyof typeof suites)[];
const write = process.argv.includes('--write');

const build = spawnSync(process.execPath, [path.join(root, 'tools', 'build', 'build.mjs')], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);

const sections = new Map<string, string>();
for (const name of wanted.length === 0 ? (Object.keys(suites) as (keyof typeof suites)[]) : wanted) {
  process.stdout.write(`\n${name} …\n`);
  const table = asTable(await suites[name]());
  process.stdout.write(`${table}\n`);
  sections.set(name, `### ${name}\n\n${table}`);
}

if (write) {
  const begin = '<!-- measured: begin -->';
  const end = '<!-- measured: end -->';
  const text = readFileSync(document, 'utf8');
  // What was not measured now stays as it was measured last.
  for (const [section, name] of text.slice(0, text.indexOf(end)).matchAll(/^### (\w+)\n\n(?:\|.*\n)+/gm)) {
    if (name !== undefined && !sections.has(name)) sections.set(name, section.trimEnd());
  }
  const inOrder = Object.keys(suites).flatMap((name) => sections.get(name) ?? []);
  const machine = `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}) and ${Math.round(totalmem() / 2 ** 30)} GiB of memory.`;
  const measured = `${begin}\n\n${machine}\n\n${inOrder.join('\n\n')}\n\n${end}`;
  const page = text.slice(0, text.indexOf(begin)) + measured + text.slice(text.indexOf(end) + end.length);
  // Tables of other widths are laid out anew, so that the page passes the format check as it is.
  writeFileSync(document, await format(page, { ...(await resolveConfig(document)), filepath: document }));
}
process.exit(0);

function asTable(results: readonly BenchResult[]): string {
  const number = (value: number | undefined) => {
    if (value === undefined) return '';
    return value < 1000 ? value.toPrecision(3) : Number(value.toPrecision(3)).toLocaleString('en');
  };
  const rows = results.map(
    ({ name, median, unit, p95, ratio, aim, method }) =>
      `| ${name} | ${number(median)} ${unit} | ${p95 === undefined ? '' : `${number(p95)} ${unit}`} | ${number(ratio)} | ${aim ?? ''} | ${method} |`,
  );
  return ['| what | median | p95 | ratio | aim | how |', '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}
