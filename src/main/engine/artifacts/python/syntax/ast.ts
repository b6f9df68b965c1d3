import type { Json } from '#shared/base/json.ts';

/** An expression as far as interfaces need it; what has no place here is kept as its text. */
export type Expression = { readonly line: number } & (
  | { readonly type: 'constant'; readonly value: Json }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'call'; readonly callee: string; readonly args: readonly Argument[] }
  | { readonly type: 'subscript'; readonly of: Expression; readonly items: readonly Expression[] }
  | { readonly type: 'either'; readonly options: readonly Expression[] }
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | { readonly type: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly type: 'other'; readonly text: string }
);

/** An argument of a call; `name` is null for one that is given by its place. */
export interface Argument {
  readonly name: string | null;
  readonly value: Expression;
}

export interface Parameter {
  readonly name: string;
  readonly annotation: Expression | null;
  readonly standard: Expression | null;
  /** `*args` and `**kwargs` take what nobody named. */
  readonly rest: boolean;
  readonly line: number;
}

export interface PythonFunction {
  readonly name: string;
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | null;
  readonly documentation: string | null;
  readonly line: number;
}

export interface PythonField {
  readonly name: string;
  readonly annotation: Expression | null;
  readonly value: Expression | null;
  readonly line: number;
}

export interface PythonClass {
  readonly name: string;
  readonly bases: readonly Expression[];
  /** What stands beside the bases by name, such as `total=False`. */
  readonly options: readonly Argument[];
  readonly decorators: readonly Expression[];
  readonly fields: readonly PythonField[];
  readonly documentation: string | null;
  readonly line: number;
}

/** A call anywhere in the file, with the variable its result goes to. */
export interface PythonCall {
  readonly callee: string;
  readonly args: readonly Argument[];
  readonly assignedTo: string | null;
  /** The function it stands in; null at the top of the file. */
  readonly within: string | null;
  readonly line: number;
}

/** A Python file, read and never run. */
export interface PythonModule {
  readonly functions: readonly PythonFunction[];
  readonly classes: readonly PythonClass[];
  readonly calls: readonly PythonCall[];
  /** Values read by key anywhere, such as `os.environ["X"]`. */
  readonly lookups: readonly { readonly of: string; readonly key: Expression; readonly line: number }[];
  /** Modules named by `import x` and `from x import …`, dots of relative ones included. */
  readonly imports: readonly { readonly module: string; readonly names: readonly string[]; readonly line: number }[];
  /** What names of the file stand for by its imports: `o` for `os`, `env` for `os.environ`. */
  readonly bindings: ReadonlyMap<string, string>;
  /** Constants at the top of the file, for names that stand in for values. */
  readonly constants: ReadonlyMap<string, Expression>;
  readonly documentation: string | null;
  /** True when the file runs something when it is started: `if __name__ == "__main__"`. */
  readonly startable: boolean;
  /** Places that could not be read as Python. */
  readonly faults: readonly { readonly line: number; readonly column: number }[];
}
