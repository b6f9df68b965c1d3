import { isMap, isScalar, isSeq, type CollectionTag, LineCounter, parseDocument, type ScalarTag } from 'yaml';
import type { Problem } from '#shared/model/index.ts';

/** A CloudFormation template as data: intrinsic functions in their long form, whatever form they were written in. */
export interface Template {
  readonly value: Readonly<Record<string, unknown>>;
  /** The line of a field, or of its nearest parent that exists. */
  lineOf(path: readonly string[]): number;
}

export type TemplateReading =
  { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly problems: readonly Problem[] };

// The short forms of "Intrinsic function reference" in the CloudFormation user guide.
const shortForms = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
];

function longForm(name: string): string {
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

/** `!GetAtt A.B.C` names resource and attribute in one text. */
function attributeParts(text: string): readonly string[] {
  const at = text.indexOf('.');
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** The tags of one function: its argument may be a text, a list or a map. */
function tagsOf(name: string): (ScalarTag | CollectionTag)[] {
  const tag = `!${name}`;
  const wrap = (value: unknown): Record<string, unknown> => ({
    [longForm(name)]: name === 'GetAtt' && typeof value === 'string' ? attributeParts(value) : value,
  });
  return [
    { tag, resolve: (text) => wrap(text) },
    { tag, collection: 'seq', resolve: (list) => wrap(list.toJSON()) },
    { tag, collection: 'map', resolve: (map) => wrap(map.toJSON()) },
  ];
}

const customTags = ['Ref', 'Condition', 'GetAtt', ...shortForms].flatMap(tagsOf);

/** Tells quickly whether a text may be a template, before it is parsed. */
export function looksLikeTemplate(text: string): boolean {
  if (/(?:^|[{,])\s*["']?AWSTemplateFormatVersion["']?\s*:/m.test(text)) return true;
  return (
    /(?:^|[{,])\s*["']?Resources["']?\s*:/m.test(text) &&
    /["']?Type["']?\s*:\s*["']?(AWS|Alexa|Custom)::[A-Za-z0-9:]+/.test(text)
  );
}

/** Parses a template in YAML or JSON. What does not parse is named with line and column. */
export function readTemplate(file: string, text: string): TemplateReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { customTags, lineCounter: lines, prettyErrors: false });
  const fault = (offset: number, message: string): Problem => {
    const { line, col: column } = lines.linePos(offset);
    return {
      severity: 'error',
      code: 'unreadable-file',
      message: `${file}:${line},${column}: ${message}`,
      advice: 'Mend the template.',
      file,
      line: Math.max(1, line),
      column: Math.max(1, column),
      field: null,
      node: null,
    };
  };
  const errors = document.errors.map((error) => fault(error.pos[0], error.message.split('\n')[0] ?? error.message));
  if (errors.length > 0) return { ok: false, problems: errors };
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (!isRecord(value) || !isRecord(value['Resources'])) {
    return { ok: false, problems: [fault(0, 'The template has no Resources.')] };
  }
  return {
    ok: true,
    template: {
      value,
      lineOf(path) {
        let node: unknown = document.contents;
        let offset = 0;
        for (const step of path) {
          if (isSeq(node)) node = node.items[Number(step)];
          if (!isMap(node)) break;
          const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
          if (pair === undefined) break;
          if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
          node = pair.value;
        }
        return Math.max(1, lines.linePos(offset).line);
      },
    },
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A section of a template, such as `Parameters`; empty when it is missing. */
export function sectionOf(
  template: Template,
  name: string,
): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  const section = template.value[name];
  return isRecord(section) ? entriesOf(section) : [];
}

/** What a loop repeats counts once: how often it does is known only with its parameters. */
function entriesOf(
  section: Readonly<Record<string, unknown>>,
): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  return Object.entries(section).flatMap(([key, value]) => {
    if (isRecord(value)) return [[key, value] as const];
    const [, , body] = key.startsWith('Fn::ForEach::') && Array.isArray(value) ? (value as readonly unknown[]) : [];
    return isRecord(body) ? entriesOf(body) : [];
  });
}
