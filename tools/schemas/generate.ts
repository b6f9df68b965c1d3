import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import {
  artifactDocumentSchema,
  blueprintDocumentSchema,
  canvasDocumentSchema,
  environmentDocumentSchema,
  lockDocumentSchema,
  queryDocumentSchema,
  releaseSchema,
  workspaceDocumentSchema,
} from '#shared/model/index.ts';

const documents = {
  workspace: { schema: workspaceDocumentSchema, title: 'Groundplan workspace: groundplan.yaml' },
  artifact: { schema: artifactDocumentSchema, title: 'Groundplan artifact: artifacts/NAME/groundplan.yaml' },
  blueprint: { schema: blueprintDocumentSchema, title: 'Groundplan blueprint: blueprints/NAME/blueprint.yaml' },
  canvas: { schema: canvasDocumentSchema, title: 'Groundplan canvas: blueprints/NAME/canvas.json' },
  environment: { schema: environmentDocumentSchema, title: 'Groundplan environment: environments/NAME.yaml' },
  query: { schema: queryDocumentSchema, title: 'Groundplan query: queries/NAME.yaml' },
  release: { schema: releaseSchema, title: 'Groundplan release: catalog/NAME/VERSION/release.yaml' },
  lock: { schema: lockDocumentSchema, title: 'Groundplan lock: catalog/NAME/VERSION/lock.yaml' },
} as const;

/** The JSON Schemas of the files users see, generated from the models: file name to text. */
export async function generateSchemas(folder: string): Promise<ReadonlyMap<string, string>> {
  const options = await resolveConfig(path.join(folder, 'x.json'));
  const texts = new Map<string, string>();
  for (const [name, { schema, title }] of Object.entries(documents)) {
    const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
    const text = JSON.stringify({ $schema, title, ...rest });
    texts.set(`${name}.schema.json`, await format(text, { ...options, parser: 'json' }));
  }
  return texts;
}

async function main(check: boolean): Promise<void> {
  const folder = path.resolve(import.meta.dirname, '../../resources/schemas');
  const stale: string[] = [];
  await mkdir(folder, { recursive: true });
  for (const [name, text] of await generateSchemas(folder)) {
    const file = path.join(folder, name);
    const current = await readFile(file, 'utf8').catch(() => null);
    if (current === text) continue;
    stale.push(name);
    if (!check) await writeFile(file, text);
  }
  if (stale.length === 0) return;
  if (!check) {
    process.stdout.write(`Wrote ${stale.join(', ')}.\n`);
    return;
  }
  process.stderr.write(`${stale.join(', ')} differ from the models. Run: node tools/schemas/generate.ts\n`);
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(process.argv.includes('--check'));
