import type { PortSchema } from '#shared/model/index.ts';
import type { Block } from './blocks.ts';
import { constantText } from './hcl-parse.ts';

function textOf(block: Block, name: string): string {
  const value = block.body[name];
  return typeof value === 'string' ? constantText(value).trim() : '';
}

/** What a variable or output is for, and whether it is not to be used any more (`deprecated`, which OpenTofu has). */
export function descriptionOf(block: Block): Pick<PortSchema, 'description' | 'deprecated'> {
  const [description, deprecation] = [textOf(block, 'description'), textOf(block, 'deprecated')];
  const text = [description, deprecation === '' ? '' : `Deprecated: ${deprecation}`].filter((one) => one !== '');
  return {
    ...(text.length === 0 ? {} : { description: text.join('\n') }),
    ...(deprecation === '' ? {} : { deprecated: true }),
  };
}
