import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from '@cdktn/hcl2json';
import { z } from 'zod';

/** What the sources of a root module already say about provider and state. */
export interface SourceFacts {
  /** A `backend` or `cloud` block of their own; not `local`, whose file would lie in a working folder that goes. */
  readonly ownBackend: boolean;
  /** Local name of hashicorp/aws where it is used and no default `provider` block configures it; null otherwise. */
  readonly bareAwsProvider: string | null;
}

const blocks = z.array(z.record(z.string(), z.unknown()));
const rootSchema = z.looseObject({
  terraform: blocks.optional(),
  provider: z.record(z.string(), blocks).optional(),
  resource: z.record(z.string(), z.unknown()).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  module: z.record(z.string(), z.unknown()).optional(),
});
type Root = z.infer<typeof rootSchema>;

/** Reads a source folder once per content; the reading is kept for as long as the returned function lives. */
export function createSourceScanner(): (directory: string) => Promise<SourceFacts> {
  const known = new Map<string, SourceFacts>();
  return async (directory) => {
    const files = await readRootFiles(directory);
    const hash = createHash('sha256');
    for (const file of files) hash.update(`${file.name}\0${file.text.length}\0${file.text}`);
    const key = hash.digest('hex');
    const facts = known.get(key) ?? factsOf(await parseAll(files));
    known.set(key, facts);
    return facts;
  };
}

async function readRootFiles(directory: string): Promise<{ name: string; text: string }[]> {
  const names = (await readdir(directory)).filter((name) => /\.(tf|tofu)(\.json)?$/.test(name)).sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(path.join(directory, name), 'utf8') })));
}

async function parseAll(files: readonly { name: string; text: string }[]): Promise<Root[]> {
  const roots: Root[] = [];
  for (const file of files) {
    try {
      const content: unknown = file.name.endsWith('.json') ? JSON.parse(file.text) : await parse(file.name, file.text);
      const root = rootSchema.safeParse(file.name.endsWith('.json') ? normalizeJson(content) : content);
      if (root.success) roots.push(root.data);
    } catch {
      // A file that does not parse: `init` reports it with file, line and column, better than this scan could.
    }
  }
  return roots;
}

/** JSON syntax allows one block where HCL always gives a list. */
function normalizeJson(content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return {};
  const root = { ...content } as Record<string, unknown>;
  const asList = (value: unknown): unknown => (value === undefined || Array.isArray(value) ? value : [value]);
  if ('terraform' in root) root['terraform'] = asList(root['terraform']);
  const providers = root['provider'];
  if (typeof providers === 'object' && providers !== null) {
    root['provider'] = Object.fromEntries(Object.entries(providers).map(([name, value]) => [name, asList(value)]));
  }
  return root;
}

function factsOf(roots: readonly Root[]): SourceFacts {
  const settings = roots.flatMap((root) => root.terraform ?? []);
  const ownBackend = settings.some(
    (block) => block['cloud'] !== undefined || backendTypes(block).some((type) => type !== 'local'),
  );
  const localName = awsLocalName(settings);
  const configured = roots.some((root) =>
    (root.provider?.[localName] ?? []).some((block) => block['alias'] === undefined),
  );
  const declared = settings.some((block) => requiredProviders(block).some(([name]) => name === localName));
  const used = roots.some((root) =>
    [...Object.keys(root.resource ?? {}), ...Object.keys(root.data ?? {})].some((type) => type.startsWith('aws_')),
  );
  // A root that only calls modules may use the provider through them.
  const throughModules = roots.some((root) => Object.keys(root.module ?? {}).length > 0) && declared;
  return { ownBackend, bareAwsProvider: !configured && (used || declared || throughModules) ? localName : null };
}

/** `backend` is an object by type, or a list of such. */
function backendTypes(block: Record<string, unknown>): readonly string[] {
  const listed = block['backend'];
  const all: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
  return all.flatMap((one) => (typeof one === 'object' && one !== null ? Object.keys(one) : []));
}

function requiredProviders(block: Record<string, unknown>): [string, unknown][] {
  const listed = block['required_providers'];
  const lists: unknown[] = Array.isArray(listed) ? listed : [listed];
  return lists.flatMap((list) => (typeof list === 'object' && list !== null ? Object.entries(list) : []));
}

function awsLocalName(settings: readonly Record<string, unknown>[]): string {
  for (const block of settings) {
    for (const [name, requirement] of requiredProviders(block)) {
      const source = z.object({ source: z.string() }).safeParse(requirement);
      if (source.success && /(^|\/)hashicorp\/aws$/.test(source.data.source)) return name;
    }
  }
  return 'aws';
}
