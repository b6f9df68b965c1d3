import { appendFile, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/errors/index.ts';
import type { Actor, Audience, Problem, Release } from '#shared/model/index.ts';
import { digestFiles, listFolder, readTextIfThere, writeFolderAtomically, writeYaml } from '#engine/files/index.ts';
import type { Clock } from '../ports/index.ts';
import { assembleArtifact, assembleBlueprint, insideRelease, type Assembly } from './assemble.ts';
import { plainData, unknownDraft } from './draft-files.ts';
import type { Library } from './library.ts';
import { releaseFolder, schemaAddresses } from './names.ts';
import { digestRelease, listRelease, releaseFile } from './release-files.ts';

export interface PublishRequest {
  readonly name: string;
  readonly audience: Audience;
  readonly notes: string;
  readonly actor: Actor;
}

interface Candidate {
  readonly type: Release['type'];
  readonly version: string;
  readonly assemble: () => Promise<Assembly>;
}

/** A day, as people date releases. */
export function dayOf(clock: Clock): string {
  return new Date(clock.now()).toISOString().slice(0, 10);
}

function refuse(name: string, errors: readonly Problem[]): AppError {
  const lines = errors.map(
    ({ file, line, message }) => `${file ?? name}${line === null ? '' : `:${line}`}: ${message}`,
  );
  return new AppError(
    'bad-input',
    `${name} has ${errors.length === 1 ? 'an error' : `${errors.length} errors`} and was not published: ${lines[0] ?? ''}`,
    {
      advice: 'Mend what the problems list names, then publish again.',
      details: { name, problems: lines },
    },
  );
}

async function candidateOf(library: Library, name: string): Promise<Candidate> {
  const draft = await library.draft(name);
  if (draft !== null) {
    const errors = draft.problems.filter(({ severity }) => severity === 'error');
    const { document, text } = draft;
    if (document === null || errors.length > 0) throw refuse(name, errors);
    return { type: 'blueprint', version: document.version, assemble: () => assembleBlueprint(library, document, text) };
  }
  const found = await library.artifacts.find(name);
  if (found === null) throw unknownDraft(name);
  const { artifact } = found;
  return { type: 'artifact', version: artifact.version, assemble: () => assembleArtifact(library, artifact) };
}

/** Published files are compared byte by byte: git must not change their line ends on any machine. */
async function keepBytes(catalog: string): Promise<void> {
  const file = path.join(catalog, '.gitattributes');
  const text = await readTextIfThere(file);
  if (text === null) await writeFile(file, '* -text\n');
  else if (!/^\*\s+-text\s*$/m.test(text)) await appendFile(file, `${text.endsWith('\n') ? '' : '\n'}* -text\n`);
}

async function checkSources(folder: string, assembly: Assembly): Promise<void> {
  for (const source of assembly.sources) {
    if ((await digestFiles(await listFolder(insideRelease(folder, source.path)))) === source.digest) continue;
    throw new AppError('conflict', `${source.path} changed while it was being published.`, {
      advice: 'Publish again once nobody is editing it.',
      details: { path: source.path },
    });
  }
}

/**
 * Makes the version of a draft, or of an artifact of that name, immutable: everything it needs is copied into
 * `catalog/<name>/<version>/`, which appears whole or not at all. Throws `already-exists` when that version is
 * published, `bad-input` with every error of the draft, `conflict` when sources change meanwhile.
 */
export async function publish(library: Library, request: PublishRequest, clock: Clock): Promise<Release> {
  const { workspace } = library;
  workspace.assertWritable();
  const { name, audience, notes, actor } = request;
  const candidate = await candidateOf(library, name);
  const { type, version } = candidate;
  const target = releaseFolder(workspace.paths, name, version);
  const taken = (): AppError =>
    new AppError('already-exists', `${name} ${version} is published; a published version never changes.`, {
      advice: 'Raise the version of the draft and publish that.',
      details: { name, version },
    });
  if (
    await stat(target).then(
      () => true,
      () => false,
    )
  )
    throw taken();
  const assembly = await candidate.assemble();
  const date = dayOf(clock);
  const facts = { name, version, type, author: actor.name, date, notes };
  let release: Release | null = null;
  await mkdir(workspace.paths.catalog, { recursive: true });
  await keepBytes(workspace.paths.catalog);
  try {
    await writeFolderAtomically(target, assembly.content, {
      replace: false,
      async check(folder) {
        await checkSources(folder, assembly);
        release = {
          ...facts,
          digest: await digestRelease(await listRelease(folder), facts),
          status: 'active',
          successor: null,
          reason: null,
          audience,
          history: [{ date, author: actor.name, change: 'published' }],
        };
        await writeFile(path.join(folder, releaseFile), writeYaml(plainData(release), schemaAddresses.release));
      },
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Somebody published the same version between the look and the rename.
    if (code === 'EEXIST' || code === 'ENOTEMPTY') throw taken();
    throw error;
  }
  if (release === null) throw new AppError('internal', `${name} ${version} was written without a release.`);
  return release;
}
