import { describe, expect, it } from 'vitest';
import type { Artifact, FoundPiece } from '#shared/model/index.ts';
import { firstChoice } from './choices.ts';
import { runImport, type ChosenPiece, type ImportProgress } from './run-import.ts';

function artifactOf(name: string): Artifact {
  const ports = { type: 'object' as const, properties: {}, required: [] };
  return {
    name,
    version: '0.1.0',
    runner: 'terraform',
    boundary: 'networking',
    summary: '',
    digest: 'sha256:0',
    source: `artifacts/${name}`,
    inputs: ports,
    outputs: ports,
    requires: [],
    creates: {},
    dependencies: [],
  };
}

function chosen(count: number, path = '/code'): ChosenPiece[] {
  return Array.from({ length: count }, (_, number) => {
    const name = `m-${number}`;
    const found: FoundPiece = {
      path,
      piece: name,
      runner: 'terraform',
      name,
      artifact: artifactOf(name),
      boundaryBecause: '',
      problems: [],
      existing: 'none',
    };
    return { found, choice: firstChoice(found) };
  });
}

/** Imports with an engine that answers as `respond` says of the names of one call; answers what was told last. */
function importing(pieces: readonly ChosenPiece[], respond: (names: readonly string[]) => readonly string[]) {
  const calls: (readonly string[])[] = [];
  const stop = new AbortController();
  let last: ImportProgress | null = null;
  const client: Parameters<typeof runImport>[0] = {
    artifacts: {
      import: (input) => {
        const names = (input.pieces ?? []).map(({ name = '' }) => name);
        calls.push(names);
        return new Promise((resolve) => {
          resolve({ imported: respond(names).map(artifactOf), updated: [], problems: [] });
        });
      },
    },
  };
  return {
    calls,
    async run(stopAfter = Number.POSITIVE_INFINITY) {
      await runImport(client, pieces, {
        signal: stop.signal,
        onProgress: (progress) => {
          last = progress;
          if (progress.done >= stopAfter) stop.abort();
        },
      });
      return last as ImportProgress | null;
    },
  };
}

describe('importing what was chosen', () => {
  it('asks for few pieces one by one, and for a thousand in fifty calls, each once and in order', async () => {
    const few = importing(chosen(3), (names) => names);
    expect(await few.run()).toMatchObject({ done: 3, state: 'done', failed: [] });
    expect(few.calls).toEqual([['m-0'], ['m-1'], ['m-2']]);
    const many = importing(chosen(1000), (names) => names);
    expect(await many.run()).toMatchObject({ done: 1000, state: 'done', failed: [] });
    expect(many.calls).toHaveLength(50);
    expect(many.calls.flat()).toEqual(chosen(1000).map(({ found }) => found.name));
  });

  it('keeps what lies at different paths apart', async () => {
    const pieces = [...chosen(60, '/a'), ...chosen(60, '/b')];
    const run = importing(pieces, (names) => names);
    await run.run();
    expect(run.calls.flat()).toHaveLength(120);
    expect(run.calls.every((names) => new Set(names).size === names.length)).toBe(true);
  });

  it('names what the engine did not take, and imports the others when a call of several fails', async () => {
    const run = importing(chosen(100), (names) => {
      if (names.includes('m-7')) throw new Error('broken');
      return names.filter((name) => name !== 'm-20');
    });
    const end = await run.run();
    expect(end).toMatchObject({ done: 100, state: 'done', failed: ['m-7', 'm-20'] });
    expect(end?.imported).toHaveLength(98);
    expect(end?.problems).toHaveLength(1);
  });

  it('tells all that was imported when it is cancelled', async () => {
    const run = importing(chosen(200), (names) => names);
    const end = await run.run(8);
    expect(end).toMatchObject({ done: 8, state: 'cancelled' });
    expect(end?.imported.map(({ name }) => name)).toEqual(run.calls.flat());
  });
});
