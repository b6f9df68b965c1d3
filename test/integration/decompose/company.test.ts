import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/orchestrator/index.ts';
import {
  applyRoot,
  companyTerralith,
  everythingProven,
  findingsOf,
  prove,
  splitRequest,
  splitCall,
  splitService,
} from '#test/support/split/index.ts';
import { startMoto, type Moto } from '#test/support/toolchain/index.ts';

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

describe('the terralith of a company, applied with the real AWS provider', () => {
  it('is taken apart, and no part plans a change', { timeout: 900_000 }, async () => {
    await using folder = await temporaryFolder();
    const root = await applyRoot(folder.path, companyTerralith(moto.endpoint));
    const split = splitService();
    const request = splitRequest({ root, out: path.join(folder.path, 'out') });
    const proposal = await split.propose(request, splitCall);
    expect(proposal.lines).toBeGreaterThanOrEqual(10_000);
    expect(proposal.members.length).toBeGreaterThanOrEqual(400);
    expect(proposal.cycles).toEqual([]);
    expect(proposal.groups.length).toBeGreaterThan(10);
    expect(proposal.scores.movedShare).toBeLessThanOrEqual(0.05);
    const proof = await prove(split, { root });
    expect(findingsOf(proof)).toEqual(everythingProven);
  });
});
