import type { z } from 'zod';
import { blueprintDocumentSchema, type BlueprintDocument, type Problem } from '../model/index.ts';
import { fieldText, nearest, toProblem, type Finding } from './problems.ts';

type Issue = z.core.$ZodIssue;

function pathOf(issue: Issue): readonly (string | number)[] {
  return issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}

function nodeOf(path: readonly (string | number)[]): string | null {
  const [root, name] = path;
  return root === 'nodes' && typeof name === 'string' ? name : null;
}

/** Turns what zod finds into problems with the field's path; unknown fields get the nearest known one as advice. */
export function problemsOfIssues(issues: readonly Issue[], known: readonly string[] = []): Problem[] {
  return issues.flatMap((issue) => {
    const path = pathOf(issue);
    if (issue.code !== 'unrecognized_keys') {
      const wrong: Finding = {
        code: 'wrong-field',
        message: `${fieldText(path) || 'The document'}: ${issue.message}`,
        advice: null,
        field: fieldText(path),
        node: nodeOf(path),
      };
      return [toProblem(wrong)];
    }
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      const field = [...path, key];
      return toProblem({
        code: 'unknown-field',
        message: `There is no field "${key}"${path.length === 0 ? '' : ` in ${fieldText(path)}`}.`,
        advice: near === null ? 'Remove it, or check its spelling.' : `Did you mean ${near}?`,
        field: fieldText(field),
        node: nodeOf(field),
      });
    });
  });
}

const knownFields = [
  'blueprint',
  'version',
  'summary',
  'boundary',
  'inputs',
  'nodes',
  'outputs',
  'use',
  'set',
  'after',
  'when',
  'value',
  'description',
  'sensitive',
  'type',
  'items',
  'properties',
  'format',
  'pattern',
  'enum',
  'default',
  'minimum',
  'maximum',
  'immutable',
  'from',
  'agent',
];

/** Reads a value as a blueprint document: the document, or null with every wrong field named. */
export function parseBlueprint(value: unknown): {
  readonly document: BlueprintDocument | null;
  readonly problems: readonly Problem[];
} {
  const parsed = blueprintDocumentSchema.safeParse(value);
  if (parsed.success) return { document: parsed.data, problems: [] };
  return { document: null, problems: problemsOfIssues(parsed.error.issues, knownFields) };
}
