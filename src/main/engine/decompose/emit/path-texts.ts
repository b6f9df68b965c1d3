import type { ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import { scanConfiguration } from '../../artifacts/terraform/json-scan.ts';
import { readJsonTree, stringsIn, type JsonNode } from '../../artifacts/terraform/json-tree.ts';
import type { PartFile } from './part-files.ts';

/** A text in a value that may name a file: without `${path.module}/` before it, up to what is computed. */
export interface PathText {
  readonly text: string;
  /** Nothing of it is computed. */
  readonly whole: boolean;
  /** `${path.module}` or its like stands before it. */
  readonly own: boolean;
  /** Offsets of the text in the file; null where it is written with escapes, so that it cannot be replaced. */
  readonly place: { readonly start: number; readonly end: number } | null;
  /** It stands where credentials and states are named: in a provider, a backend, a connection, another root's state. */
  readonly namesSecrets: boolean;
}

const heredoc = /<<-?([\p{L}_][\p{L}\p{N}_-]*)[ \t]*\r?\n/uy;
const comment = /#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const ownFolder = /^path\.(module|root|cwd)$/;
/** Attributes that hold a command: each word may name a file. */
const commands: ReadonlySet<string> = new Set(['command', 'inline', 'program']);
/** What ends a word of a command, for a shell. */
const wordEnd = /[\s"'`;|&<>()=,]/;

interface FoundText extends Pick<PathText, 'text' | 'whole' | 'own'> {
  readonly start: number;
  readonly end: number;
}

/** A text as it is being read. */
interface OpenText {
  readonly start: number;
  /** Where it begins to be computed; null while it is not. */
  stop: number | null;
  readonly own: boolean;
  /** It ends with its word; else with the template. */
  readonly word: boolean;
}

/** Collects quoted texts of expressions, those within interpolations as well. */
class TextReader {
  readonly found: FoundText[] = [];
  readonly #text: string;
  readonly #words: boolean;
  #at: number;

  /** `words` says that texts are commands. */
  constructor(text: string, at: number, words: boolean) {
    this.#text = text;
    this.#at = at;
    this.#words = words;
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

  /** A template up to its quote, which is left standing, or to an offset; long texts are only looked through for words. */
  template(quote: '"' | null, end: number): void {
    const begin = this.#at;
    let open: OpenText | null =
      quote === null && !this.#words ? null : { start: begin, stop: null, own: false, word: this.#words };
    while (this.#at < end && this.#text[this.#at] !== quote) {
      const before = this.#at;
      const two = this.#text.slice(before, before + 2);
      if ((quote !== null && two.startsWith('\\')) || two === '$$' || two === '%%') {
        this.#at += 2;
        if (two.startsWith('\\')) open = this.#ended(open, before);
      } else if (two === '${' || two === '%{') {
        this.#at += 2;
        this.code(end);
        const isOwn = two === '${' && ownFolder.test(this.#text.slice(before + 2, this.#at).trim());
        this.#at += 1;
        if (isOwn) {
          if (before > begin) this.#take(open, before, true);
          open = { start: this.#at, stop: null, own: true, word: this.#words || quote === null || before > begin };
        } else if (open !== null) {
          if (open.word && !open.own && open.start === before) open = null;
          else open.stop ??= before;
        }
      } else {
        this.#at += 1;
        if (wordEnd.test(two.charAt(0))) open = this.#ended(open, before);
      }
    }
    this.#take(open, Math.min(this.#at, end));
  }

  /** What is open behind the end of a word. */
  #ended(open: OpenText | null, at: number): OpenText | null {
    if (open?.word === false) return open;
    this.#take(open, at);
    return this.#words ? { start: this.#at, stop: null, own: false, word: true } : null;
  }

  #take(open: OpenText | null, at: number, computed = false): void {
    if (open === null) return;
    const end = open.stop ?? at;
    const start = open.own && this.#text[open.start] === '/' ? open.start + 1 : open.start;
    // Between two words there is nothing.
    if (open.word && !open.own && end <= start) return;
    const text = this.#text.slice(start, end);
    this.found.push({ text, whole: open.stop === null && !computed, own: open.own, start, end });
  }
}

type Range = Pick<ScannedBlock, 'start' | 'end'>;

/** A value of a block, whether it names credentials or a state, and whether it is a command. */
type Value = Range & Pick<PathText, 'namesSecrets'> & { readonly isCommand: boolean };

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
      isCommand: commands.has(name),
    })),
    ...block.blocks.flatMap((inner) => valuesOf(inner, namesSecrets)),
  ];
}

/** Where members of some names stand within a value in JSON, which has no blocks within blocks. */
function membersIn(node: JsonNode, names: ReadonlySet<string>): readonly Range[] {
  if (node.kind === 'array') return node.items.flatMap((item) => membersIn(item, names));
  if (node.kind !== 'object') return [];
  return node.members.flatMap(({ key, value }) => (names.has(key) ? [value] : membersIn(value, names)));
}

const connections: ReadonlySet<string> = new Set(['connection']);

function textsOfJson(text: string, { start, end, namesSecrets, isCommand }: Value): readonly PathText[] {
  const value = text.slice(start, end);
  const tree = readJsonTree(value);
  const [connected, commanded] = [membersIn(tree, connections), membersIn(tree, commands)];
  return [...stringsIn(tree)].flatMap((token): PathText[] => {
    const isPlain = !value.slice(token.start, token.end).includes('\\');
    const isIn = (ranges: readonly Range[]): boolean =>
      ranges.some((range) => token.start >= range.start && token.end <= range.end);
    // A template of its own, so that what closes it stands behind it.
    const reader = new TextReader(`${token.value}"`, 0, isCommand || isIn(commanded));
    reader.template('"', token.value.length + 1);
    const from = start + token.start + 1;
    return reader.found.map(({ start: first, end: last, ...found }) => ({
      ...found,
      place: isPlain ? { start: from + first, end: from + last } : null,
      namesSecrets: namesSecrets || isIn(connected),
    }));
  });
}

function textsOfNative(text: string, { start, end, namesSecrets, isCommand }: Value): readonly PathText[] {
  const reader = new TextReader(text, start, isCommand);
  reader.code(end);
  return reader.found.map(({ start: from, end: to, ...found }) => ({
    ...found,
    place: { start: from, end: to },
    namesSecrets,
  }));
}

/** Texts in a configuration file's values that may name files. */
export function pathTexts({ path, text }: PartFile): readonly PathText[] {
  const textsOf = path.endsWith('.json') ? textsOfJson : textsOfNative;
  return scanConfiguration(path, text).blocks.flatMap((block) =>
    valuesOf(block).flatMap((value) => textsOf(text, value)),
  );
}
