import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toWireError } from '#shared/errors/index.ts';
import { readFacts } from '../facts/index.ts';
import { buildGraphFile, toBuildError } from '../kuzu/index.ts';
import { answerFileName, requestFileName, type BuildAnswer, type BuildRequest } from './request.ts';

async function make({ folder, facts, overlay }: BuildRequest): Promise<BuildAnswer> {
  // Whoever gives it up ends the whole process.
  const { signal } = new AbortController();
  const view = await readFacts(facts).view(signal);
  const { runs, scopes, coverage } = view;
  const input = { runs, scopes, coverage, overlay, resources: view.heads(), relationships: view.relationships() };
  const { pointer, counts } = await buildGraphFile(folder, input, signal).catch((error: unknown) => {
    throw toBuildError(error, folder);
  });
  return { made: { pointer, counts, damage: [...view.damage] } };
}

/** Builds the graph that a folder asks for, and leaves there how it went. */
export async function answerRequest(folder: string): Promise<void> {
  const request = JSON.parse(await readFile(join(folder, requestFileName), 'utf8')) as BuildRequest;
  const answer = await make(request).catch((error: unknown): BuildAnswer => ({ failed: toWireError(error) }));
  await writeFile(join(folder, answerFileName), JSON.stringify(answer));
}
