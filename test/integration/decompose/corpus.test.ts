import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  finenesses,
  splitDecisionsSchema,
  splitOptionsSchema,
  splitProposalSchema,
  type Fineness,
  type SplitProof,
  type Requirement,
  type SplitProposal,
} from '#shared/model/index.ts';
import { temporaryFolder } from '#test/support/orchestrator/index.ts';
import { prove, splitCall, splitRequest, splitService, tofu } from '#test/support/split/index.ts';
import { readModule } from '../../../src/main/engine/artifacts/terraform/module.ts';

const corpus = path.resolve(process.env['GROUNDPLAN_CORPUS'] ?? '../shared/corpus');
const roots = path.join(corpus, 'terraform');
const call = splitCall;
const split = splitService();
const options = splitOptionsSchema.parse({ allowSecrets: true });

/** Labels that name a kind of resource rather than a feature say nothing about how well features were found. */
const kinds = /^(main|policy|secrets|kms|iam|platform_.*)$/;

/** How far two divisions agree beyond chance: 1 for the same, 0 for chance (adjusted Rand index). */
function agreement(pairs: readonly (readonly [string, string])[]): number {
  const choose = (count: number): number => (count * (count - 1)) / 2;
  const sum = (keyOf: (pair: readonly [string, string]) => string): number =>
    [...Map.groupBy(pairs, keyOf).values()].reduce((total, { length }) => total + choose(length), 0);
  const [both, left, right] = [
    sum(([one, other]) => `${one}\0${other}`),
    sum(([one]) => one),
    sum(([, other]) => other),
  ];
  const expected = (left * right) / choose(pairs.length);
  const most = (left + right) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}

async function proposalOf(root: string, files: boolean, fineness: Fineness = 'medium'): Promise<SplitProposal> {
  const decisions = splitDecisionsSchema.parse({ files, fineness });
  return splitProposalSchema.parse(await split.propose({ root: path.join(roots, root), decisions, options }, call));
}

/** What an older provider does not know yet; everything else that the tool finds is a fault of the part. */
const ofNewerSchemas =
  /^(Unsupported (argument|block type|attribute)|Invalid (resource|data source)( type)?|Missing required argument|Insufficient .* blocks|Too many .* blocks|Incorrect attribute value type|Conflicting configuration arguments|Missing attribute.*|Argument or block definition required)$/;

/** What the real tool says of a part, with the provider that is at hand in place of the version it wants. */
async function acceptance(
  part: string,
  requires: readonly Requirement[],
): Promise<{ readonly words: string; readonly wrong: readonly string[] }> {
  const missing = requires
    .filter(({ kind, name }) => kind === 'module' || (kind === 'provider' && !/(^|\/)(aws|terraform)$/.test(name)))
    .map(({ name }) => name);
  if (missing.length > 0) {
    return { words: `not validated: ${[...new Set(missing)].join(', ')} not at hand`, wrong: [] };
  }
  const versions = { aws: { source: 'hashicorp/aws', version: '1.60.0' } };
  const text = JSON.stringify({ terraform: { required_version: '>= 1.0', required_providers: versions } });
  await writeFile(path.join(part, 'at_hand_override.tf.json'), text);
  await tofu(part, ['init', '-backend=false', '-input=false']);
  const said = await tofu(part, ['validate', '-json']).catch(
    (error: unknown) => z.object({ stdout: z.string() }).parse(error).stdout,
  );
  const { valid, diagnostics } = validationSchema.parse(JSON.parse(said));
  if (valid) return { words: 'validated', wrong: [] };
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const wrong = errors.filter(({ summary }) => !ofNewerSchemas.test(summary));
  return {
    words: `validated but for ${errors.length} findings that aws 1.60.0 has of newer code`,
    wrong: wrong.map(({ summary, detail }) => `${summary}: ${detail}`),
  };
}

const validationSchema = z.object({
  valid: z.boolean(),
  diagnostics: z.array(z.object({ severity: z.string(), summary: z.string(), detail: z.string().default('') })),
});

function proofOf(root: string): Promise<SplitProof> {
  return prove(split, { root: path.join(roots, root), options: { allowSecrets: true }, state: { from: 'none' } });
}

describe.skipIf(!existsSync(path.join(roots, 'features.json')))('real roots taken apart (GROUNDPLAN_CORPUS)', () => {
  it('fall into the features their authors named, with few moves and no cycle, and lose nothing', async () => {
    const text = await readFile(path.join(roots, 'features.json'), 'utf8');
    const features = z.record(z.string(), z.record(z.string(), z.string())).parse(JSON.parse(text));
    const lines: string[] = [];
    const averages = { files: 0, code: 0 };
    for (const [root, labels] of Object.entries(features)) {
      const scores = { files: 0, code: 0 };
      for (const evidence of ['files', 'code'] as const) {
        const proposal = await proposalOf(root, evidence === 'files');
        expect(proposal.members.map(({ address }) => address).sort()).toEqual(Object.keys(labels).sort());
        expect(proposal.cycles).toEqual([]);
        const pairs = proposal.members.flatMap(({ address, group }): [string, string][] => {
          const label = labels[address] ?? '';
          return kinds.test(label) ? [] : [[label, group]];
        });
        scores[evidence] = agreement(pairs);
        averages[evidence] += scores[evidence] / Object.keys(features).length;
        if (evidence === 'code') continue;
        for (const fineness of finenesses) {
          const { groups, moves, bound, members, cycles } = await proposalOf(root, true, fineness);
          lines.push(
            `${root}, ${fineness}: ${groups.length} groups, ${moves.length} of ${members.length} moved, ${bound.length} bound`,
          );
          expect(cycles).toEqual([]);
          expect(moves.length).toBeLessThanOrEqual(0.05 * members.length);
        }
      }
      const proof = await proofOf(root);
      expect(proof?.checks.filter(({ status }) => status === 'failed')).toEqual([]);
      lines.push(
        `  adjusted Rand index ${scores.files.toFixed(2)}, from names and references alone ${scores.code.toFixed(2)}`,
      );
    }
    lines.push(`average: ${averages.files.toFixed(2)}, from names and references alone ${averages.code.toFixed(2)}`);
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(averages.files).toBeGreaterThanOrEqual(0.7);
  });

  it('give parts that parse everywhere, and that the tool accepts where what they need is at hand', async () => {
    const text = await readFile(path.join(roots, 'features.json'), 'utf8');
    const names = Object.keys(z.record(z.string(), z.unknown()).parse(JSON.parse(text)));
    for (const root of names) {
      await using folder = await temporaryFolder();
      const out = path.join(folder.path, 'out');
      const request = splitRequest({ root: path.join(roots, root), options: { allowSecrets: true }, out });
      const { artifacts } = await split.emit(request, call);
      process.stdout.write(`${root}\n`);
      for (const artifact of artifacts) {
        const part = path.join(out, 'artifacts', artifact);
        const { problems, readableFiles, requires } = await readModule(part, { boundary: part });
        expect(problems.filter(({ code }) => code === 'unreadable-file')).toEqual([]);
        const told = await acceptance(part, requires);
        expect(told.wrong, artifact).toEqual([]);
        process.stdout.write(`  ${artifact}: ${readableFiles} files re-parsed, ${told.words}\n`);
      }
    }
  });
});
