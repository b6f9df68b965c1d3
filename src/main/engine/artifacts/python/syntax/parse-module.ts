import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type {
  Expression,
  Parameter,
  PythonCall,
  PythonClass,
  PythonField,
  PythonFunction,
  PythonModule,
} from './ast.ts';
import { argumentsOf, childrenOf, dottedName, expressionOf, SourceText } from './expressions.ts';
import { unindented } from './text-literal.ts';

function documentationOf(body: SyntaxNode | null, source: SourceText): string | null {
  const first = body?.getChild('ExpressionStatement') ?? null;
  const [before] = body === null ? [] : childrenOf(body).filter(({ name }) => ![':', 'Comment'].includes(name));
  const text = first === null || before?.from !== first.from ? null : first.firstChild;
  const expression = text === null ? null : expressionOf(text, source);
  return expression?.type === 'constant' && typeof expression.value === 'string' ? unindented(expression.value) : null;
}

function annotationOf(node: SyntaxNode | undefined, source: SourceText): Expression | null {
  if (node?.name !== 'TypeDef') return null;
  const inner = childrenOf(node).find(({ name }) => name !== ':' && name !== '->');
  return inner === undefined ? null : expressionOf(inner, source);
}

function parametersOf(list: SyntaxNode | null, source: SourceText): readonly Parameter[] {
  const parameters: Parameter[] = [];
  const nodes = list === null ? [] : childrenOf(list);
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node?.name !== 'VariableName') continue;
    const rest = ['*', '**'].includes(nodes[index - 1] === undefined ? '' : source.of(nodes[index - 1] ?? node));
    const annotation = annotationOf(nodes[index + 1], source);
    const assign = index + (annotation === null ? 1 : 2);
    const value = nodes[assign]?.name === 'AssignOp' ? nodes[assign + 1] : undefined;
    parameters.push({
      name: source.of(node),
      annotation,
      standard: value === undefined ? null : expressionOf(value, source),
      rest,
      line: source.lineOf(node),
    });
    index = value === undefined ? assign - 1 : assign + 1;
  }
  return parameters;
}

function decoratorsOf(node: SyntaxNode, source: SourceText): readonly Expression[] {
  return node.getChildren('Decorator').map((decorator) => {
    const parts = childrenOf(decorator).filter(({ name }) => name !== 'At' && name !== 'ArgList');
    const name = parts.map((part) => source.of(part)).join('');
    const list = decorator.getChild('ArgList');
    const line = source.lineOf(decorator);
    return list === null
      ? { type: 'name', name, line }
      : { type: 'call', callee: name, args: argumentsOf(list, source), line };
  });
}

function functionOf(node: SyntaxNode, decorators: readonly Expression[], source: SourceText): PythonFunction {
  const name = node.getChild('VariableName');
  return {
    name: name === null ? '' : source.of(name),
    decorators,
    parameters: parametersOf(node.getChild('ParamList'), source),
    returns: annotationOf(node.getChild('TypeDef') ?? undefined, source),
    documentation: documentationOf(node.getChild('Body'), source),
    line: source.lineOf(node),
  };
}

/** `name: type = value` and `name = value` of a class. */
function fieldOf(node: SyntaxNode, source: SourceText): PythonField | null {
  const [name, second, third, fourth] = childrenOf(node);
  if (name?.name !== 'VariableName') return null;
  const annotation = annotationOf(second, source);
  const value = annotation === null ? third : fourth;
  return {
    name: source.of(name),
    annotation,
    value: value === undefined ? null : expressionOf(value, source),
    line: source.lineOf(node),
  };
}

function classOf(node: SyntaxNode, decorators: readonly Expression[], source: SourceText): PythonClass {
  const name = node.getChild('VariableName');
  const list = node.getChild('ArgList');
  const given = list === null ? [] : argumentsOf(list, source);
  const body = node.getChild('Body');
  return {
    name: name === null ? '' : source.of(name),
    bases: given.filter((one) => one.name === null).map(({ value }) => value),
    options: given.filter((one) => one.name !== null),
    decorators,
    fields: (body?.getChildren('AssignStatement') ?? []).flatMap((one) => fieldOf(one, source) ?? []),
    documentation: documentationOf(body, source),
    line: source.lineOf(node),
  };
}

interface Import {
  readonly module: string;
  readonly names: readonly string[];
  readonly line: number;
  /** The names that it gives the file, with what each stands for. */
  readonly bound: readonly (readonly [name: string, of: string])[];
}

/** `import a.b as x, c` and `from .a import b as c`. */
function importsOf(node: SyntaxNode, source: SourceText): readonly Import[] {
  const text = source
    .of(node)
    .replaceAll(/\\\n|[()]/g, ' ')
    .replaceAll(/#.*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const line = source.lineOf(node);
  const partsOf = (list: string): readonly { readonly name: string; readonly as: string | undefined }[] =>
    list.split(',').flatMap((one) => {
      const [name = '', word, as] = one.trim().split(' ');
      return name === '' ? [] : [{ name, as: word === 'as' ? as : undefined }];
    });
  const [, module, list] = /^from (\S+) import (.*)$/.exec(text) ?? [];
  if (module !== undefined && list !== undefined) {
    const parts = partsOf(list);
    const bound = parts.map(({ name, as = name }) => [as, `${module}.${name}`] as const);
    return [{ module, names: parts.map(({ name }) => name), line, bound }];
  }
  return partsOf(text.replace(/^import /, '')).map(({ name, as }) => {
    // Without a name of its own only the outermost package is bound.
    const [outermost = name] = name.split('.');
    return { module: name, names: [], line, bound: [as === undefined ? [outermost, outermost] : [as, name]] };
  });
}

interface Walk {
  readonly calls: PythonCall[];
  readonly lookups: PythonModule['lookups'][number][];
  readonly imports: Import[];
  readonly faults: PythonModule['faults'][number][];
}

/** What a value is looked up in: a name, or what a call without arguments hands out. */
function nameOf(expression: Expression): string | null {
  if (expression.type === 'name') return expression.name;
  return expression.type === 'call' && expression.args.length === 0 ? `${expression.callee}()` : null;
}

function walk(
  node: SyntaxNode,
  within: string | null,
  { source, found }: { readonly source: SourceText; readonly found: Walk },
): void {
  if (node.type.isError) found.faults.push(source.place(node.from));
  if (node.name === 'ImportStatement') found.imports.push(...importsOf(node, source));
  if (node.name === 'CallExpression') {
    const call = expressionOf(node, source);
    const target = node.parent?.name === 'AssignStatement' ? node.parent.firstChild : null;
    if (call.type === 'call') {
      const assignedTo = target === null ? null : dottedName(target, source);
      found.calls.push({ callee: call.callee, args: call.args, assignedTo, within, line: call.line });
    }
  }
  if (node.name === 'MemberExpression') {
    const member = expressionOf(node, source);
    const [key] = member.type === 'subscript' ? member.items : [];
    const of = member.type === 'subscript' ? nameOf(member.of) : null;
    if (of !== null && key !== undefined) found.lookups.push({ of, key, line: member.line });
  }
  const name = node.name === 'FunctionDefinition' ? node.getChild('VariableName') : null;
  const inside = name === null ? within : (within ?? source.of(name));
  for (const child of childrenOf(node)) walk(child, inside, { source, found });
}

/** Reads a Python file without running any of it. */
export function parsePython(text: string): PythonModule {
  const source = new SourceText(text);
  const root = parser.parse(text).topNode;
  const functions: PythonFunction[] = [];
  const classes: PythonClass[] = [];
  const constants = new Map<string, Expression>();
  const take = (node: SyntaxNode, decorators: readonly Expression[]): void => {
    if (node.name === 'FunctionDefinition') functions.push(functionOf(node, decorators, source));
    if (node.name === 'ClassDefinition') classes.push(classOf(node, decorators, source));
  };
  for (const node of childrenOf(root)) {
    take(node, []);
    if (node.name === 'DecoratedStatement') {
      const decorators = decoratorsOf(node, source);
      for (const inner of childrenOf(node)) take(inner, decorators);
    }
    const field = node.name === 'AssignStatement' ? fieldOf(node, source) : null;
    if (field?.value !== null && field !== null) constants.set(field.name, field.value);
  }
  const found: Walk = { calls: [], lookups: [], imports: [], faults: [] };
  walk(root, null, { source, found });
  return {
    functions,
    classes,
    ...found,
    bindings: new Map(found.imports.flatMap(({ bound }) => bound)),
    constants,
    documentation: documentationOf(root, source),
    startable: /^if\s+__name__\s*==\s*["']__main__["']\s*:/m.test(text),
  };
}
