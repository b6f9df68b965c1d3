import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRecipe, recipeDigest, recipeFolder, recipes, type Recipe } from './recipes.ts';

function recipe(name: string): Recipe {
  const found = findRecipe(name);
  if (found === undefined) throw new Error(`no recipe ${name}`);
  return found;
}

describe('the table of tools', () => {
  it('names each tool once', () => {
    const names = recipes.map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('starts with the longest builds, so that two at a time end soonest', () => {
    const built = recipes.filter((entry) => entry.build.kind === 'go-tool');
    expect(built.map((entry) => entry.minutes)).toEqual(built.map((entry) => entry.minutes).toSorted((a, b) => b - a));
  });

  it.each([
    ['helm', 'helm.sh/helm/v3'],
    ['etcd', 'go.etcd.io/etcd/server/v3'],
    ['kube-apiserver', 'k8s.io/kubernetes'],
  ])('pins the version of %s that its Go module pins', (name, module) => {
    const text = readFileSync(path.join(recipeFolder, name, 'go.mod'), 'utf8');
    expect(text).toContain(`${module} v${recipe(name).version} `);
  });

  it('pins the version of moto that its requirements pin', () => {
    const text = readFileSync(path.join(recipeFolder, 'moto', 'requirements.txt'), 'utf8');
    expect(text.split('\n')).toContain(`moto==${recipe('moto').version}`);
  });
});

describe('the digest of a recipe', () => {
  it('changes with the way a tool is built', () => {
    const tofu = recipe('tofu');
    if (tofu.build.kind !== 'go-main-module') throw new Error('unexpected recipe');
    const changed = { ...tofu, build: { ...tofu.build, variables: {} } };
    expect(recipeDigest(changed)).not.toBe(recipeDigest(tofu));
  });

  it('does not change with what is said about a tool', () => {
    const tofu = recipe('tofu');
    expect(recipeDigest({ ...tofu, usedFor: 'something else', minutes: 99 })).toBe(recipeDigest(tofu));
  });
});
