import { lastPart } from './constants.ts';
import { inputOfOption, isTrue, named, wordsOf, type OptionsContext } from './options.ts';
import type { PythonInput } from './ports.ts';
import type { PythonCall } from './syntax/ast.ts';

/** Options of which one at most may be given, or one must. */
interface Exclusive {
  readonly required: boolean;
  readonly members: Set<string>;
}

/** A parser, or a group of its options. */
interface Holder {
  /** The command it is for, with those around it; null for the script itself. */
  readonly command: string | null;
  readonly exclusive: Exclusive | null;
}

interface Declared extends PythonInput {
  readonly exclusive: Exclusive | null;
}

const script: Holder = { command: null, exclusive: null };

/** `parser.add_argument_group("x")` where it is not given a name but used at once. */
const chained = /^([\s\S]*)\.(add_subparsers|add_parser|add_argument_group|add_mutually_exclusive_group)\(([\s\S]*)\)$/;

/** The parsers and groups of a script by the variables that hold them, as they stand line by line. */
class Holders {
  readonly #held = new Map<string, Holder>();

  /** Variables are those of their function; members such as `self.parser` are everywhere the same. */
  #key(variable: string, within: string | null): string {
    return variable.includes('.') ? variable : `${within ?? ''}:${variable}`;
  }

  set({ assignedTo, within }: PythonCall, holder: Holder): void {
    if (assignedTo !== null) this.#held.set(this.#key(assignedTo, within), holder);
  }

  /** What a method is called on; the script's own parser where that cannot be told. */
  of(text: string, within: string | null): Holder {
    const held = this.#held.get(this.#key(text, within)) ?? this.#held.get(this.#key(text, null));
    if (held !== undefined) return held;
    const [, owner, method, given = ''] = chained.exec(text) ?? [];
    if (owner === undefined) return script;
    const around = this.of(owner, within);
    const [, word] = /^\s*["']([\w-]+)["']/.exec(given) ?? [];
    if (method === 'add_parser' && word !== undefined) return { command: below(around, word), exclusive: null };
    if (method !== 'add_mutually_exclusive_group') return around;
    return { ...around, exclusive: { required: /\brequired\s*=\s*True\b/.test(given), members: new Set() } };
  }
}

/** A command of a command is called by both words. */
function below({ command }: Holder, word: string): string {
  return command === null ? word : `${command} ${word}`;
}

/** It prints something and ends. */
function onlyPrints({ args }: PythonCall): boolean {
  const [word] = wordsOf(args);
  const action = named(args, 'action');
  const does = action?.type === 'constant' ? action.value : null;
  return word === '--help' || word === '-h' || does === 'version' || does === 'help';
}

function withExclusion({ exclusive, ...input }: Declared): PythonInput {
  if (exclusive === null) return input;
  const { members, required } = exclusive;
  // One alone in its group is an option like others.
  if (members.size < 2) return { ...input, required: required || input.required };
  const names = [...members].join(', ');
  const condition = required ? `One of ${names} is given, and only one.` : `Only one of ${names} may be given.`;
  const conditions = [...(input.schema['x-conditions'] ?? []), condition];
  return { ...input, required: false, schema: { ...input.schema, 'x-conditions': conditions } };
}

/** Inputs declared with `argparse`, and the commands it is told of, also those without options of their own. */
export function argparseDeclared(context: OptionsContext): {
  readonly inputs: readonly PythonInput[];
  readonly commands: readonly string[];
} {
  const holders = new Holders();
  const commands = new Set<string>();
  const declared: Declared[] = [];
  for (const call of context.module.calls) {
    const { callee, args, within, line } = call;
    const owner = (): Holder => holders.of(callee.slice(0, callee.lastIndexOf('.')), within);
    const [word] = wordsOf(args);
    switch (lastPart(callee)) {
      case 'ArgumentParser':
        holders.set(call, script);
        break;
      case 'add_subparsers':
      case 'add_argument_group':
        holders.set(call, owner());
        break;
      case 'add_mutually_exclusive_group':
        holders.set(call, {
          ...owner(),
          exclusive: { required: isTrue(named(args, 'required')), members: new Set() },
        });
        break;
      case 'add_parser': {
        if (word === undefined) break;
        const command = below(owner(), word);
        commands.add(command);
        holders.set(call, { command, exclusive: null });
        break;
      }
      case 'add_argument': {
        if (word === undefined || onlyPrints(call)) break;
        const { command, exclusive } = owner();
        const input = inputOfOption(args, { ...context, line, command, positional: null });
        if (input === null) break;
        exclusive?.members.add(input.name);
        declared.push({ ...input, exclusive });
        break;
      }
      default:
    }
  }
  return { inputs: declared.map(withExclusion), commands: [...commands] };
}
