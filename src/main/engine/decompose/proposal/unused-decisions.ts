import type { Problem } from '#shared/model/index.ts';
import { problem } from '../source/problem.ts';
import type { Split } from './decide.ts';

/** Decisions about groups that are not there: of another fineness, or misspelt. They wait, and are told. */
export function unusedDecisions({ groups, decisions }: Split): readonly Problem[] {
  const advice = 'Correct the name, or leave it for the fineness it was made for.';
  const tell = (field: string, message: string): Problem =>
    problem({ code: 'unused-decision', severity: 'warning', message, advice, field });
  const names = new Set(groups.map(({ name }) => name));
  const proposed = new Set(groups.map(({ proposedName }) => proposedName));
  return [
    ...Object.keys(decisions.boundaries)
      .filter((name) => !names.has(name))
      .map((name) => tell(`boundaries.${name}`, `No part is called ${name}; the boundary decided for it is not used.`)),
    ...Object.keys(decisions.names)
      .filter((name) => !proposed.has(name))
      .map((name) => tell(`names.${name}`, `No part was proposed as ${name}; the new name for it is not used.`)),
  ];
}
