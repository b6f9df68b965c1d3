import { readFileSync } from 'node:fs';
import { problemsOfIssues } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  quietHoursSchema,
  workspaceDocumentSchema,
  type Problem,
  type WorkspaceDocument,
} from '#shared/model/index.ts';
import { parseYaml, placeProblems } from '../files/index.ts';

/** The newest format of `groundplan.yaml` this version reads and writes. */
const workspaceFormat = 1;

const fields = [
  ...Object.keys(workspaceDocumentSchema.shape),
  ...workspaceDocumentSchema.shape.connections.unwrap().element.options.flatMap(({ shape }) => Object.keys(shape)),
  ...Object.keys(workspaceDocumentSchema.shape.schedules.unwrap().element.shape),
  ...Object.keys(quietHoursSchema.shape),
  ...Object.keys(workspaceDocumentSchema.shape.history.unwrap().shape),
  ...Object.keys(workspaceDocumentSchema.shape.tools.unwrap().shape),
];

/** `groundplan.yaml` as text and as data, and its format when that is newer than ours. */
export interface LoadedDocument {
  readonly text: string;
  readonly value: WorkspaceDocument;
  readonly newer: number | null;
}

/**
 * Reads `groundplan.yaml`. Throws `not-a-workspace` when it is missing, `bad-input` with line, column and field when
 * it is wrong or cannot be read.
 */
export function loadWorkspaceDocument(file: string, root: string): LoadedDocument {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw unreadable(thrown as NodeJS.ErrnoException, file, root);
  }
  const yaml = parseYaml(text, file);
  const [syntax] = yaml.problems;
  if (syntax !== undefined) throw wrong(syntax);
  const { value } = yaml;
  const format = typeof value === 'object' && value !== null && 'groundplan' in value ? value.groundplan : undefined;
  if (typeof format === 'number' && format > workspaceFormat) {
    // Read what we know, write nothing: a newer version's facts must not be lost by ours.
    const name = typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : root;
    return { text, value: { groundplan: 1, name }, newer: format };
  }
  const parsed = workspaceDocumentSchema.safeParse(value);
  if (parsed.success) return { text, value: parsed.data, newer: null };
  const [problem] = placeProblems(problemsOfIssues(parsed.error.issues, fields), yaml, file);
  throw problem === undefined ? new AppError('bad-input', `${file} is no workspace document.`) : wrong(problem);
}

function unreadable(cause: NodeJS.ErrnoException, file: string, root: string): AppError {
  const details = { path: root };
  if (cause.code === 'ENOENT') {
    return new AppError('not-a-workspace', `${root} is not a Groundplan workspace: it has no groundplan.yaml.`, {
      advice: 'Choose another folder, or make a workspace here (on the Start screen, or with `groundplan init`).',
      details,
      cause,
    });
  }
  if (cause.code === 'ENOTDIR') {
    return new AppError('not-a-workspace', `${root} is a file; a workspace is a folder.`, {
      advice: 'Choose a folder.',
      details,
      cause,
    });
  }
  return new AppError('bad-input', `${file} cannot be read: ${cause.message}.`, {
    advice: 'It has to be a file that you may read.',
    details,
    cause,
  });
}

function wrong({ file, line, column, field, message, advice }: Problem): AppError {
  return new AppError('bad-input', `${file}:${line}:${column}: ${message}`, {
    advice: advice ?? 'Mend the line and open the workspace again.',
    details: { file, line, column, field },
  });
}
