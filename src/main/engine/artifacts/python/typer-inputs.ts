import type { PortSchema } from '#shared/model/index.ts';
import { constantOf, lastPart } from './constants.ts';
import type { PythonInput } from './ports.ts';
import type { Argument, Expression, Parameter, PythonFunction, PythonModule } from './syntax/ast.ts';
import { describedOption } from './options.ts';
import { limitsOf } from './type-parts.ts';
import { typeOfAnnotation } from './types.ts';

type Mark = Expression & { readonly type: 'call' };

function isMark(expression: Expression | null): expression is Mark {
  return expression?.type === 'call' && ['Option', 'Argument'].includes(lastPart(expression.callee));
}

/** What an annotation adds by `Annotated[…]`, written out or under a name of its own. */
function annotatedMark(annotation: Expression | null, module: PythonModule, depth = 0): Mark | null {
  if (annotation?.type === 'name' && depth < 8) {
    return annotatedMark(module.constants.get(annotation.name) ?? null, module, depth + 1);
  }
  if (annotation?.type !== 'subscript' || annotation.of.type !== 'name') return null;
  if (lastPart(annotation.of.name) !== 'Annotated') return null;
  return annotation.items.find(isMark) ?? null;
}

/** The `typer.Option(…)` of a parameter: its default, or inside of `Annotated`. */
function markOf({ annotation, standard }: Parameter, module: PythonModule): Mark | null {
  return isMark(standard) ? standard : annotatedMark(annotation, module);
}

/** The default of a parameter; undefined when it must be given, null when the default is nothing. */
function standardOf(parameter: Parameter, mark: readonly Argument[] | null): Expression | null {
  if (!isMark(parameter.standard)) return parameter.standard;
  const first = mark?.find(({ name }) => name === null || name === 'default')?.value ?? null;
  return first?.type === 'other' && first.text === '...' ? null : first;
}

/** The parameters of a typer command as inputs. */
export function typerInputs(
  { parameters }: PythonFunction,
  command: string | null,
  { module, file }: { readonly module: PythonModule; readonly file: string },
): readonly PythonInput[] {
  return parameters
    .filter(
      ({ rest, annotation }) => !rest && !(annotation?.type === 'name' && lastPart(annotation.name) === 'Context'),
    )
    .map((parameter): PythonInput => {
      const { name, annotation, line } = parameter;
      const mark = markOf(parameter, module)?.args ?? null;
      const type = annotation === null ? null : typeOfAnnotation(annotation, { module, within: [] });
      const standard = standardOf(parameter, mark);
      const value = standard === null ? undefined : constantOf(standard, module);
      const hidden = mark?.some(
        ({ name: given, value: said }) => given === 'hide_input' && said.type === 'constant' && said.value === true,
      );
      const description = mark === null ? null : describedOption(mark, module);
      const schema: PortSchema = {
        ...type?.schema,
        ...(mark === null ? {} : limitsOf(mark, module)),
        ...(description === null ? {} : { description }),
        ...(value === undefined || value === null ? {} : { default: value }),
        ...(hidden === true ? { 'x-sensitive': true } : {}),
      };
      const how = type?.known === true ? 'declared' : 'unknown';
      return { name, schema, required: standard === null, command, origin: { how, where: `${file}:${line}` } };
    });
}
