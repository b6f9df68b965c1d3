import {
  callsInTemplate,
  referencesIn,
  referencesInTemplate,
  type FunctionCall,
  type Reference,
} from './hcl-references.ts';
import { readJsonTree, stringsIn } from './json-tree.ts';

/** Offsets of the text of a JSON string for each character of what it means, and for its end. */
function offsetsOf(token: string, start: number): readonly number[] {
  const offsets: number[] = [];
  let at = 1;
  while (at < token.length - 1) {
    offsets.push(start + at);
    at += token[at] !== '\\' ? 1 : token[at + 1] === 'u' ? 6 : 2;
  }
  offsets.push(start + at);
  return offsets;
}

function placed(reference: Reference, offsets: readonly number[]): Reference {
  const at = (offset: number): number => offsets[offset] ?? offsets.at(-1) ?? 0;
  return {
    ...reference,
    start: at(reference.start),
    end: at(reference.end),
    rootEnd: at(reference.rootEnd),
    steps: reference.steps.map((step) => ({ ...step, start: at(step.start), end: at(step.end) })),
  };
}

/**
 * What a value of a JSON configuration file refers to: strings are templates, or, where the language wants an address,
 * expressions. Offsets are those of the file's text; no reference holds what JSON writes with an escape but keys.
 */
export function referencesInJson(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  strings: 'template' | 'address',
): readonly Reference[] {
  const value = text.slice(start, end);
  return [...stringsIn(readJsonTree(value))].flatMap((token) => {
    const read = strings === 'address' && !token.value.includes('${') ? referencesIn : referencesInTemplate;
    const found = read(token.value);
    if (found.length === 0) return [];
    const offsets = offsetsOf(value.slice(token.start, token.end), start + token.start);
    return found.map((reference) => placed(reference, offsets));
  });
}

/** The functions that the templates of a value in a JSON configuration file call; offsets are those of its text. */
export function callsInJson(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): readonly FunctionCall[] {
  const value = text.slice(start, end);
  return [...stringsIn(readJsonTree(value))].flatMap((token) => {
    const offsets = offsetsOf(value.slice(token.start, token.end), start + token.start);
    const at = (offset: number): number => offsets[offset] ?? offsets.at(-1) ?? 0;
    return callsInTemplate(token.value).map((call) => ({ ...call, start: at(call.start), end: at(call.end) }));
  });
}
