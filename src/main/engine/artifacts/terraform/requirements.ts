import type { Json, JsonObject } from '#shared/base/json.ts';
import type { Origin, Requirement } from '#shared/model/index.ts';
import { objectsOf, type Block } from './blocks.ts';

function originOf(block: Block, name: string): Origin {
  return { how: 'declared', where: `${block.file}:${block.lineOf(name)}` };
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function providerRequirements(block: Block, providers: JsonObject): readonly Requirement[] {
  return Object.entries(providers).map(([name, value]) => {
    const object = objectsOf(value)[0];
    return {
      kind: 'provider',
      name: textOrNull(object?.['source']) ?? name,
      version: object === undefined ? textOrNull(value) : textOrNull(object['version']),
      origin: originOf(block, 'required_providers'),
    };
  });
}

function terraformRequirements(block: Block): readonly Requirement[] {
  const requirements: Requirement[] = [];
  const version = textOrNull(block.body['required_version']);
  if (version !== null) {
    requirements.push({ kind: 'tool', name: 'terraform', version, origin: originOf(block, 'required_version') });
  }
  for (const providers of objectsOf(block.body['required_providers'])) {
    requirements.push(...providerRequirements(block, providers));
  }
  for (const backends of objectsOf(block.body['backend'])) {
    for (const name of Object.keys(backends)) {
      requirements.push({ kind: 'backend', name, version: null, origin: originOf(block, 'backend') });
    }
  }
  if (objectsOf(block.body['cloud']).length > 0) {
    requirements.push({ kind: 'backend', name: 'cloud', version: null, origin: originOf(block, 'cloud') });
  }
  return requirements;
}

/** The provider a resource type belongs to by its name: `aws_vpc` → `aws`. */
function providerOfType(type: string): string {
  return type.split('_')[0] ?? type;
}

/** What a module needs: tool and provider versions, its backend, modules from elsewhere. */
export function readRequirements(blocks: readonly Block[]): readonly Requirement[] {
  const requirements: Requirement[] = [];
  for (const block of blocks) {
    if (block.type === 'terraform') requirements.push(...terraformRequirements(block));
    const source = textOrNull(block.body['source']);
    if (block.type === 'module' && source !== null && !isLocalSource(source)) {
      const version = textOrNull(block.body['version']);
      requirements.push({ kind: 'module', name: source, version, origin: originOf(block, 'source') });
    }
  }
  const named = new Set(requirements.map(({ name }) => name.split('/').at(-1)));
  for (const block of blocks) {
    if (block.type !== 'resource' && block.type !== 'data') continue;
    const provider = providerOfType(block.labels[0] ?? '');
    // `terraform_data` and `terraform_remote_state` are built into the tool.
    if (provider === 'terraform' || named.has(provider)) continue;
    named.add(provider);
    const origin: Origin = { how: 'inferred', where: `${block.file}:${block.line}` };
    requirements.push({ kind: 'provider', name: provider, version: null, origin });
  }
  return requirements;
}

/** Local modules are named by `./` or `../`; everything else is fetched by the tool. */
export function isLocalSource(source: string): boolean {
  return /^\.\.?(\/|$)/.test(source);
}
