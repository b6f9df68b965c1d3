import type { Json } from '#shared/base/json.ts';
import type { ImportFormat, RelationshipFact, ResourceFact, ScopeFact } from '#shared/model/index.ts';
import type { ArchivedCell, CellKey } from '#engine/ports/index.ts';
import type { Layout, TextEnd } from './input/records.ts';
import type { TextHead } from './input/text-head.ts';

/** A kind of export that can be read. */
export interface OfflineFormat {
  readonly id: ImportFormat;
  /**
   * How its records lie in a text that begins like this; null when it is of another format. Throws `bad-input` when it
   * is of this one but cannot be used, such as a state of an old version.
   */
  recognise(head: TextHead): Layout | null;
  /**
   * Reads the text once to its end before anything of it is taken. Throws `bad-input` when it is not whole: for formats
   * of which a part is worse than nothing.
   */
  readonly verify?: (pieces: AsyncIterable<Buffer>) => Promise<void>;
  /** Begins reading one text. */
  open(context: TextContext): TextReader;
}

/** What a reader knows of its text, and where its facts go. */
export interface TextContext {
  readonly name: string;
  /** Its folders, where they are known. */
  readonly path: string;
  /** When the file was last written, in milliseconds since 1970. */
  readonly modifiedAt: number | null;
  readonly head: TextHead;
  /** The scopes that earlier runs saw. */
  readonly known: readonly ScopeFact[];
  readonly facts: FactSink;
}

/** Where facts go. Everything is put into a cell of the coverage ledger; the sink writes it page by page. */
export interface FactSink {
  scope(scope: ScopeFact): void;
  add(cell: CellKey, facts: NewFacts): void;
  /** Says what is known of a cell, where the text tells it in full; the facts of the cell follow. */
  declare(cell: ArchivedCell): void;
  /** Tells of a record that is fine and says nothing to keep, by a reason that stands for many. */
  skip(why: string): void;
  /** What the user should know about this text, as a sentence. */
  note(sentence: string): void;
}

export interface NewFacts {
  readonly resources: readonly ResourceFact[];
  readonly relationships: readonly RelationshipFact[];
  /** True for what a tool's state tells of resources: no listing, so that any listing has the last word. */
  readonly secondhand?: boolean;
}

export interface TextReader {
  /** Takes one record. Throws `UnusableRecord` for one that is not what the format promises. */
  take(value: Json, path: string): void;
  /** After the last record. */
  end(end: TextEnd): TextClosing;
}

/** What a text promises as a whole. */
export interface TextClosing {
  /** When its facts were so, in milliseconds since 1970; null when it does not say. */
  readonly capturedAt: number | null;
  /** True for a cell of which the text holds everything there is; only then may something be gone. */
  readonly isComplete: (cell: CellKey) => boolean;
  /** Why the other cells are not complete, for the coverage screen. */
  readonly why: string;
}

/** A record that is no record of its format. */
export class UnusableRecord extends Error {}
