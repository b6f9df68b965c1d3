import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { JsonObject } from '#shared/base/json.ts';
import { readBlocks } from '../../artifacts/terraform/blocks.ts';
import { scanHcl, type ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';

/** A file of a module's root folder. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The block a resource comes from, with its place and its meaning. */
export interface ResourceBlock {
  readonly file: SourceFile;
  readonly place: ScannedBlock;
  /** The parser's reading: expressions as `${…}`, nested blocks as lists. */
  readonly body: JsonObject;
}

/** An instance's address, taken apart. */
export interface InstanceAddress {
  readonly type: string;
  readonly name: string;
  readonly index: string | number | null;
}

/** The configuration files in the root folder of a module. */
export async function readSources(folder: string): Promise<readonly SourceFile[]> {
  const names = (await readdir(folder)).filter((name) => /\.(tf|tofu)$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({ path: name, text: await readFile(path.join(folder, name), 'utf8') })),
  );
}

/** Takes an address apart; null for one inside a called module. */
export function parseAddress(address: string): InstanceAddress | null {
  const found = /^([A-Za-z_][\w-]*)\.([A-Za-z_][\w-]*)(?:\[(\d+|"(?:[^"\\]|\\.)*")\])?$/.exec(address);
  if (found === null) return null;
  const [, type = '', name = '', index] = found;
  return { type, name, index: index === undefined ? null : (JSON.parse(index) as string | number) };
}

/** Finds the block of a resource. Throws `bad-input` where it cannot be edited safely. */
export async function findBlock(files: readonly SourceFile[], address: string): Promise<ResourceBlock> {
  const parsed = parseAddress(address);
  if (parsed === null) {
    throw cannotAccept(address, 'it comes from a module that the artifact calls', 'Change that module by hand.');
  }
  const found: ResourceBlock[] = [];
  for (const file of files) {
    const places = scanHcl(file.text).blocks.filter((block) => isOf(block, parsed));
    if (places.length === 0) continue;
    if (isOverrideFile(file.path)) {
      throw cannotAccept(address, `${file.path} overrides it`, 'Change the files by hand.');
    }
    const blocks = await readBlocks(file.path, file.text);
    if (!blocks.ok) continue;
    const bodies = blocks.value.filter((block) => isOf(block, parsed));
    for (const [index, place] of places.entries()) {
      const body = bodies[index]?.body;
      if (body !== undefined) found.push({ file, place, body });
    }
  }
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw cannotAccept(
      address,
      'its block was not found in the .tf files of the artifact',
      'Files in JSON syntax are not edited: change them by hand.',
    );
  }
  return only;
}

/** Override files change blocks of other files, attribute by attribute. */
function isOverrideFile(file: string): boolean {
  return /(?:^|_)override\.(?:tf|tofu)$/.test(file);
}

function isOf(block: { readonly type: string; readonly labels: readonly string[] }, address: InstanceAddress): boolean {
  return block.type === 'resource' && block.labels[0] === address.type && block.labels[1] === address.name;
}

/** Why a difference cannot be taken over by itself, and what to do instead. */
export function cannotAccept(what: string, why: string, advice: string): AppError {
  return new AppError('bad-input', `${what} cannot be taken over: ${why}.`, { advice, details: { address: what } });
}
