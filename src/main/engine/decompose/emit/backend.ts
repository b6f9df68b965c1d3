import type { Splice } from '#engine/files/index.ts';
import type { ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import { attributeOf, constantText } from '../source/declarations.ts';
import type { SourceFile } from '../source/root-source.ts';

/** Where a root keeps its state, as its code says it. */
export interface Backend {
  readonly type: string;
  readonly file: SourceFile;
  readonly block: ScannedBlock;
}

/** Per backend the arguments that tell one state from another, and how a part's own is made. */
const separators: Readonly<
  Record<string, readonly { readonly name: string; readonly join: 'path' | 'suffix' | 'folder' }[]>
> = {
  s3: [{ name: 'key', join: 'path' }],
  azurerm: [{ name: 'key', join: 'path' }],
  oss: [{ name: 'key', join: 'path' }],
  cos: [{ name: 'key', join: 'path' }],
  local: [{ name: 'path', join: 'path' }],
  consul: [{ name: 'path', join: 'path' }],
  gcs: [{ name: 'prefix', join: 'folder' }],
  http: [
    { name: 'address', join: 'folder' },
    { name: 'lock_address', join: 'folder' },
    { name: 'unlock_address', join: 'folder' },
  ],
  kubernetes: [{ name: 'secret_suffix', join: 'suffix' }],
  pg: [{ name: 'schema_name', join: 'suffix' }],
};

/** The backend that a root's files declare, or null for local state beside the code. */
export function backendOf(files: readonly SourceFile[]): Backend | null {
  for (const file of files) {
    for (const settings of file.blocks.filter(({ type }) => type === 'terraform')) {
      const block = settings.blocks.find(({ type }) => type === 'backend' || type === 'cloud');
      if (block !== undefined) return { type: block.type === 'cloud' ? 'cloud' : (block.labels[0] ?? ''), file, block };
    }
  }
  return null;
}

function joined(value: string, part: string, how: 'path' | 'suffix' | 'folder'): string {
  switch (how) {
    case 'suffix':
      return `${value}-${part}`;
    case 'folder':
      return `${value.replace(/\/$/, '')}/${part}`;
    case 'path': {
      const at = value.lastIndexOf('/') + 1;
      return `${value.slice(0, at)}${part}/${value.slice(at)}`;
    }
  }
}

/** Values that keep a part's state apart from the others', by argument; null when the code does not hold them. */
export function backendValues({ type, file, block }: Backend, part: string): Readonly<Record<string, string>> | null {
  if (type === 'cloud' || type === 'remote') {
    const workspaces = block.blocks.find((inner) => inner.type === 'workspaces');
    const name = workspaces === undefined ? null : constantText(file, attributeOf(workspaces, 'name'));
    return name === null ? null : { name: `${name}-${part}` };
  }
  const values: Record<string, string> = {};
  for (const { name, join } of separators[type] ?? []) {
    const attribute = attributeOf(block, name);
    const value = constantText(file, attribute);
    if (value !== null) values[name] = joined(value, part, join);
    else if (attribute !== undefined || name === separators[type]?.[0]?.name) return null;
  }
  return Object.keys(values).length === 0 ? null : values;
}

/** What changes in a part's copy of the backend block. */
export function backendEdits(backend: Backend, part: string): readonly Splice[] {
  const attributes = [backend.block, ...backend.block.blocks].flatMap((block) => block.attributes);
  return Object.entries(backendValues(backend, part) ?? {}).flatMap(([name, value]) => {
    const attribute = attributes.find((one) => one.name === name);
    return attribute === undefined ? [] : [{ start: attribute.start, end: attribute.end, text: JSON.stringify(value) }];
  });
}
