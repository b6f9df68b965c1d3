import type { Ports, PortSchema } from '#shared/model/index.ts';
import { hiddenParameters } from './parameters.ts';
import { referencesIn } from './references.ts';
import { isRecord, sectionOf, type Template } from './template.ts';

/** The name under which other stacks import an output, as far as the template says it. */
function exportName(output: Readonly<Record<string, unknown>>): string | null {
  const { Export } = output;
  if (!isRecord(Export)) return null;
  const { Name } = Export;
  if (typeof Name === 'string') return Name;
  const sub = isRecord(Name) ? Name['Fn::Sub'] : null;
  return typeof sub === 'string' ? sub : JSON.stringify(Name);
}

/**
 * Reads the outputs of a template. CloudFormation hands every output on as text. An output under a condition may be
 * missing, so it is not required; one that is made of a hidden parameter is sensitive.
 */
export function readStackOutputs(template: Template, file: string): Ports {
  const hidden = hiddenParameters(template);
  const properties: Record<string, PortSchema> = {};
  const required: string[] = [];
  for (const [name, output] of sectionOf(template, 'Outputs')) {
    const exported = exportName(output);
    const condition = typeof output['Condition'] === 'string' ? output['Condition'] : null;
    const conditions = [
      ...(condition === null ? [] : [`Only where the condition ${condition} holds.`]),
      ...(exported === null ? [] : [`Exported to other stacks as ${exported}.`]),
    ];
    const sensitive = referencesIn(output['Value'], []).some(({ target }) => hidden.has(target));
    properties[name] = {
      type: 'string',
      ...(typeof output['Description'] === 'string' ? { description: output['Description'] } : {}),
      ...(sensitive ? { 'x-sensitive': true } : {}),
      ...(conditions.length === 0 ? {} : { 'x-conditions': conditions }),
      'x-origin': { how: 'declared', where: `${file}:${template.lineOf(['Outputs', name])}` },
    };
    if (condition === null) required.push(name);
  }
  return { type: 'object', properties, required };
}
