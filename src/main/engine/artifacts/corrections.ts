import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { problemsOfIssues } from '#shared/blueprint/index.ts';
import { artifactDocumentSchema, portCorrectionSchema } from '#shared/model/index.ts';
import type { ArtifactDocument, Problem } from '#shared/model/index.ts';
import { parseYaml, placeProblems } from '#engine/files/index.ts';
import { correctionsFile, correctionsFiles } from './source-files.ts';

/** What `groundplan.yaml` beside the code says, and where. */
export interface Corrections {
  /** The file's name, as it was found. */
  readonly file: string;
  /** Null when there is none. */
  readonly text: string | null;
  /** Empty where the file is wrong. */
  readonly document: ArtifactDocument;
  readonly problems: readonly Problem[];
  lineOf(path: readonly (string | number)[]): number;
}

const none: Corrections = { file: correctionsFile, text: null, document: {}, problems: [], lineOf: () => 1 };
const knownFields = [...Object.keys(artifactDocumentSchema.shape), ...Object.keys(portCorrectionSchema.shape)];

async function textIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function bothFiles(older: string): Problem {
  return {
    severity: 'warning',
    code: 'two-corrections',
    message: `${older} is not read: there is a ${correctionsFile} too.`,
    advice: `Move what is still wanted into ${correctionsFile}, and remove ${older}.`,
    file: older,
    line: 1,
    column: 1,
    field: null,
    node: null,
  };
}

function correctionsIn(text: string, file: string): Corrections {
  const yaml = parseYaml(text, file);
  const read = { ...none, file, text };
  if (yaml.problems.length > 0) return { ...read, problems: yaml.problems };
  // A workspace has a file of this name as well; where code lies beside that one, it says nothing about the code.
  if (typeof yaml.value === 'object' && yaml.value !== null && 'groundplan' in yaml.value) return none;
  // A file of comments only corrects nothing.
  const parsed = artifactDocumentSchema.safeParse(yaml.value ?? {});
  const lineOf = (at: readonly (string | number)[]): number => yaml.positionOf(at).line;
  if (parsed.success) return { ...read, document: parsed.data, lineOf };
  return { ...read, problems: placeProblems(problemsOfIssues(parsed.error.issues, knownFields), yaml, file) };
}

/** What code says in itself, as corrections that all stand on one line. */
export function correctionsInCode({
  file,
  document,
  line,
}: Pick<Corrections, 'file' | 'document'> & { readonly line: number }): Corrections {
  return { ...none, file, document, lineOf: () => line };
}

/**
 * Reads the corrections beside code: `groundplan.yaml`, or its older name `artifact.yaml`; there may be none. A file
 * with a mistake or an unknown field is named with its line, and nothing of it is applied.
 */
export async function readCorrections(folder: string): Promise<Corrections> {
  let found: Corrections = none;
  for (const file of correctionsFiles) {
    const text = await textIfThere(path.join(folder, file));
    if (text === null) continue;
    const corrections = correctionsIn(text, file);
    if (corrections.text === null) continue;
    if (found.text !== null) return { ...found, problems: [...found.problems, bothFiles(file)] };
    found = corrections;
  }
  return found;
}
