import { readFile } from 'node:fs/promises';
import { parseDocument, LineCounter, type Document } from 'yaml';
import { AppError } from '#shared/errors/index.ts';
import { workspaceDocumentSchema, type WorkspaceDocument } from '#shared/model/index.ts';

/** The newest format of `groundplan.yaml` this version reads and writes. */
const workspaceFormat = 1;

/** `groundplan.yaml` as data, with the YAML document that keeps its comments, and whether it is from a newer version. */
export interface LoadedDocument {
  readonly value: WorkspaceDocument;
  readonly yaml: Document;
  readonly newer: number | null;
}

/** Reads `groundplan.yaml`. Throws `not-a-workspace` when it is missing, `bad-input` with line and field when wrong. */
export async function loadWorkspaceDocument(file: string, root: string): Promise<LoadedDocument> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new AppError('not-a-workspace', `${root} is not a Groundplan workspace: it has no groundplan.yaml.`, {
      advice: 'Choose another folder, or make a workspace here (on the Start screen, or with `groundplan init`).',
      details: { path: root },
      cause,
    });
  }
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines });
  const syntax = yaml.errors[0];
  if (syntax !== undefined) {
    const at = lines.linePos(syntax.pos[0]);
    throw new AppError('bad-input', `${file}:${at.line}:${at.col}: ${syntax.message.split('\n')[0] ?? 'not YAML'}`, {
      advice: 'Mend the line and open the workspace again.',
      details: { file, line: at.line, column: at.col },
    });
  }
  const data: unknown = yaml.toJS();
  const format = typeof data === 'object' && data !== null && 'groundplan' in data ? data.groundplan : undefined;
  if (typeof format === 'number' && format > workspaceFormat) {
    // Read what we know, write nothing: a newer version's facts must not be lost by ours.
    const name = typeof data === 'object' && data !== null && 'name' in data ? String(data.name) : root;
    return { value: { groundplan: 1, name }, yaml, newer: format };
  }
  const parsed = workspaceDocumentSchema.safeParse(data);
  if (parsed.success) return { value: parsed.data, yaml, newer: null };
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const node = yaml.getIn(issue?.path ?? [], true) as { range?: [number, number, number] } | undefined;
  const line = node?.range === undefined ? 1 : lines.linePos(node.range[0]).line;
  throw new AppError(
    'bad-input',
    `${file}:${line}: ${field === '' ? 'the file' : field}: ${issue?.message ?? 'wrong'}`,
    {
      advice: 'Mend the field and open the workspace again.',
      details: { file, line, field },
    },
  );
}
