import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import table from './recipes.json' with { type: 'json' };

const goVariablesSchema = z.record(z.string(), z.string());

/** How a tool is made; each kind has its builder under `build/`. */
const buildSchema = z.discriminatedUnion('kind', [
  /** A Go program built inside its own downloaded module, because its go.mod has replacements. */
  z.strictObject({
    kind: z.literal('go-main-module'),
    module: z.string(),
    package: z.string(),
    variables: goVariablesSchema,
  }),
  /** A Go program named as the tool of a small module of ours, which pins all it is made of. */
  z.strictObject({
    kind: z.literal('go-tool'),
    folder: z.string(),
    package: z.string(),
    variables: goVariablesSchema,
  }),
  /** A Terraform provider: a Go module of ours, put into a filesystem mirror. */
  z.strictObject({ kind: z.literal('provider'), folder: z.string(), source: z.string() }),
  /** Python packages in a virtual environment. */
  z.strictObject({ kind: z.literal('python'), folder: z.string() }),
  /** Not built here: looked for on the path. */
  z.strictObject({ kind: z.literal('system'), commands: z.array(z.string()).min(1), advice: z.string() }),
]);

const recipeSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  version: z.string(),
  usedFor: z.string(),
  /** Programs that must be on the machine to build it. */
  needs: z.array(z.enum(['go', 'python'])),
  /** How long the first build takes on two cores, and how much it leaves on disk. */
  minutes: z.number(),
  megabytes: z.number(),
  /** The file that is run (or, for a provider, pointed at), relative to the tool's folder. */
  executable: z.string(),
  build: buildSchema,
});

export type Recipe = z.infer<typeof recipeSchema>;
export type BuildRecipe = Recipe['build'];
export type Requirement = Recipe['needs'][number];

/** Every tool the project uses from outside, longest build first. The table is `recipes.json`. */
export const recipes: readonly Recipe[] = z.strictObject({ tools: z.array(recipeSchema) }).parse(table).tools;

/** The folder of this module, in which the recipes' own files lie. */
export const recipeFolder = import.meta.dirname;

/** The recipe of a tool by its name, or undefined. */
export function findRecipe(name: string): Recipe | undefined {
  return recipes.find((recipe) => recipe.name === name);
}

/**
 * Twelve hexadecimal digits that change when the way a tool is built changes: its build
 * settings and, where it has a folder here, every file of that folder.
 */
export function recipeDigest(recipe: Recipe): string {
  const hash = createHash('sha256').update(JSON.stringify(recipe.build));
  if ('folder' in recipe.build) {
    const folder = path.join(recipeFolder, recipe.build.folder);
    for (const file of readdirSync(folder).sort()) {
      hash.update(`\0${file}\0`).update(readFileSync(path.join(folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 12);
}
