import type { Ports, PortSchema } from '#shared/model/index.ts';
import { conditionOf, conditionWords } from './conditions.ts';
import { hiddenOutputs, type NestedStack } from './nested.ts';
import { hiddenParameters } from './parameters.ts';
import { nameText, referencesIn } from './references.ts';
import { isRecord, sectionOf, type Template } from './template.ts';

/** The name under which other stacks import an output, as far as the template says it. */
function exportName(output: Readonly<Record<string, unknown>>): string | null {
  const { Export } = output;
  if (!isRecord(Export)) return null;
  const { Name } = Export;
  return nameText(Name) ?? JSON.stringify(Name);
}

/**
 * Reads the outputs of a template. CloudFormation hands every output on as text. An output under a condition may be
 * missing, so it is not required; one that is made of a hidden parameter is sensitive.
 */
export function readStackOutputs(template: Template, file: string, nested: readonly NestedStack[] = []): Ports {
  const hiddenInside = hiddenOutputs(nested);
  const hidden = hiddenParameters(template);
  const properties: Record<string, PortSchema> = {};
  const required: string[] = [];
  for (const [name, output] of sectionOf(template, 'Outputs')) {
    const exported = exportName(output);
    const condition = conditionOf(output);
    const conditions = [
      ...(condition === null ? [] : [`Only where ${conditionWords(template, condition)}.`]),
      ...(exported === null ? [] : [`Exported to other stacks as ${exported}.`]),
    ];
    const sensitive = referencesIn(output['Value'], []).some(
      ({ target, attribute }) => hidden.has(target) || hiddenInside.has(`${target}.${attribute}`),
    );
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
