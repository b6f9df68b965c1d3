import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '#shared/base/json.ts';

/** Files that Groundplan adds to a working directory; the names cannot meet a module's own by accident. */
export const generated = {
  variables: 'groundplan.auto.tfvars.json',
  provider: 'groundplan_provider.tf.json',
  // An override, because it also takes the place of a local backend of the sources' own.
  backend: 'groundplan_backend_override.tf.json',
  imports: 'groundplan_imports.tf.json',
} as const;

/** Writes one generated file, readable by the user alone: variables may hold secrets. */
export async function writeGenerated(directory: string, name: string, content: JsonObject): Promise<void> {
  await writeFile(path.join(directory, name), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

export function backendFile(statePath: string): JsonObject {
  return { terraform: { backend: { local: { path: statePath } } } };
}

export function providerFile(localName: string, block: JsonObject): JsonObject {
  return { provider: { [localName]: block } };
}

/** `import` blocks; `to` is a reference in JSON syntax when it is a plain string. */
export function importsFile(imports: Readonly<Record<string, string>>): JsonObject {
  return {
    import: Object.entries(imports).map(([address, id]) => ({ to: address, id: literal(id) })),
  };
}

/** An id is data: `${` in it must not become a template. */
function literal(text: string): string {
  // As functions: in a replacement text "$$" would mean one "$".
  return text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');
}
