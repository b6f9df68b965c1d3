import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildNoteName, cacheDirectory, locateTool, toolFolderName } from './cache.ts';
import { findRecipe, type Recipe } from './recipes.ts';

function recipe(name: string): Recipe {
  const found = findRecipe(name);
  if (found === undefined) throw new Error(`no recipe ${name}`);
  return found;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'groundplan-cache-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the cache of tools', () => {
  it('is where the user says, else in the cache folder of the system, else in the home folder', () => {
    expect(cacheDirectory({ GROUNDPLAN_TOOLCHAIN: '/tools', XDG_CACHE_HOME: '/cache' })).toBe('/tools');
    expect(cacheDirectory({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/groundplan/toolchain');
    expect(cacheDirectory({ XDG_CACHE_HOME: 'not/absolute' })).toBe(
      path.join(homedir(), '.cache', 'groundplan', 'toolchain'),
    );
  });

  it('does not take a half-built tool for a whole one', () => {
    const env = { GROUNDPLAN_TOOLCHAIN: folder };
    const place = path.join(folder, toolFolderName(recipe('etcd')));
    expect(locateTool(recipe('etcd'), env).present).toBe(false);
    mkdirSync(path.join(place, 'bin'), { recursive: true });
    writeFileSync(path.join(place, 'bin', 'etcd'), '');
    expect(locateTool(recipe('etcd'), env)).toMatchObject({ present: false, executable: null });
    writeFileSync(path.join(place, buildNoteName), '{}');
    expect(locateTool(recipe('etcd'), env)).toMatchObject({
      present: true,
      executable: path.join(place, 'bin', 'etcd'),
    });
  });

  it('looks on the path for what the system provides, in the order of the names', () => {
    for (const name of ['google-chrome', 'chromium-browser']) {
      writeFileSync(path.join(folder, name), '');
      chmodSync(path.join(folder, name), 0o755);
    }
    writeFileSync(path.join(folder, 'chromium'), 'not executable');
    expect(locateTool(recipe('chromium'), { PATH: `/nowhere:${folder}` }).executable).toBe(
      path.join(folder, 'chromium-browser'),
    );
    expect(locateTool(recipe('chromium'), { PATH: '/nowhere' }).present).toBe(false);
  });
});
