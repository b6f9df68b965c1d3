import type { Ports, PortSchema, Problem } from '#shared/model/index.ts';
import { argparseDeclared } from './argparse-inputs.ts';
import { lastPart, qualifiedName } from './constants.ts';
import { environmentInputs, readsUnnamedVariables } from './environment-inputs.ts';
import { clickInputs, hasUnnamedOptions } from './options.ts';
import type { PythonInput } from './ports.ts';
import type { Expression, PythonFunction, PythonModule } from './syntax/ast.ts';
import { inputsOfFunction, isTyped } from './typed-function.ts';
import { typerInputs } from './typer-inputs.ts';

interface Context {
  readonly module: PythonModule;
  readonly file: string;
}

/** What a script takes, which of its parts says so, and the function that answers. */
export interface PythonInterface {
  readonly inputs: Ports;
  /** The function whose return type tells the outputs; null when none does. */
  readonly answers: PythonFunction | null;
  readonly problems: readonly Problem[];
}

function note(file: string, code: string, message: string): Problem {
  return { severity: 'info', code, message, advice: null, file, line: null, column: null, field: null, node: null };
}

function calleeOf(decorator: Expression): string {
  return decorator.type === 'call' ? decorator.callee : decorator.type === 'name' ? decorator.name : '';
}

interface Command {
  readonly name: string;
  readonly of: PythonFunction;
}

/** What a command is called on the command line: the text its decorator gives, else the function's name. */
function commandsOf(module: PythonModule, library: 'click' | 'typer'): readonly Command[] {
  const mark = library === 'click' ? /(^|\.)(command|group)$/ : /(^|\.)command$/;
  return module.functions.flatMap((one) => {
    const decorator = one.decorators.find((candidate) => mark.test(calleeOf(candidate)));
    if (decorator === undefined) return [];
    const first =
      decorator.type === 'call' ? decorator.args.find(({ name }) => name === null || name === 'name') : undefined;
    const said = first?.value.type === 'constant' && typeof first.value.value === 'string' ? first.value.value : null;
    return [{ name: said ?? one.name.replaceAll('_', '-'), of: one }];
  });
}

function usesModule(module: PythonModule, name: string): boolean {
  return module.imports.some((one) => one.module === name || one.module.startsWith(`${name}.`));
}

interface Found {
  readonly inputs: readonly PythonInput[];
  readonly commands: readonly string[];
  readonly answers: PythonFunction | null;
}

function fromCommands(
  commands: readonly Command[],
  read: (one: PythonFunction, command: string | null) => readonly PythonInput[],
): Found {
  const several = commands.length > 1;
  return {
    inputs: commands.flatMap(({ name, of }) => read(of, several ? name : null)),
    commands: several ? commands.map(({ name }) => name) : [],
    answers: several ? null : (commands[0]?.of ?? null),
  };
}

/** The first way of taking inputs that the script uses, the most exact first. */
function find(context: Context): Found | null {
  const { module } = context;
  // Both libraries call it `command`; where both are there, the one whose application is made is meant.
  const makesTyper = module.calls.some(({ callee }) => lastPart(callee) === 'Typer');
  const usesTyper = usesModule(module, 'typer') && (makesTyper || !usesModule(module, 'click'));
  const typer = usesTyper ? commandsOf(module, 'typer') : [];
  if (typer.length > 0) return fromCommands(typer, (one, command) => typerInputs(one, command, context));
  const run = module.calls.find(({ callee }) => qualifiedName(callee, module) === 'typer.run')?.args[0]?.value;
  const started = run?.type === 'name' ? module.functions.find(({ name }) => name === run.name) : undefined;
  if (started !== undefined)
    return fromCommands([{ name: started.name, of: started }], (one) => typerInputs(one, null, context));
  const click = usesModule(module, 'click')
    ? commandsOf(module, 'click').filter(({ of }) => !of.decorators.some((one) => lastPart(calleeOf(one)) === 'group'))
    : [];
  if (click.length > 0) {
    const found = fromCommands(click, (one, command) => clickInputs(one, command, context));
    const groups = module.functions.filter(({ decorators }) =>
      decorators.some((one) => lastPart(calleeOf(one)) === 'group'),
    );
    return { ...found, inputs: [...groups.flatMap((one) => clickInputs(one, null, context)), ...found.inputs] };
  }
  const main = module.functions.find(({ name }) => name === 'main');
  if (main !== undefined && isTyped(main) && (main.parameters.length > 0 || !usesModule(module, 'argparse'))) {
    return { inputs: inputsOfFunction(main, context), commands: [], answers: main };
  }
  const { inputs: parsed, commands } = argparseDeclared(context);
  if (parsed.length === 0)
    return main !== undefined && isTyped(main) ? { inputs: [], commands: [], answers: main } : null;
  return { inputs: parsed, commands, answers: main ?? null };
}

/** Several declarations of one name are one input: required only where all commands require it. */
function portsOf(inputs: readonly PythonInput[], commands: readonly string[]): Ports {
  const properties: Record<string, PortSchema> = {};
  const required: string[] = [];
  if (commands.length > 0) {
    const [first] = inputs;
    const origin = { how: 'inferred' as const, where: first?.origin.where ?? 'unknown' };
    properties['command'] = {
      type: 'string',
      enum: [...commands],
      description: 'Which command is run.',
      'x-origin': origin,
    };
    required.push('command');
  }
  const byName = Map.groupBy(inputs, ({ name }) => name);
  for (const [name, same] of byName) {
    const [first] = same;
    if (first === undefined || (name === 'command' && commands.length > 0)) continue;
    const own = same.flatMap(({ command }) => command ?? []);
    const partial = own.length > 0 && own.length < commands.length;
    const conditions = [
      ...(first.schema['x-conditions'] ?? []),
      ...(partial ? [`Only with the command ${own.join(', ')}.`] : []),
    ];
    properties[name] = {
      ...first.schema,
      ...(conditions.length === 0 ? {} : { 'x-conditions': conditions }),
      'x-origin': first.origin,
    };
    if (!partial && same.every((input) => input.required)) required.push(name);
  }
  return { type: 'object', properties, required };
}

/** Ways of taking inputs that only running the script would explain. */
function unknowable({ module, file }: Context, found: Found | null): readonly Problem[] {
  const problems: Problem[] = [];
  const argv = module.calls.some(({ args }) =>
    args.some(({ value }) => value.type === 'name' && qualifiedName(value.name, module) === 'sys.argv'),
  );
  const loose = module.calls.some(({ callee }) => lastPart(callee) === 'parse_known_args');
  const dynamic = module.lookups.some(({ of }) => qualifiedName(of, module) === 'sys.argv') || argv || loose;
  const byName =
    module.lookups.some(({ of }) => of === 'globals()') ||
    module.calls.some(({ callee }) => /^(globals\(\)|getattr$|eval$|exec$|importlib\.import_module$)/.test(callee));
  if (dynamic)
    problems.push(
      note(file, 'unknown-inputs', `${file} reads its arguments itself: there may be more inputs than are listed.`),
    );
  if (byName)
    problems.push(
      note(
        file,
        'unknown-inputs',
        `${file} looks up by name what it runs: what that takes cannot be told without running it.`,
      ),
    );
  if (hasUnnamedOptions({ module, file })) {
    const message = `${file} declares options whose names only running it would tell: there are more inputs than are listed.`;
    problems.push(note(file, 'unknown-inputs', message));
  }
  const rest = found?.answers?.name === 'main' && found.answers.parameters.some(({ rest: more }) => more);
  if (rest) {
    problems.push(note(file, 'unknown-inputs', `main() of ${file} takes more than it names: *args or **kwargs.`));
  }
  if (readsUnnamedVariables(module)) {
    const message = `${file} reads environment variables whose names only running it would tell.`;
    problems.push(note(file, 'unknown-inputs', message));
  }
  if (found === null && !dynamic) {
    problems.push(
      note(file, 'no-declared-inputs', `${file} declares no inputs: it has no typed main(), argparse, click or typer.`),
    );
  }
  for (const { name, origin } of found?.inputs ?? []) {
    if (origin.how === 'unknown')
      problems.push(
        note(file, 'unknown-type', `The type of ${name} (${origin.where}) cannot be told without running the script.`),
      );
  }
  return problems;
}

/** What a script takes, read and never run. Environment variables are inputs of their own. */
export function interfaceOf(context: Context): PythonInterface {
  const found = find(context);
  const variables = environmentInputs(context.module, context.file);
  const declared = found?.inputs ?? [];
  const own = variables.filter(({ name }) => !declared.some((input) => input.name === name));
  return {
    inputs: portsOf([...declared, ...own], found?.commands ?? []),
    answers: found?.answers ?? null,
    problems: unknowable(context, found),
  };
}
