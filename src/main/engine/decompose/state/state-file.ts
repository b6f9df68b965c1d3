import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import { parseExactJson } from '#engine/files/index.ts';

const instanceSchema = z.looseObject({
  index_key: z.unknown().optional(),
  deposed: z.string().optional(),
  dependencies: z.array(z.string()).optional(),
});
export type StateInstance = z.infer<typeof instanceSchema>;

const resourceSchema = z.looseObject({
  /** Path of the module it lies in, keys included: `module.a["x"].module.b`. */
  module: z.string().optional(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  provider: z.string(),
  instances: z.array(instanceSchema),
});
export type StateResource = z.infer<typeof resourceSchema>;

/** A state as the tools write it, format version 4. Everything that is not named here is kept as it stands. */
const stateFileSchema = z.looseObject({
  version: z.literal(4),
  serial: z.number().int(),
  lineage: z.string(),
  outputs: z.record(z.string(), z.unknown()).default({}),
  resources: z.array(resourceSchema).default([]),
});
export type StateFile = z.infer<typeof stateFileSchema>;

/** A state with what tells its bytes from any other's. */
export interface ReadState {
  readonly file: StateFile;
  readonly text: string;
  /** `sha256:…` over the text. */
  readonly digest: string;
}

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/**
 * Reads the text of a state. Throws `bad-input` for an empty or encrypted one, and for what is no state of format
 * version 4; no value of it is ever part of a message.
 */
export function readState(text: string, from: string): ReadState {
  const refuse = (message: string, advice: string): AppError => new AppError('bad-input', message, { advice });
  if (text.trim() === '') {
    throw refuse(`${from} holds no state.`, 'Apply the root first, or check its backend and workspace.');
  }
  let value: unknown;
  try {
    value = parseExactJson(text);
  } catch {
    // The parser's own message could quote a value.
    throw refuse(`${from} is no state: it is not JSON.`, 'Give the file that `tofu state pull` writes.');
  }
  if (typeof value === 'object' && value !== null && 'encrypted_data' in value) {
    throw refuse(
      `${from} is encrypted.`,
      'Let the state be pulled by the tool, which decrypts it, instead of giving the file.',
    );
  }
  const parsed = stateFileSchema.safeParse(value);
  if (parsed.success) return { file: parsed.data, text, digest: digestOf(text) };
  const version = z.looseObject({ version: z.number() }).safeParse(value);
  throw refuse(
    version.success && version.data.version !== 4
      ? `${from} is a state of format version ${version.data.version}; version 4 is needed.`
      : `${from} is no state.`,
    'Give the file that `tofu state pull` writes, with a current version of the tool.',
  );
}

/** The text of a state, as the tools write it. */
export function stateText(file: StateFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Address of a resource with its module, without instance keys of its own. */
export function resourceAddress({ module, mode, type, name }: StateResource): string {
  return [...(module === undefined ? [] : [module]), ...(mode === 'data' ? ['data'] : []), type, name].join('.');
}

/** Address of a resource's instance with its key. */
export function keyedAddress(resource: StateResource, { index_key: key }: StateInstance): string {
  return `${resourceAddress(resource)}${key === undefined || key === null ? '' : `[${JSON.stringify(key)}]`}`;
}

/** Address of one instance; a deposed one, which is still to be destroyed, is an instance of its own. */
export function instanceAddress(resource: StateResource, instance: StateInstance): string {
  const { deposed } = instance;
  return `${keyedAddress(resource, instance)}${deposed === undefined ? '' : ` (deposed ${deposed})`}`;
}

/** The declaration of a root that an address in a state belongs to: the resource, data source or module call. */
export function declaredAddress(address: string): string {
  const [first = '', second = '', third = ''] = address.split(/[.[]/);
  return first === 'data' ? `data.${second}.${third}` : `${first}.${second}`;
}
