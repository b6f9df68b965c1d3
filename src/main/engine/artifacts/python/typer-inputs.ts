import type { PortSchema } from '#shared/model/index.ts';
import { constantOf, lastPart } from './constants.ts';
import type { PythonInput } from './ports.ts';
import type { Argument, Expression, Parameter, PythonFunction, PythonModule } from './syntax/ast.ts';
import { limitsOf } from './type-parts.ts';
import { typeOfAnnotation } from './types.ts';

function isMark(expression: Expression | null): expression is Expression & { readonly type: 'call' } {
  return expression?.type === 'call' && ['Option', 'Argument'].includes(lastPart(expression.callee));
}

/** The `typer.Option(…)` of a parameter: its default, or inside of `Annotated`. */
function markOf({ annotation, standard }: Parameter): (Expression & { readonly type: 'call' }) | null {
  if (isMark(standard)) return standard;
  if (annotation?.type !== 'subscript' || annotation.of.type !== 'name') return null;
  if (lastPart(annotation.of.name) !== 'Annotated') return null;
  return annotation.items.find(isMark) ?? null;
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
      const mark = markOf(parameter)?.args ?? null;
      const type = annotation === null ? null : typeOfAnnotation(annotation, { module, within: [] });
      const standard = standardOf(parameter, mark);
      const value = standard === null ? undefined : constantOf(standard, module);
      const hidden = mark?.some(
        ({ name: given, value: said }) => given === 'hide_input' && said.type === 'constant' && said.value === true,
      );
      const schema: PortSchema = {
        ...type?.schema,
        ...(mark === null ? {} : limitsOf(mark, module)),
        ...(value === undefined || value === null ? {} : { default: value }),
        ...(hidden === true ? { 'x-sensitive': true } : {}),
      };
      const how = type?.known === true ? 'declared' : 'unknown';
      return { name, schema, required: standard === null, command, origin: { how, where: `${file}:${line}` } };
    });
}
