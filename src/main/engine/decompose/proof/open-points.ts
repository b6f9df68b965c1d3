import type { SplitCheck } from '#shared/model/index.ts';

const points: readonly (readonly [id: string, title: string])[] = [
  ['instances', 'Every instance of the old state is in exactly one of the new ones'],
  ['attributes', 'Attributes, private data, schema version and provider of each instance are the same'],
  ['plans', 'The plan of every part changes nothing'],
  ['drift', 'What had drifted before has drifted after, and nothing else'],
  ['way-back', 'The way back is backed up and tested'],
];

/** The points that only a state can prove. None is divided yet, so a proof from the code alone is never complete. */
export function openPoints(): readonly SplitCheck[] {
  return points.map(([id, title]) => ({
    id,
    title,
    status: 'needs-state',
    detail: 'only the code was looked at; no state was read or divided',
    findings: [],
  }));
}
