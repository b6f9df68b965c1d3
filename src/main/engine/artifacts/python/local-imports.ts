import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parsePython } from './syntax/parse-module.ts';

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (status) => status.isFile(),
    () => false,
  );
}

/** Files a module name may stand for beside a file, in the order Python looks. */
async function filesOfModule(root: string, from: string, module: string): Promise<readonly string[]> {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const parts = module
    .slice(dots)
    .split('.')
    .filter((part) => part !== '');
  const base = dots === 0 ? root : path.join(path.dirname(from), ...Array.from({ length: dots - 1 }, () => '..'));
  const target = path.join(base, ...parts);
  const candidates =
    parts.length === 0 ? [path.join(target, '__init__.py')] : [`${target}.py`, path.join(target, '__init__.py')];
  // A package's own files run when one of its modules is imported.
  const packages = parts
    .slice(0, -1)
    .map((_part, index) => path.join(base, ...parts.slice(0, index + 1), '__init__.py'));
  const found: string[] = [];
  for (const file of [...candidates, ...packages]) if (await isFile(file)) found.push(file);
  return found;
}

/** A script and the files of its folder that it imports, directly or through others; absolute paths, itself first. */
export async function withLocalImports(script: string, signal?: AbortSignal): Promise<readonly string[]> {
  const root = path.dirname(script);
  const files = [script];
  for (const file of files) {
    signal?.throwIfAborted();
    const { imports } = parsePython(await readFile(file, 'utf8'));
    for (const { module, names } of imports) {
      const modules = [
        module,
        ...names.map((name) => (module.endsWith('.') ? `${module}${name}` : `${module}.${name}`)),
      ];
      for (const one of modules) {
        for (const found of await filesOfModule(root, file, one)) {
          const inside = !path.relative(root, found).startsWith('..');
          if (inside && !files.includes(found)) files.push(found);
        }
      }
    }
  }
  return files;
}
