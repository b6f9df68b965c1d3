import { useMemo } from 'react';
import { validateBlueprint } from '#shared/blueprint/index.ts';
import type { Draft, Problem } from '#shared/model/index.ts';
import { useCanvas } from '../../../canvas/index.ts';

/** Problems of what is on the canvas, and those of the file that only the engine can find. */
export function useProblems(onDisk: Draft): readonly Problem[] {
  const document = useCanvas((state) => state.model.document);
  const palette = useCanvas((state) => state.palette);
  const saved = useCanvas((state) => state.save.phase === 'saved');
  return useMemo(() => {
    const own = validateBlueprint(document, palette);
    const key = (problem: Problem) => `${problem.code} ${problem.field ?? ''} ${problem.message}`;
    const known = new Set(own.map(key));
    const others = onDisk.problems.filter((problem) => !known.has(key(problem)));
    return saved || onDisk.document === null ? [...own, ...others] : own;
  }, [document, palette, saved, onDisk]);
}
