import { describe, expect, it } from 'vitest';
import type { InstanceProof } from '#shared/model/index.ts';
import { emptyProgress, foldProof, proofSentence, type ProofEvent } from './proof-state.ts';

function part(instance: string, more: Partial<InstanceProof> = {}): InstanceProof {
  return {
    instance,
    node: 'networking',
    status: 'proven',
    imports: 11,
    add: 0,
    change: 0,
    destroy: 0,
    differences: [],
    stateOnly: [],
    problem: null,
    ...more,
  };
}

describe('the import proof as it runs', () => {
  it('gathers lines and keeps the newest result of each part', () => {
    const events: ProofEvent[] = [
      { type: 'doing', instance: 'us', node: 'networking', text: 'initialising' },
      { type: 'instance', proof: part('us', { status: 'differs', change: 1 }) },
      { type: 'doing', instance: 'us', node: 'networking', text: 'planning again' },
      { type: 'instance', proof: part('us') },
    ];
    const progress = events.reduce(foldProof, emptyProgress);
    expect(progress.lines.map((line) => line.text)).toEqual([
      'us / networking: initialising',
      'us / networking: planning again',
    ]);
    expect(progress.instances).toEqual([part('us')]);
  });

  it('says in one line what would happen', () => {
    expect(proofSentence([part('us'), part('eu')])).toBe('22 imports, 0 to add, 0 to change, 0 to destroy');
    expect(proofSentence([part('us'), part('eu', { status: 'differs', change: 2 })])).toBe(
      '22 imports, 0 to add, 2 to change, 0 to destroy; 1 of 2 parts not proven',
    );
  });
});
