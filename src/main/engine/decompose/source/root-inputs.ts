import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Json, JsonObject } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Ports, Problem } from '#shared/model/index.ts';
import { mergeOverrides, readBlocks } from '../../artifacts/terraform/blocks.ts';
import { constantOf, parseHcl } from '../../artifacts/terraform/hcl-parse.ts';
import { unreadableFile } from '../../artifacts/terraform/module.ts';
import { readVariables } from '../../artifacts/terraform/variables.ts';
import { problem } from './problem.ts';
import type { RootSource } from './root-source.ts';

/** The variables of a root with the values that its files of values give them. */
export interface RootInputs {
  readonly variables: Ports;
  readonly values: JsonObject;
  readonly problems: readonly Problem[];
}

/** Files of values in the order the tool reads them: a later one wins. */
async function valueFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  const automatic = names.filter((name) => /\.auto\.tfvars(\.json)?$/.test(name)).sort();
  return [...['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => names.includes(name)), ...automatic];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function readValues(
  file: string,
  shown: string,
): Promise<{ readonly values: JsonObject; readonly problems: readonly Problem[] }> {
  const text = await readFile(file, 'utf8');
  if (!file.endsWith('.json')) {
    const parsed = await parseHcl(shown, text);
    if (!parsed.ok) return { values: {}, problems: parsed.problems.map((found) => unreadableFile(shown, found)) };
    return {
      values: Object.fromEntries(Object.entries(parsed.value).map(([name, value]) => [name, constantOf(value)])),
      problems: [],
    };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { values: value, problems: [] };
  } catch {
    // Told below, as for JSON that is no object.
  }
  const message = `${shown} is not one JSON object.`;
  return {
    values: {},
    problems: [problem({ code: 'unreadable-file', message, advice: 'Mend the file.', file: shown, line: 1 })],
  };
}

/** Values given by a file that the caller names; it must be there. */
async function givenFile(file: string): Promise<ReturnType<typeof readValues>> {
  try {
    return await readValues(file, file);
  } catch (cause) {
    throw new AppError('not-found', `The values in ${file} cannot be read.`, { advice: 'Check the path.', cause });
  }
}

/**
 * Reads the variables of a root and their values: from `terraform.tfvars`, `*.auto.tfvars`, then files given besides,
 * as the tool does. Throws `not-found` for a given file that is not there.
 */
export async function readRootInputs(source: RootSource, given: readonly string[]): Promise<RootInputs> {
  const blocks = [];
  for (const { path: file, text } of source.files) {
    const read = await readBlocks(file, text);
    if (read.ok) blocks.push(...read.value);
  }
  const variables = readVariables(mergeOverrides(blocks));
  const { values, problems } = await readRootValues(source.folder, given);
  return { variables: variables.value, values, problems: [...variables.problems, ...problems] };
}

/** The values of variables alone, from the files that the tool reads by itself and those given besides. */
export async function readRootValues(
  folder: string,
  given: readonly string[],
): Promise<Pick<RootInputs, 'values' | 'problems'>> {
  const problems: Problem[] = [];
  const values = new Map<string, Json>();
  const files = [
    ...(await valueFiles(folder)).map((name) => readValues(path.join(folder, name), name)),
    ...given.map(givenFile),
  ];
  for (const read of await Promise.all(files)) {
    problems.push(...read.problems);
    for (const [name, value] of Object.entries(read.values)) values.set(name, value);
  }
  return { values: Object.fromEntries(values), problems };
}
