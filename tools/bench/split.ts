import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { splitProposalSchema } from '#shared/model/index.ts';
import { companyTerralith, splitCall, splitRequest, splitService } from '#test/support/split/index.ts';
import { median, type BenchResult } from './result.ts';

const rounds = 3;
const sizes = [15_000, 50_000, 100_000] as const;

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

/** From files to proposal, and again after a resource was put elsewhere. Seconds. */
export async function benchSplit(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const size of sizes) {
    const folder = mkdtempSync(path.join(tmpdir(), 'groundplan-split-bench-'));
    const root = path.join(folder, 'root');
    try {
      for (const [name, text] of Object.entries(rootOf(size))) {
        mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
        writeFileSync(path.join(root, name), text);
      }
      const first: number[] = [];
      const again: number[] = [];
      let lines = 0;
      for (let round = 0; round < (size === 15_000 ? rounds : 1); round += 1) {
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
      const isAim = size === 15_000;
      const method = `the company's root, ${lines} lines, ${first.length} rounds, each with a new service`;
      results.push(
        {
          name: `${size} lines from files to proposal`,
          median: median(first),
          unit: 's',
          ...(isAim ? { aim: 'under 5 s' } : {}),
          method,
        },
        {
          name: `${size} lines again after a move`,
          median: median(again),
          unit: 's',
          ...(isAim ? { aim: 'under 1 s' } : {}),
          method,
        },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return results;
}
