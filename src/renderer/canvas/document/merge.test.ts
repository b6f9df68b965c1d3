import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleDocument, exampleModel } from '#test/support/canvas/example.ts';
import type { CanvasModel } from './canvas-model.ts';
import { applyCommand, type CanvasCommand } from './commands.ts';
import { mergeModels, settleConflicts } from './merge.ts';

function after(command: CanvasCommand): CanvasModel {
  const result = applyCommand(exampleModel, command);
  if (!result.ok) throw new Error(result.problems.join(' '));
  return result.value;
}

describe('two-sided edits', () => {
  it('of different places are both kept', () => {
    const ours = after({ type: 'set-input', node: 'database', input: 'name', value: 'main' });
    const theirs = after({ type: 'set-input', node: 'network', input: 'name', value: 'vpc' });
    const merge = mergeModels(exampleModel, ours, theirs);
    expect(merge.conflicts).toEqual([]);
    expect(merge.model.document.nodes['database']?.set?.['name']).toBe('main');
    expect(merge.model.document.nodes['network']?.set?.['name']).toBe('vpc');
  });

  it('of the same place wait for a choice, and either choice can be taken', () => {
    const ours = after({ type: 'set-input', node: 'network', input: 'name', value: 'ours' });
    const theirs = after({ type: 'set-input', node: 'network', input: 'name', value: 'theirs' });
    const merge = mergeModels(exampleModel, ours, theirs);
    expect(merge.conflicts).toEqual([
      { path: ['nodes', 'network', 'set', 'name'], base: undefined, ours: 'ours', theirs: 'theirs' },
    ]);
    expect(settleConflicts(merge, new Set()).document).toEqual(ours.document);
    expect(settleConflicts(merge, new Set(['nodes.network.set.name'])).document).toEqual(theirs.document);
  });

  it('notice when one side removes what the other changes', () => {
    const ours = after({ type: 'remove-nodes', names: ['database'] });
    const theirs = after({ type: 'set-input', node: 'database', input: 'name', value: 'main' });
    const merge = mergeModels(exampleModel, ours, theirs);
    expect(merge.conflicts.map(({ path }) => path.join('.'))).toEqual(['nodes.database']);
    expect(merge.model.document.nodes['database']).toBeUndefined();
    const settled = settleConflicts(merge, new Set(['nodes.database']));
    expect(settled.document.nodes['database']).toEqual(theirs.document.nodes['database']);
  });

  it('never conflict over places on the canvas', () => {
    const ours = after({ type: 'move-nodes', positions: { network: { x: 1, y: 1 } } });
    const theirs = after({ type: 'move-nodes', positions: { network: { x: 2, y: 2 }, database: { x: 3, y: 3 } } });
    const merge = mergeModels(exampleModel, ours, theirs);
    expect(merge.conflicts).toEqual([]);
    expect(merge.model.positions).toMatchObject({ network: { x: 1, y: 1 }, database: { x: 3, y: 3 } });
  });
});

it('loses nothing: what only one side changed is always in the result', () => {
  const value = fc.constantFrom('a', 'b', 'c');
  const field = fc.constantFrom('cidr', 'name', 'other');
  const command = fc.record({ node: fc.constantFrom('network', 'database', 'application'), input: field, value });
  fc.assert(
    fc.property(fc.array(command, { maxLength: 6 }), fc.array(command, { maxLength: 6 }), (mine, others) => {
      const apply = (commands: readonly { node: string; input: string; value: string }[]): CanvasModel =>
        commands.reduce<CanvasModel>((model, edit) => {
          const result = applyCommand(model, { type: 'set-input', ...edit });
          return result.ok ? result.value : model;
        }, exampleModel);
      const [ours, theirs] = [apply(mine), apply(others)];
      const merge = mergeModels(exampleModel, ours, theirs);
      const conflicted = new Set(merge.conflicts.map(({ path }) => path.join('.')));
      for (const node of ['network', 'database', 'application']) {
        for (const input of ['cidr', 'name', 'other']) {
          const [base, our, their, merged] = [{ document: exampleDocument }, ours, theirs, merge.model].map(
            ({ document }) => document.nodes[node]?.set?.[input],
          );
          const path = `nodes.${node}.set.${input}`;
          const disagree = our !== base && their !== base && our !== their;
          expect(conflicted.has(path)).toBe(disagree);
          expect(merged).toEqual(our === base ? their : our);
        }
      }
    }),
  );
});
