import type { Origin, PortSchema, Ports } from '#shared/model/index.ts';
import type { Block } from './blocks.ts';
import { constantText } from './hcl-parse.ts';
import { secrecyOf } from './secrecy.ts';
import { inferType, type TypeContext } from './infer-type.ts';

function readOutput(block: Block, context: TypeContext): PortSchema {
  const { value, description } = block.body;
  const secrecy = secrecyOf(block);
  const taken = new Set<string>();
  const schema = value === undefined ? {} : inferType(value, { ...context, taken });
  const known = schema.type !== undefined;
  const type: Origin['facts'] =
    known && taken.size > 0 ? { type: { how: 'declared', where: [...taken].join(', ') } } : {};
  const facts = { ...type, ...secrecy.facts.facts };
  const text = typeof description === 'string' ? constantText(description).trim() : '';
  return {
    ...schema,
    ...(text === '' ? {} : { description: text }),
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
