import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownSchemas } from '#engine/artifacts/index.ts';
import { temporaryFolder, writeFiles } from '#test/support/orchestrator/tool-workbench.ts';
import { createAnalysisCache } from './analysis-cache.ts';

describe('the analysis of a root', () => {
  it('is kept until its code changes, or that of a module it calls, however deep, or one that was missing comes', async () => {
    await using folder = await temporaryFolder();
    const root = path.join(folder.path, 'root');
    await writeFiles(folder.path, {
      'root/main.tf': 'module "vault" { source = "./vault" }\nmodule "gone" { source = "../gone" }\n',
      'root/vault/main.tf': 'module "inner" { source = "../../inner" }\noutput "word" { value = module.inner.word }\n',
      'inner/main.tf': 'output "word" { value = "x" }\n',
    });
    const schemas = knownSchemas(path.resolve('resources'), null);
    const cache = createAnalysisCache(() => schemas);
    const { signal } = new AbortController();
    const first = await cache.read(root, signal);
    expect(first.sensitive.reason('module.vault', 'word')).toBeNull();
    expect(await cache.read(root, signal)).toBe(first);

    await writeFile(path.join(folder.path, 'inner', 'main.tf'), 'output "word" { value = sensitive("x") }\n');
    const second = await cache.read(root, signal);
    expect(second.sensitive.reason('module.vault', 'word')).toBe('output word of ./vault is sensitive');
    expect(await cache.read(root, signal)).toBe(second);

    await writeFiles(folder.path, { 'gone/main.tf': 'output "here" { value = 1 }\n' });
    const third = await cache.read(root, signal);
    expect([second, third].map(({ modules }) => modules.get('module.gone')?.outputs === null)).toEqual([true, false]);

    await writeFile(path.join(root, 'more.tf'), 'locals {}\n');
    expect(await cache.read(root, signal)).not.toBe(third);
  });
});
