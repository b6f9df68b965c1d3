import type { PortSchema } from '#shared/model/index.ts';
import { constantOf } from './constants.ts';
import type { PythonInput } from './ports.ts';
import type { PythonFunction, PythonModule } from './syntax/ast.ts';
import { typeOfAnnotation } from './types.ts';

/** True when a function says by its annotations what it takes; one without parameters says so too if it returns something. */
export function isTyped({ parameters, returns }: PythonFunction): boolean {
  const taken = parameters.filter(({ name, rest }) => !rest && name !== 'self' && name !== 'cls');
  return taken.length === 0 ? returns !== null : taken.every(({ annotation }) => annotation !== null);
}

const documented = /^(\s*)(?::param (?:\S+ )?|\*{0,2})(\w+)(?:\s*\([^)]*\))?:[ \t]+(\S.*)$/;

/** The `Args:` of a documentation text, and its `:param x:`, as a sentence for each parameter. */
function documentedParameters(documentation: string | null): ReadonlyMap<string, string> {
  const sentences = new Map<string, string>();
  let current: { readonly name: string; readonly depth: number } | null = null;
  for (const line of (documentation ?? '').split('\n')) {
    const [, indentation = '', name, text] = documented.exec(line) ?? [];
    const depth = line.length - line.trimStart().length;
    if (current !== null && line.trim() !== '' && depth > current.depth) {
      sentences.set(current.name, `${sentences.get(current.name) ?? ''} ${line.trim()}`);
    } else if (name !== undefined && text !== undefined) {
      current = { name, depth: indentation.length };
      sentences.set(name, text.trim());
    } else current = null;
  }
  return sentences;
}

/** The parameters of a typed function as inputs. */
export function inputsOfFunction(
  { parameters, documentation }: PythonFunction,
  { module, file }: { readonly module: PythonModule; readonly file: string },
): readonly PythonInput[] {
  const sentences = documentedParameters(documentation);
  return parameters
    .filter(({ rest, name }) => !rest && name !== 'self' && name !== 'cls')
    .map(({ name, annotation, standard, line }) => {
      const type = annotation === null ? null : typeOfAnnotation(annotation, { module, within: [] });
      const value = standard === null ? undefined : constantOf(standard, module);
      const said = sentences.get(name);
      const schema: PortSchema = {
        ...type?.schema,
        ...(said === undefined || type?.schema.description !== undefined ? {} : { description: said }),
        ...(value === undefined || value === null ? {} : { default: value }),
      };
      const how = type === null || !type.known ? 'unknown' : 'declared';
      return { name, schema, required: standard === null, command: null, origin: { how, where: `${file}:${line}` } };
    });
}
