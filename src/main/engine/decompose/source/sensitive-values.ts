import { callsIn, type FunctionCall, type Reference } from '../../artifacts/terraform/hcl-references.ts';
import type { ScannedAttribute } from '../../artifacts/terraform/hcl-scan.ts';
import { callsInJson } from '../../artifacts/terraform/json-references.ts';
import type { RootGraph } from '../graph/root-graph.ts';
import { attributesOf, type Use } from '../graph/uses.ts';
import { attributeOf, type Declaration, type Piece } from './declarations.ts';
import type { CalledModule } from './module-calls.ts';
import type { SourceFile } from './root-source.ts';

/** Whether a provider's schema says that an attribute is sensitive. */
export type SchemaSensitivity = (kind: 'resource' | 'data', type: string, attribute: string) => boolean;

/** Which values of a root are sensitive by its code: null for those that are not, else why, in words. */
export interface SensitiveValues {
  /** A value of a resource, data source or module call; null as attribute means the whole object. */
  reason(address: string, attribute: string | null): string | null;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Calls of `sensitive` and `nonsensitive` in a value, in either syntax. */
function markingCalls({ path, text }: SourceFile, value: Range): readonly FunctionCall[] {
  // Few values have any, and every one is asked.
  if (!/sensitive\s*\(/.test(text.slice(value.start, value.end))) return [];
  return path.endsWith('.json') ? callsInJson(text, value) : callsIn(text, value.start, value.end);
}

function isCallOf(name: string): (call: FunctionCall) => boolean {
  return (call) => call.name === name || call.name === `core::${name}`;
}

function isWithin({ start }: Pick<Range, 'start'>, ranges: readonly Range[]): boolean {
  return ranges.some((range) => start >= range.start && start < range.end);
}

/** The entry of an object written out in an attribute; the attribute itself where it is none, or has no such entry. */
function entryOf(text: string, attribute: Range, key: string | null): Range {
  const inner = text.slice(attribute.start, attribute.end);
  if (key === null || !inner.startsWith('{')) return attribute;
  let depth = 0;
  let from = 1;
  const entries: Range[] = [];
  for (let at = 0; at < inner.length; at += 1) {
    const character = inner.charAt(at);
    if (character === '"') at = inner.slice(at + 1).search(/(?<!\\)"/) + at + 1;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if ((depth === 1 && (character === ',' || character === '\n')) || (depth === 0 && at === inner.length - 1)) {
      entries.push({ start: from, end: at });
      from = at + 1;
    }
  }
  const entry = entries.find(({ start, end }) => new RegExp(`^\\s*"?${key}"?\\s*[=:]`).test(inner.slice(start, end)));
  return entry === undefined ? attribute : { start: attribute.start + entry.start, end: attribute.start + entry.end };
}

/** The step of a reference after the first so many names. */
function nameAfter({ steps }: Reference, count: number): string | null {
  const step = steps[count];
  return step?.kind === 'name' ? step.text : null;
}

/**
 * Follows what is sensitive through a root's expressions: variables marked so, what a schema calls so, `sensitive(…)`,
 * and whatever refers to one of them; `nonsensitive(…)` ends it. `given` are the variables that a caller hands something
 * sensitive.
 */
export function sensitiveValues(
  { graph, modules }: { readonly graph: RootGraph; readonly modules: ReadonlyMap<string, CalledModule> },
  schema: SchemaSensitivity,
  given: ReadonlySet<string> = new Set(),
): SensitiveValues {
  const known = new Map<string, string | null>();

  function once(key: string, find: () => string | null): string | null {
    const found = known.get(key);
    if (found !== undefined) return found;
    // What leads back to itself adds nothing.
    known.set(key, null);
    const reason = find();
    known.set(key, reason);
    return reason;
  }

  const isMarked = ({ pieces }: Declaration): boolean =>
    pieces.some(({ file, block }) => {
      const mark = attributeOf(block, 'sensitive');
      return mark !== undefined && file.text.slice(mark.start, mark.end) === 'true';
    });

  function expression(declaration: Declaration, piece: Piece, range: Range): string | null {
    // An entry of a local's object is no whole value in JSON.
    const calls = markingCalls(piece.file, piece.attribute ?? range);
    const cleared = calls.filter(isCallOf('nonsensitive'));
    const marked = calls
      .filter(isCallOf('sensitive'))
      .find((call) => isWithin(call, [range]) && !isWithin(call, cleared));
    if (marked !== undefined) return 'sensitive(…)';
    for (const use of graph.uses(declaration.address)) {
      const { reference } = use;
      if (use.file !== piece.file || reference.start < range.start || reference.end > range.end) continue;
      if (use.role !== 'value' || isWithin(reference, cleared)) continue;
      const reason = used(use);
      if (reason !== null) return reason;
    }
    return null;
  }

  function used({ to, attribute, reference }: Use): string | null {
    const target = graph.declarations.get(to);
    if (target === undefined) return null;
    if (target.kind === 'variable') {
      return isMarked(target) || given.has(target.name) ? `${to} is sensitive` : null;
    }
    if (target.kind === 'local') {
      const [piece] = target.pieces;
      if (piece?.attribute === null || piece === undefined) return null;
      const key = nameAfter(reference, 1);
      const whole: ScannedAttribute = piece.attribute;
      return once(`${to} ${key ?? ''}`, () => expression(target, piece, entryOf(piece.file.text, whole, key)));
    }
    return reason(to, attribute);
  }

  function ofOutput(call: Declaration, name: string): string | null {
    const called = modules.get(call.address);
    const inside = called?.inside ?? null;
    if (called?.outputs?.properties[name]?.['x-sensitive'] === true) {
      return `output ${name} of ${called.source} is sensitive`;
    }
    if (inside === null) return null;
    const handed = new Set(
      call.pieces.flatMap((piece) =>
        piece.block.attributes
          .filter((attribute) => expression(call, piece, attribute) !== null)
          .map((attribute) => attribute.name),
      ),
    );
    const within = sensitiveValues(inside, schema, handed);
    return within.reason(`output.${name}`, null);
  }

  function ofAttributes(declaration: Declaration, attribute: string | null): string | null {
    for (const piece of declaration.pieces) {
      for (const { attribute: one, path } of attributesOf(piece)) {
        if (attribute !== null && path[0] !== attribute) continue;
        const found = expression(declaration, piece, one);
        if (found !== null) return found;
      }
    }
    return null;
  }

  function reason(address: string, attribute: string | null): string | null {
    const declaration = graph.declarations.get(address);
    if (declaration === undefined) return null;
    const { kind, type } = declaration;
    return once(`${address} ${attribute ?? ''}`, () => {
      switch (kind) {
        case 'module':
          return attribute === null
            ? (Object.keys(modules.get(address)?.outputs?.properties ?? {})
                .map((name) => ofOutput(declaration, name))
                .find((one) => one !== null) ?? null)
            : ofOutput(declaration, attribute);
        case 'output':
          return ofAttributes(declaration, 'value');
        case 'resource':
        case 'data':
          if (attribute !== null && schema(kind, type, attribute)) return `${type}.${attribute} is sensitive`;
          return ofAttributes(declaration, attribute);
        default:
          return null;
      }
    });
  }

  return { reason };
}
