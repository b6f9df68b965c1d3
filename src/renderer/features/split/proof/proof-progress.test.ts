import { expect, it } from 'vitest';
import type { SplitCheck } from '#shared/model/index.ts';
import { emptyProgress, foldProof, proofSentence } from './proof-progress.ts';

function check(id: string, status: SplitCheck['status']): SplitCheck {
  return { id, title: id, status, detail: '', findings: [] };
}

it('a proof tells its points as they are looked at, and ends with all of them', () => {
  const one = foldProof(foldProof(emptyProgress, { type: 'doing', text: 'Cutting' }), {
    type: 'check',
    check: check('syntax', 'proven'),
  });
  expect(one).toMatchObject({ doing: 'Cutting', proof: null });
  const proof = { complete: true, at: 0, checks: [check('syntax', 'proven'), check('plans', 'proven')] };
  expect(foldProof(one, { type: 'done', proof })).toEqual({ doing: null, checks: proof.checks, proof });
});

it('says in one line what is proven, what is not, and what is open', () => {
  const sentence = (...statuses: SplitCheck['status'][]): string =>
    proofSentence({
      complete: statuses.every((status) => status === 'proven'),
      at: 0,
      checks: statuses.map((status, at) => check(`${at}`, status)),
    });
  expect(sentence('proven', 'proven')).toBe('All 2 points are proven.');
  expect(sentence('proven', 'failed')).toBe('1 of 2 points does not hold.');
  expect(sentence('failed', 'failed', 'needs-state')).toBe('2 of 3 points do not hold, 1 is open.');
  expect(sentence('proven', 'needs-state', 'needs-tool')).toBe('2 are open.');
});
