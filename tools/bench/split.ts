import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { splitProposalSchema } from '#shared/model/index.ts';
import { companyTerralith, splitCall, splitRequest, splitService } from '#test/support/split/index.ts';
import { median, type BenchResult } from './result.ts';

const rounds = 3;
const [small, middle, large] = [15_000, 50_000, 100_000] as const;

/** How a root lies in files: one per feature, or everything in one. */
type Shape = 'many files' | 'one file';

/** The company's root so many times over, under names of their own, until it has as many lines. */
function rootOf(lines: number): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  let count = 0;
  for (let copy = 0; count < lines; copy += 1) {
    for (const [name, text] of Object.entries(companyTerralith('http://127.0.0.1:1'))) {
      if (name.includes('/') || (copy > 0 && /^(providers|variables|locals|data|network)\.tf$/.test(name))) {
        if (copy === 0) files[name] = text;
        continue;
      }
      const own =
        copy === 0
          ? text
          : text.replaceAll(
              /\b([a-z]+)_(dead|events|updates|store|worker|upstream|network|consume|publish|to_|reads_)/g,
              `$1_c${copy}_$2`,
            );
      const named =
        copy === 0
          ? own
          : own.replaceAll(
              /("(?:aws_subnet|aws_cloudwatch_log_group)" "|aws_subnet\.|output ")([a-z]+)/g,
              `$1$2_c${copy}`,
            );
      const room = lines - count;
      const whole = named.split('\n').length - 1;
      if (room <= 0) break;
      files[copy === 0 ? name : `c${copy}_${name}`] = named;
      count += whole;
    }
  }
  return files;
}

/** The same root with all of its own code in one file. */
function inOneFile(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const modules = Object.entries(files).filter(([name]) => name.includes('/'));
  const own = Object.entries(files).filter(([name]) => !name.includes('/'));
  return { ...Object.fromEntries(modules), 'main.tf': own.map(([, text]) => text).join('\n') };
}

interface Measured {
  readonly lines: number;
  readonly first: readonly number[];
  readonly again: readonly number[];
}

async function measure(size: number, shape: Shape): Promise<Measured> {
  const folder = mkdtempSync(path.join(tmpdir(), 'groundplan-split-bench-'));
  const root = path.join(folder, 'root');
  try {
    const files = rootOf(size);
    for (const [name, text] of Object.entries(shape === 'one file' ? inOneFile(files) : files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
    const first: number[] = [];
    const again: number[] = [];
    let lines = 0;
    for (let round = 0; round < (size === small ? rounds : 1); round += 1) {
      const split = splitService();
      let begin = performance.now();
      const proposal = splitProposalSchema.parse(await split.propose(splitRequest({ root }), splitCall));
      first.push((performance.now() - begin) / 1000);
      lines = proposal.lines;
      const member = proposal.members[round]?.address ?? '';
      const part = proposal.groups.find(({ resources }) => !resources.includes(member))?.name ?? '';
      begin = performance.now();
      await split.propose(splitRequest({ root, decisions: { pins: { [member]: part } } }), splitCall);
      again.push((performance.now() - begin) / 1000);
    }
    return { lines, first, again };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rows(size: number, shape: Shape, { lines, first, again }: Measured): readonly BenchResult[] {
  const what = shape === 'one file' ? `${size} lines in one file` : `${size} lines`;
  const method = `the company's root, ${lines} lines, ${first.length} rounds, each with a new service`;
  const aims = size === small ? [{ aim: 'under 5 s' }, { aim: 'under 1 s' }] : [{}, {}];
  return [
    { name: `${what}, from files to proposal`, median: median(first), unit: 's', ...aims[0], method },
    { name: `${what}, again after a move`, median: median(again), unit: 's', ...aims[1], method },
  ];
}

/** How the time grows from a small root to a large one, as a multiple of how the lines do. */
function growth(name: string, from: Measured, to: Measured): BenchResult {
  const seconds = median(to.first);
  return {
    name,
    median: seconds,
    unit: 's',
    ratio: seconds / median(from.first) / (to.lines / from.lines),
    aim: 'at most 1.2 × the growth in lines',
    method: `files to proposal, from ${from.lines} lines to ${to.lines}`,
  };
}

/** From files to proposal, and again after a resource was put elsewhere. Seconds. */
export async function benchSplit(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const shape of ['many files', 'one file'] as const) {
    const measured = new Map<number, Measured>();
    for (const size of shape === 'one file' ? [small, large] : [small, middle, large]) {
      const figures = await measure(size, shape);
      measured.set(size, figures);
      results.push(...rows(size, shape, figures));
    }
    const [from, to] = [measured.get(small), measured.get(large)];
    if (from !== undefined && to !== undefined) {
      results.push(growth(`growth to ${large} lines, ${shape}`, from, to));
    }
  }
  return results;
}
