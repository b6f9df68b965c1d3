import type { Origin, PortSchema } from '#shared/model/index.ts';
import type { Block } from './blocks.ts';

/**
 * What a variable or output says of its secrecy. What is `ephemeral` is never kept by the tool and so must not be kept
 * by anybody: it counts as sensitive as well, which is inferred where the block does not say it.
 */
export function secrecyOf(block: Block): {
  readonly marks: Pick<PortSchema, 'x-sensitive' | 'x-ephemeral'>;
  readonly facts: Pick<Origin, 'facts'>;
} {
  const { body, file } = block;
  if (body['ephemeral'] !== true)
    return { marks: body['sensitive'] === true ? { 'x-sensitive': true } : {}, facts: {} };
  const where = `${file}:${block.lineOf('ephemeral')}`;
  const marks = { 'x-sensitive': true, 'x-ephemeral': true };
  if (body['sensitive'] === true) return { marks, facts: {} };
  return { marks, facts: { facts: { 'x-sensitive': { how: 'inferred', where } } } };
}
