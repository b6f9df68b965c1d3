import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Json } from '#shared/base/json.ts';
import { readBlocks } from '../../artifacts/terraform/blocks.ts';
import { expressionText } from '../../artifacts/terraform/hcl-parse.ts';
import { withoutIndexes } from './configuration.ts';
import { isObject } from './normal-form.ts';

const modulesSchema = z.looseObject({ Modules: z.array(z.looseObject({ Key: z.string(), Dir: z.string() })) });

/**
 * Reads off an initialised working directory which attributes the code says to ignore (`ignore_changes`); the plan
 * document does not tell. The answer takes a resource's address and an attribute such as `tags.Owner`.
 */
export async function ignoredAttributes(directory: string): Promise<(address: string, attribute: string) => boolean> {
  const ignored = new Map<string, readonly string[]>();
  for (const module of await modulesOf(directory)) {
    const prefix =
      module.key === ''
        ? ''
        : module.key
            .split('.')
            .map((name) => `module.${name}.`)
            .join('');
    for (const [address, attributes] of await ignoredIn(path.join(directory, module.folder))) {
      ignored.set(`${prefix}${address}`, attributes);
    }
  }
  return (address, attribute) => {
    const listed = ignored.get(withoutIndexes(address)) ?? [];
    return listed.some(
      (one) => one === 'all' || attribute === one || isInside(attribute, one) || isInside(one, attribute),
    );
  };
}

async function modulesOf(directory: string): Promise<readonly { key: string; folder: string }[]> {
  const root = { key: '', folder: '.' };
  const file = path.join(directory, '.terraform', 'modules', 'modules.json');
  const text = await readFile(file, 'utf8').catch((thrown: NodeJS.ErrnoException) => {
    // Without calls of modules the tool writes no such file.
    if (thrown.code === 'ENOENT') return null;
    throw thrown;
  });
  if (text === null) return [root];
  const called = modulesSchema.parse(JSON.parse(text)).Modules.filter((module) => module.Key !== '');
  return [root, ...called.map((module) => ({ key: module.Key, folder: module.Dir }))];
}

async function ignoredIn(folder: string): Promise<readonly (readonly [string, readonly string[]])[]> {
  const names = (await readdir(folder)).filter((name) => /\.(tf|tofu)(\.json)?$/.test(name)).sort();
  const found: [string, readonly string[]][] = [];
  for (const name of names) {
    const blocks = await readBlocks(name, await readFile(path.join(folder, name), 'utf8'));
    // The tool has just accepted these files; one that only this reader cannot read hides no difference.
    if (!blocks.ok) continue;
    for (const { type, labels, body } of blocks.value) {
      if (type !== 'resource') continue;
      const attributes = listOf(body['lifecycle']).flatMap((lifecycle) =>
        isObject(lifecycle) ? listOf(lifecycle['ignore_changes']).flatMap(attributeName) : [],
      );
      if (attributes.length > 0) found.push([labels.join('.'), attributes]);
    }
  }
  return found;
}

function listOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** `${tags["Owner"]}` → `tags.Owner`, as attributes are written here. */
function attributeName(value: Json): string[] {
  if (typeof value !== 'string') return [];
  const text = expressionText(value) ?? value;
  return [text.replaceAll(/\["([A-Za-z_][\w-]*)"\]/g, '.$1')];
}

function isInside(attribute: string, outer: string): boolean {
  return attribute.startsWith(outer) && (attribute[outer.length] === '.' || attribute[outer.length] === '[');
}
