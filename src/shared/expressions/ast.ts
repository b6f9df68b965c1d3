/** Where something stands in the text of one value: offsets in UTF-16 units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * `inputs.NAME`, `target.NAME` or `NODE.OUTPUT`. `node` is null for inputs and target.
 */
export interface Reference {
  readonly root: 'inputs' | 'target' | 'node';
  readonly node: string | null;
  readonly name: string;
}

/** A reference with its place: the path inside the value (for lists and objects) and the span in that text. */
export interface PlacedReference extends Reference, Span {
  readonly path: readonly (string | number)[];
}

/** The small language inside `${…}`: no loops, no user code, so that the same inputs give the same infrastructure. */
export type Expression =
  | ({ readonly kind: 'literal'; readonly value: string | number | boolean | null } & Span)
  | ({ readonly kind: 'reference'; readonly reference: Reference } & Span)
  | ({ readonly kind: 'property'; readonly object: Expression; readonly name: string } & Span)
  | ({ readonly kind: 'index'; readonly object: Expression; readonly index: Expression } & Span)
  | ({
      readonly kind: 'comparison';
      readonly operator: '==' | '!=';
      readonly left: Expression;
      readonly right: Expression;
    } & Span)
  | ({ readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] } & Span)
  | ({ readonly kind: 'list'; readonly items: readonly Expression[] } & Span)
  | ({
      readonly kind: 'object';
      readonly entries: readonly { readonly key: string; readonly value: Expression }[];
    } & Span);

/** A string value: pieces of text and expressions in order. */
export interface Template {
  readonly parts: readonly (
    { readonly kind: 'text'; readonly text: string } | { readonly kind: 'expression'; readonly expression: Expression }
  )[];
}

/** What is wrong with an expression, and where. Never holds a value that may be secret. */
export interface ExpressionProblem extends Span {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** Bounds that keep every evaluation short, whoever wrote the file. */
export const limits = {
  /** Characters of one string value. */
  text: 20_000,
  /** Expressions inside expressions, and lists inside lists. */
  depth: 40,
  /** Characters of one evaluated string. */
  result: 1_000_000,
  /** Members of one evaluated list. */
  items: 100_000,
} as const;
