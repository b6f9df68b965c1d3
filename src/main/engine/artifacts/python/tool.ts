import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problem, Requirement } from '#shared/model/index.ts';
import type { ArtifactTool, CodeReading } from '../artifact-tool.ts';
import { environmentInputs } from './environment-inputs.ts';
import { readInlineMetadata, requirementOf } from './inline-metadata.ts';
import { interfaceOf } from './interface.ts';
import { withLocalImports } from './local-imports.ts';
import { outputsOf } from './outputs.ts';
import type { PythonModule } from './syntax/ast.ts';
import { parsePython } from './syntax/parse-module.ts';

/** Larger files are data in Python's clothes. */
const maximumBytes = 2_000_000;
const requirementsFile = 'requirements.txt';
/** Files that are there for tests and tools, not to be run. */
const noScript = /^(test_.*|.*_test|conftest|setup|__init__|noxfile|tasks)\.py$/;
const commandLibraries = new Set(['argparse', 'click', 'typer']);

/** True for a file that is meant to be started, as far as its text tells. */
function isScript(text: string, module: PythonModule): boolean {
  if (/^# \/\/\/ script$/m.test(text) || module.startable) return true;
  if (module.functions.some(({ name }) => name === 'main')) return true;
  if (environmentInputs(module, '').length > 0) return true;
  return module.imports.some(({ module: name }) => commandLibraries.has(name)) && module.calls.length > 0;
}

function describe(documentation: string | null): string | null {
  const [first] = (documentation ?? '').split('\n').filter((line) => line.trim() !== '');
  return first?.trim() ?? null;
}

async function requirementsOf(folder: string): Promise<readonly Requirement[]> {
  const text = await readFile(path.join(folder, requirementsFile), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line, index) => {
    const bare = line.trim();
    return bare === '' || /^[#-]/.test(bare) ? [] : [requirementOf(bare, `${requirementsFile}:${index + 1}`)];
  });
}

async function readScript(folder: string, entry: string): Promise<CodeReading> {
  const text = await readFile(path.join(folder, entry), 'utf8');
  const module = parsePython(text);
  const context = { module, file: entry };
  const script = interfaceOf(context);
  const outputs = outputsOf(script.answers, context);
  const metadata = readInlineMetadata(text, entry);
  const faults = module.faults.slice(0, 5).map(({ line, column }): Problem => ({
    severity: 'error',
    code: 'unreadable-file',
    message: `${entry}:${line},${column}: this is not Python.`,
    advice: 'Mend the script; what stands around it was read.',
    file: entry,
    line,
    column,
    field: null,
    node: null,
  }));
  return {
    inputs: script.inputs,
    outputs: outputs.ports,
    requires: [...metadata.requires, ...(metadata.requires.length > 0 ? [] : await requirementsOf(folder))],
    creates: {},
    dependencies: [],
    summary: describe(module.documentation) ?? describe(script.answers?.documentation ?? null),
    version: null,
    problems: [...faults, ...metadata.problems, ...script.problems, ...outputs.problems],
    ...(metadata.corrections === null ? {} : { corrections: { file: entry, ...metadata.corrections } }),
    readable: true,
  };
}

/** Python scripts: a file each, with the files of its folder that it imports. */
export const pythonTool: ArtifactTool = {
  runner: 'python',
  looksLike: 'Python scripts',
  ownsFolders: false,
  async find(folder) {
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((one) => one.isFile() && one.name.endsWith('.py') && !noScript.test(one.name));
    const scripts: string[] = [];
    for (const { name } of names.sort((left, right) => (left.name < right.name ? -1 : 1))) {
      const file = path.join(folder, name);
      if ((await stat(file)).size > maximumBytes) continue;
      const text = await readFile(file, 'utf8');
      if (isScript(text, parsePython(text))) scripts.push(name);
    }
    return scripts.map((name) => {
      const stem = name.slice(0, -'.py'.length);
      const title = /^(main|__main__|app|run|script|cli)$/.test(stem) ? path.basename(folder) : stem;
      return { runner: 'python' as const, folder, entry: name, title };
    });
  },
  async gather({ folder, entry }, signal) {
    const files = await withLocalImports(path.join(folder, entry ?? ''), signal);
    const beside = [requirementsFile, 'pyproject.toml'].map((name) => path.join(folder, name));
    const present = await Promise.all(
      beside.map((file) =>
        stat(file).then(
          () => true,
          () => false,
        ),
      ),
    );
    const all = [...files, ...beside.filter((_file, index) => present[index])];
    return {
      content: all.map((file) => ({ path: path.relative(folder, file).split(path.sep).join('/'), copyOf: file })),
      problems: [],
    };
  },
  read: (folder, { entry }) => readScript(folder, entry ?? ''),
};
