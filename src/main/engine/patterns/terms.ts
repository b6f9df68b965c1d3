import type { Json } from '#shared/base/json.ts';
import type { Aligned } from './align.ts';
import type { Token } from './tokens.ts';

/** A value that differs between instances and so becomes an input; named once all of them are known. */
export interface InputSeed {
  readonly aligned: Aligned;
  /** Attribute path, for example `health_check.path`. */
  readonly path: string;
  readonly type: InputType;
  /** Value per instance; null where the instance has none. */
  readonly values: ReadonlyMap<string, Json>;
  readonly description: string;
  readonly sensitive: boolean;
  readonly format: string | null;
  readonly optional: boolean;
}

export type InputType =
  | 'string'
  | 'number'
  | 'bool'
  | { readonly list: InputType }
  | { readonly map: InputType }
  | { readonly object: Readonly<Record<string, InputType>> };

/** One attribute after the instances were put together. */
export type Term =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'template'; readonly pieces: readonly (string | Term)[] }
  | { readonly kind: 'token'; readonly token: Exclude<Token, 'key'> }
  /** The key of the member at hand, in a block with `for_each`. */
  | { readonly kind: 'key' }
  /** A value of the member at hand; `field` names it where a member has several. */
  | { readonly kind: 'each'; readonly field: string }
  | { readonly kind: 'input'; readonly seed: InputSeed }
  /** An attribute of another resource; `member` is the key in its `for_each`, null for the key at hand. */
  | { readonly kind: 'attribute'; readonly of: Aligned; readonly attribute: string; readonly member: string | null }
  /** The attribute of every member of a group. */
  | { readonly kind: 'all'; readonly of: Aligned; readonly attribute: string }
  /** A smaller range inside a network's. */
  | { readonly kind: 'subrange'; readonly network: Term; readonly bits: number; readonly number: Term }
  | { readonly kind: 'list'; readonly items: readonly Term[] }
  | { readonly kind: 'map'; readonly entries: Readonly<Record<string, Term>>; readonly extra: Term | null }
  | { readonly kind: 'document'; readonly value: Term }
  | { readonly kind: 'blocks'; readonly items: readonly TermBody[]; readonly more: MoreBlocks | null };

export type TermBody = Readonly<Record<string, Term>>;

/** Blocks that only some instances have: made from a list input, or one block behind a switch. */
export type MoreBlocks =
  | { readonly kind: 'list'; readonly list: Term; readonly fields: readonly string[] }
  | { readonly kind: 'switch'; readonly condition: Term; readonly body: TermBody };

/** Every term inside a term, itself first. */
export function* walk(term: Term): Generator<Term> {
  yield term;
  switch (term.kind) {
    case 'literal':
    case 'token':
    case 'key':
    case 'each':
    case 'input':
    case 'attribute':
    case 'all':
      return;
    case 'template':
      for (const piece of term.pieces) if (typeof piece !== 'string') yield* walk(piece);
      return;
    case 'subrange':
      yield* walk(term.network);
      yield* walk(term.number);
      return;
    case 'list':
      for (const item of term.items) yield* walk(item);
      return;
    case 'map':
      for (const entry of Object.values(term.entries)) yield* walk(entry);
      if (term.extra !== null) yield* walk(term.extra);
      return;
    case 'document':
      yield* walk(term.value);
      return;
    case 'blocks':
      for (const item of term.items) for (const inner of Object.values(item)) yield* walk(inner);
      if (term.more === null) return;
      if (term.more.kind === 'list') yield* walk(term.more.list);
      else {
        yield* walk(term.more.condition);
        for (const inner of Object.values(term.more.body)) yield* walk(inner);
      }
  }
}
