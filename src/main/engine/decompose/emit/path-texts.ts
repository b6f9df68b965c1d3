import type { ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import { scanConfiguration } from '../../artifacts/terraform/json-scan.ts';
import { readJsonTree, stringsIn, type JsonNode } from '../../artifacts/terraform/json-tree.ts';
import type { PartFile } from './part-files.ts';

/** A text in a value that may name a file: without `${path.module}/` before it, up to what is computed. */
export interface PathText {
  readonly text: string;
  /** Nothing of it is computed. */
  readonly whole: boolean;
  /** Offsets of the text in the file; null where it is written with escapes, so that it cannot be replaced. */
  readonly place: { readonly start: number; readonly end: number } | null;
  /** It stands where credentials and states are named: in a provider, a backend, a connection, another root's state. */
  readonly namesSecrets: boolean;
}

const heredoc = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;
const comment = /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const ownFolder = /^path\.(module|root|cwd)$/;

/** Collects quoted texts of expressions, those within interpolations as well. */
class TextReader {
  readonly found: { readonly text: string; readonly whole: boolean; readonly start: number; readonly end: number }[] =
    [];
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text);
  }

  /** An expression up to the brace that closes it, or to an offset. */
  code(end: number): void {
    let depth = 0;
    while (this.#at < end) {
      const character = this.#text[this.#at];
      const skipped = this.#match(comment);
      const opening = character === '<' ? this.#match(heredoc) : null;
      if (skipped !== null) this.#at += skipped[0].length;
      else if (opening !== null) this.#heredoc(opening, end);
      else if (character === '"') {
        this.#at += 1;
        this.template('"', end);
        this.#at += 1;
      } else {
        if (character === '{') depth += 1;
        if (character === '}') depth -= 1;
        if (depth < 0) return;
        this.#at += 1;
      }
    }
  }

  #heredoc([all, marker = '']: RegExpExecArray, end: number): void {
    this.#at += all.length;
    const close = new RegExp(`^[ \\t]*${marker}[ \\t]*$`, 'mu').exec(this.#text.slice(this.#at, end));
    const stop = close === null ? end : this.#at + close.index;
    this.template(null, stop);
    this.#at = stop + (close?.[0].length ?? 0);
  }

  /** A template up to its quote, which is left standing, or to an offset. */
  template(quote: '"' | null, end: number): void {
    let start = this.#at;
    let stop: number | null = null;
    while (this.#at < end && this.#text[this.#at] !== quote) {
      const two = this.#text.slice(this.#at, this.#at + 2);
      if (quote !== null && two.startsWith('\\')) this.#at += 2;
      else if (two === '$$' || two === '%%') this.#at += 2;
      else if (two === '${' || two === '%{') {
        const before = this.#at;
        this.#at += 2;
        this.code(end);
        const expression = this.#text.slice(before + 2, this.#at).trim();
        this.#at += 1;
        if (before === start && stop === null && two === '${' && ownFolder.test(expression)) start = this.#at;
        else stop ??= before;
      } else this.#at += 1;
    }
    if (quote !== null) {
      const last = stop ?? Math.min(this.#at, end);
      const from = this.#text[start] === '/' && start > 0 && this.#text[start - 1] === '}' ? start + 1 : start;
      this.found.push({ text: this.#text.slice(from, last), whole: stop === null, start: from, end: last });
    }
  }
}

type Range = Pick<ScannedBlock, 'start' | 'end'>;

/** A value of a block, and whether it names credentials or a state. */
type Value = Range & Pick<PathText, 'namesSecrets'>;

/** Blocks whose paths are those of credentials or states. */
function areSecretsNamedIn({ type, labels }: ScannedBlock): boolean {
  return (
    type === 'provider' ||
    type === 'terraform' ||
    type === 'connection' ||
    (type === 'data' && labels[0] === 'terraform_remote_state')
  );
}

function valuesOf(block: ScannedBlock, within = false): readonly Value[] {
  const namesSecrets = within || areSecretsNamedIn(block);
  // Where a module lies is no file that is read.
  const own = block.attributes.filter(({ name }) => block.type !== 'module' || name !== 'source');
  return [
    ...own.map(({ name, start, end }) => ({
      start,
      end,
      // Blocks within blocks are attributes in JSON.
      namesSecrets: namesSecrets || name === 'connection',
    })),
    ...block.blocks.flatMap((inner) => valuesOf(inner, namesSecrets)),
  ];
}

/** Where connections stand within a value in JSON, as those of provisioners do. */
function connectionsIn(node: JsonNode): readonly Range[] {
  if (node.kind === 'array') return node.items.flatMap(connectionsIn);
  if (node.kind !== 'object') return [];
  return node.members.flatMap(({ key, value }) => (key === 'connection' ? [value] : connectionsIn(value)));
}

function textsOfJson(text: string, { start, end, namesSecrets }: Value): readonly PathText[] {
  const value = text.slice(start, end);
  const tree = readJsonTree(value);
  const connections = connectionsIn(tree);
  return [...stringsIn(tree)].flatMap((token): PathText[] => {
    const isPlain = !value.slice(token.start, token.end).includes('\\');
    const isWithin = connections.some((range) => token.start >= range.start && token.end <= range.end);
    // A template of its own, so that what closes it stands behind it.
    const reader = new TextReader(`${token.value}"`, 0);
    reader.template('"', token.value.length + 1);
    const from = start + token.start + 1;
    return reader.found.map((found) => ({
      text: found.text,
      whole: found.whole,
      place: isPlain ? { start: from + found.start, end: from + found.end } : null,
      namesSecrets: namesSecrets || isWithin,
    }));
  });
}

function textsOfNative(text: string, { start, end, namesSecrets }: Value): readonly PathText[] {
  const reader = new TextReader(text, start);
  reader.code(end);
  return reader.found.map(({ text: found, whole, ...place }) => ({ text: found, whole, place, namesSecrets }));
}

/** Texts in a configuration file's values that may name files. */
export function pathTexts({ path, text }: PartFile): readonly PathText[] {
  const textsOf = path.endsWith('.json') ? textsOfJson : textsOfNative;
  return scanConfiguration(path, text).blocks.flatMap((block) =>
    valuesOf(block).flatMap((value) => textsOf(text, value)),
  );
}
