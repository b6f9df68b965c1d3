import type { Origin, PortSchema, Ports, Problem } from '#shared/model/index.ts';
import type { Block } from './blocks.ts';
import { descriptionOf } from './deprecation.ts';
import { secrecyOf } from './secrecy.ts';
import { inferType, type TypeContext } from './infer-type.ts';

function readOutput(block: Block, context: TypeContext): PortSchema {
  const { value } = block.body;
  const secrecy = secrecyOf(block);
  const taken = new Set<string>();
  const schema = value === undefined ? {} : inferType(value, { ...context, taken });
  const known = schema.type !== undefined;
  const type: Origin['facts'] =
    known && taken.size > 0 ? { type: { how: 'declared', where: [...taken].join(', ') } } : {};
  const facts = { ...type, ...secrecy.facts.facts };
  return {
    ...schema,
    ...descriptionOf(block),
    ...secrecy.marks,
    'x-origin': {
      how: known ? 'inferred' : 'unknown',
      where: `${block.file}:${block.line}`,
      ...(Object.keys(facts).length > 0 ? { facts } : {}),
    },
  };
}

/** The outputs of a module: types inferred from their expressions, unknown where nothing says them. */
export function readOutputs(blocks: readonly Block[], context: TypeContext): Ports {
  const properties: Record<string, PortSchema> = {};
  for (const block of blocks) {
    if (block.type === 'output') properties[block.labels[0] ?? ''] = readOutput(block, context);
  }
  return { type: 'object', properties, required: Object.keys(properties) };
}

/**
 * Outputs that no root may have: what is ephemeral is handed to a calling module only. OpenTofu refuses code that has
 * them where it is deployed by itself.
 */
export function ephemeralOutputs({ properties }: Ports): readonly Problem[] {
  return Object.entries(properties).flatMap(([name, schema]): readonly Problem[] => {
    if (schema['x-ephemeral'] !== true) return [];
    const [, file = null, line = null] = /^(.*):(\d+)$/.exec(schema['x-origin']?.where ?? '') ?? [];
    return [
      {
        severity: 'warning',
        code: 'ephemeral-output',
        message: `Output "${name}" is ephemeral, which no root may have: this code cannot be deployed by itself.`,
        advice: 'Remove ephemeral from the output, or import a root that calls this module.',
        file,
        line: line === null ? null : Number(line),
        column: null,
        field: `output.${name}.ephemeral`,
        node: null,
      },
    ];
  });
}
