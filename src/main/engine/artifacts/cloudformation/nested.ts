import type { Ports, Problem } from '#shared/model/index.ts';
import { referencesIn } from './references.ts';
import { isRecord, sectionOf, type Template } from './template.ts';

/** A nested stack whose template was read. */
export interface NestedStack {
  readonly resource: string;
  readonly inputs: Ports;
  readonly outputs: Ports;
}

interface Said {
  readonly message: string;
  readonly advice: string;
  readonly path: readonly string[];
}

function saidOf(template: Template, { resource, inputs, outputs }: NestedStack): readonly Said[] {
  const body = new Map(sectionOf(template, 'Resources')).get(resource);
  const properties = isRecord(body?.['Properties']) ? body['Properties'] : {};
  const given = isRecord(properties['Parameters']) ? properties['Parameters'] : {};
  const at = ['Resources', resource, 'Properties', 'Parameters'];
  const missing = inputs.required.filter((name) => !Object.hasOwn(given, name));
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(inputs.properties, name));
  const read = ['Resources', 'Outputs'].flatMap((section) => referencesIn(template.value[section], [section]));
  const gone = read.filter(({ target, attribute }) => {
    const output = target === resource ? /^Outputs\.(.+)$/.exec(attribute ?? '')?.[1] : undefined;
    return output !== undefined && !Object.hasOwn(outputs.properties, output);
  });
  return [
    ...missing.map((name) => ({
      message: `The nested stack ${resource} needs the parameter ${name}, which is not given.`,
      advice: 'Give it under Parameters of the nested stack.',
      path: at,
    })),
    ...unknown.map((name) => ({
      message: `The nested stack ${resource} is given the parameter ${name}, which its template does not have.`,
      advice: `It has ${Object.keys(inputs.properties).join(', ') || 'none'}.`,
      path: [...at, name],
    })),
    ...gone.map(({ attribute, path }) => ({
      message: `${resource}.${attribute} is read, but the nested template has no such output.`,
      advice: `It has ${Object.keys(outputs.properties).join(', ') || 'none'}.`,
      path,
    })),
  ];
}

/** What does not fit between a template and a stack it nests: CloudFormation tells only while it runs. */
export function nestedProblems(template: Template, file: string, nested: NestedStack): readonly Problem[] {
  return saidOf(template, nested).map(({ message, advice, path }) => ({
    severity: 'error',
    code: 'nested-mismatch',
    message,
    advice,
    file,
    line: template.lineOf(path),
    column: null,
    field: path.join('.'),
    node: null,
  }));
}

/** The outputs of nested stacks that are sensitive, as `Resource.Outputs.Name`. */
export function hiddenOutputs(stacks: readonly NestedStack[]): ReadonlySet<string> {
  return new Set(
    stacks.flatMap(({ resource, outputs }) =>
      Object.entries(outputs.properties).flatMap(([name, schema]) =>
        schema['x-sensitive'] === true ? [`${resource}.Outputs.${name}`] : [],
      ),
    ),
  );
}
