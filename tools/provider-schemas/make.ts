import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { extract } from 'tar';
import type { SchemaTable } from '#engine/artifacts/terraform/provider-schemas/attribute.ts';
import { packAttributes } from '#engine/artifacts/terraform/provider-schemas/pack.ts';
import { readBinding } from './read-binding.ts';

// `node tools/provider-schemas/make.ts [PROVIDER…]`: makes the tables in `resources/provider-schemas/` from the
// bindings that are published for each provider. They are packages of some 30 to 46 MB, so they are no dependencies.

const bindings: Readonly<Record<string, string>> = {
  aws: '@cdktn/provider-aws@25.7.0',
  azurerm: '@cdktf/provider-azurerm@14.23.1',
  google: '@cdktf/provider-google@16.12.1',
};

/** The compiled code of one resource type: its own file, and those of its blocks where there are many. */
async function codeOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter(({ name }) => name.endsWith('.js')).map((file) => path.join(file.parentPath, file.name));
  const texts = await Promise.all(files.sort().map((file) => readFile(file, 'utf8')));
  return texts.join('\n');
}

async function tableOf(provider: string, folder: string): Promise<SchemaTable> {
  const library = path.join(folder, 'package', 'lib');
  const resources: Record<string, string> = {};
  const data: Record<string, string> = {};
  let version = '';
  for (const name of (await readdir(library)).sort()) {
    if (name.endsWith('.js') || name.endsWith('.ts')) continue;
    const text = await codeOf(path.join(library, name));
    version ||= /providerVersion: '([^']+)'/.exec(text)?.[1] ?? '';
    for (const { kind, type, attributes } of readBinding(text)) {
      (kind === 'data' ? data : resources)[type] = packAttributes(attributes);
    }
  }
  return { provider, version, resources, data };
}

async function make(provider: string, binding: string): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), 'groundplan-binding-'));
  try {
    const packed = execFileSync('npm', ['pack', binding, '--silent'], { cwd: work, encoding: 'utf8' }).trim();
    await extract({ file: path.join(work, packed), cwd: work, filter: (file) => !file.endsWith('.d.ts') });
    const table = await tableOf(provider, work);
    const target = path.resolve(import.meta.dirname, '../../resources/provider-schemas');
    await mkdir(target, { recursive: true });
    const bytes = gzipSync(JSON.stringify(table), { level: 9 });
    await writeFile(path.join(target, `${provider}.json.gz`), bytes);
    const counts = `${Object.keys(table.resources).length} resource types, ${Object.keys(table.data).length} data sources`;
    process.stdout.write(`${provider} ${table.version}: ${counts}, ${Math.round(bytes.byteLength / 1024)} KB\n`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const wanted = process.argv.slice(2);
for (const [provider, binding] of Object.entries(bindings)) {
  if (wanted.length === 0 || wanted.includes(provider)) await make(provider, binding);
}
