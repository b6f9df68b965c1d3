import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { Problem } from '#shared/model/index.ts';

interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML (or JSON) text with its data and the places of its fields. */
export interface YamlText {
  readonly text: string;
  readonly document: Document;
  /** The data, or undefined when the text does not parse. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Where a field stands: its key, or the nearest parent that exists. */
  positionOf(path: readonly (string | number)[]): Position;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

/** The offset of the deepest part of the path that the document has. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && keyText(item.key) === String(step));
      if (pair === undefined) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step];
      if (!isNode(item)) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else return offset;
  }
  return offset;
}

/**
 * Parses YAML. Syntax errors become problems with line and column; anchors are expanded within the library's bound,
 * and duplicate keys are errors.
 */
export function parseYaml(text: string, file: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, keepSourceTokens: true, prettyErrors: false });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = document.errors.map((error): Problem => {
    const { line, column } = at(error.pos[0]);
    const message = error.message.split('\n')[0] ?? error.message;
    const advice = 'Mend the YAML; the rest of the file is read once it parses.';
    return { severity: 'error', code: 'bad-yaml', message, advice, file, line, column, field: null, node: null };
  });
  return {
    text,
    document,
    value: problems.length > 0 ? undefined : dataOf(document, problems, file),
    problems,
    positionOf: (path) => at(offsetOf(document, path)),
  };
}

function dataOf(document: Document, problems: Problem[], file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // The library throws when aliases multiply past the bound.
    const message = error instanceof Error ? error.message : String(error);
    const advice = 'Write the repeated values out.';
    problems.push({
      severity: 'error',
      code: 'bad-yaml',
      message,
      advice,
      file,
      line: 1,
      column: 1,
      field: null,
      node: null,
    });
    return undefined;
  }
}

/** The steps of a field text such as `nodes.a.set["x y"][0]`, as `fieldText` writes it. */
function fieldPath(field: string): readonly (string | number)[] {
  return [...field.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map((match) => {
    if (match[1] !== undefined) return Number(match[1]);
    return match[2] === undefined ? (match[3] ?? '') : String(JSON.parse(`"${match[2]}"`));
  });
}

/** Gives problems that name a field the file and the place where that field stands. */
export function placeProblems(problems: readonly Problem[], yaml: YamlText, file: string): Problem[] {
  return problems.map((problem) => {
    const { line, column } = yaml.positionOf(fieldPath(problem.field ?? ''));
    return { ...problem, file, line, column };
  });
}
