import { parseArgs } from 'node:util';
import { AppError, toAppError } from '#shared/errors/index.ts';
import { cacheDirectory, locateTool, readBuildNote } from './cache.ts';
import { ensureToolchain } from './ensure.ts';
import { findRecipe, recipes, type Recipe } from './recipes.ts';

const usage = `Usage: npm run toolchain [-- NAME… [--jobs N]]   build what is missing, all tools when none is named
       npm run toolchain -- --list [--json]       say what is there

Tools:
${recipes.map((recipe) => `  ${recipe.name.padEnd(16)}${recipe.title} ${recipe.version}, for ${recipe.usedFor}`).join('\n')}

They are kept in ${cacheDirectory()}
(set GROUNDPLAN_TOOLCHAIN to keep them elsewhere).`;

/** What `--list` says about one tool. */
function describe(recipe: Recipe) {
  const place = locateTool(recipe);
  const note = place.directory !== null && place.present ? readBuildNote(place.directory) : null;
  return {
    name: recipe.name,
    title: recipe.title,
    version: recipe.version,
    present: place.present,
    path: place.executable,
    bytes: note?.bytes ?? null,
    builtAt: note?.builtAt ?? null,
    buildSeconds: note?.seconds ?? null,
    usedFor: recipe.usedFor,
  };
}

function list(names: readonly string[], json: boolean): void {
  const chosen = recipes.filter((recipe) => names.length === 0 || names.includes(recipe.name));
  const tools = chosen.map(describe);
  if (json) {
    console.log(JSON.stringify({ directory: cacheDirectory(), tools }, null, 2));
    return;
  }
  for (const tool of tools) {
    const size = tool.bytes === null ? '' : `, ${Math.round(tool.bytes / 1e6)} MB`;
    const state = tool.present ? `${tool.path}${size}` : 'missing';
    console.log(`${tool.name.padEnd(16)}${tool.version.padEnd(10)}${state}`);
  }
}

async function build(names: readonly string[], jobs: number | undefined): Promise<number> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new AppError('cancelled', 'Cancelled; what is built so far stays.')));
  process.once('SIGTERM', () => stop.abort(new AppError('cancelled', 'Cancelled; what is built so far stays.')));
  const log = (line: string): void => console.log(line);
  const tools = await ensureToolchain(names, { log, signal: stop.signal, ...(jobs === undefined ? {} : { jobs }) });
  for (const tool of tools.filter((tool) => tool.status === 'present')) {
    console.log(`${tool.title} ${tool.version}: there (${tool.executable})`);
  }
  const failed = tools.filter((tool) => tool.status === 'failed');
  if (failed.length > 0) console.error(`Missing: ${failed.map((tool) => tool.title).join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      jobs: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const unknown = positionals.filter((name) => findRecipe(name) === undefined);
  const jobs = values.jobs === undefined ? undefined : Number(values.jobs);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (unknown.length > 0) throw new AppError('bad-input', `No such tool: ${unknown.join(', ')}.\n\n${usage}`);
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs > 0)) {
    throw new AppError('bad-input', `--jobs takes a whole number above 0, not "${values.jobs ?? ''}".`);
  }
  if (!values.list) return build(positionals, jobs);
  list(positionals, values.json);
  return 0;
}

try {
  process.exitCode = await main();
} catch (thrown) {
  const wrongUsage = thrown instanceof TypeError && 'code' in thrown;
  const error = toAppError(thrown);
  console.error(error.message);
  if (error.advice !== null) console.error(error.advice);
  process.exitCode = wrongUsage || error.code === 'bad-input' ? 2 : 1;
}
