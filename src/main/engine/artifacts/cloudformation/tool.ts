import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from '#shared/model/index.ts';
import { isInside, listFolder, type FolderContent } from '#engine/files/index.ts';
import type { ArtifactTool, CodeReading, FoundCode, GatheredCode } from '../artifact-tool.ts';
import { isIgnoredSource } from '../source-files.ts';
import { undeclaredNames } from './check-references.ts';
import { conditionNotes } from './conditions.ts';
import { filesOf, isPath, type LocalFile } from './local-files.ts';
import { nestedProblems, type NestedStack } from './nested.ts';
import { readStackOutputs } from './outputs.ts';
import { readParameters, ruleSentences } from './parameters.ts';
import { readTemplateRequirements } from './requirements.ts';
import { looksLikeTemplate, readTemplate, sectionOf, type Template } from './template.ts';

/** CloudFormation takes templates of up to 1 MB. */
const maximumBytes = 1_000_000;
const templateName = /\.(json|ya?ml|template)$/i;

async function templatesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter(
    (entry) => entry.isFile() && templateName.test(entry.name) && !entry.name.startsWith('.'),
  );
  const found: string[] = [];
  for (const { name } of names.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const file = path.join(folder, name);
    if ((await stat(file)).size > maximumBytes) continue;
    if (looksLikeTemplate(await readFile(file, 'utf8'))) found.push(name);
  }
  return found;
}

/** Templates of a folder that others of it nest: they belong to those. */
async function nestedIn(folder: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  const nested = new Set<string>();
  for (const name of names) {
    const reading = readTemplate(name, await readFile(path.join(folder, name), 'utf8'));
    if (!reading.ok) continue;
    for (const { source } of filesOf(reading.template).filter((file) => file.nested && isPath(file.source))) {
      nested.add(path.relative(folder, path.resolve(folder, source)));
    }
  }
  return nested;
}

type Note = Pick<Problem, 'severity' | 'code' | 'message'>;

/** A remark about a file as a whole. */
function note(file: string, said: Note): Problem {
  return { ...said, advice: null, file, line: null, column: null, field: null, node: null };
}

/** The files a template needs beside itself, its own first; each once. */
async function gatherTemplate({ folder, entry }: FoundCode, signal?: AbortSignal): Promise<GatheredCode> {
  const content = new Map<string, FolderContent[number]>();
  const problems: Problem[] = [];

  async function takeTemplate(relative: string): Promise<void> {
    signal?.throwIfAborted();
    if (content.has(relative)) return;
    const absolute = path.join(folder, relative);
    content.set(relative, { path: relative, copyOf: absolute });
    const reading = readTemplate(relative, await readFile(absolute, 'utf8'));
    if (!reading.ok) return;
    for (const local of filesOf(reading.template).filter(({ source }) => isPath(source)))
      await takeLocal(relative, local);
  }

  async function takeLocal(from: string, { resource, property, source, nested }: LocalFile): Promise<void> {
    const absolute = path.resolve(folder, path.dirname(from), source);
    const relative = path.relative(folder, absolute).split(path.sep).join('/');
    const said = `${resource}.${property} names ${source}`;
    const status = await stat(absolute).catch(() => null);
    if (!isInside(folder, absolute))
      problems.push(
        note(from, { severity: 'warning', code: 'left-out', message: `${said}, which lies outside of the folder.` }),
      );
    else if (status === null)
      problems.push(
        note(from, { severity: 'warning', code: 'missing-file', message: `${said}, which does not exist.` }),
      );
    else if (nested && status.isFile()) await takeTemplate(relative);
    else if (status.isFile()) content.set(relative, { path: relative, copyOf: absolute });
    else {
      const files = await listFolder(absolute, {
        ignore: isIgnoredSource,
        ...(signal === undefined ? {} : { signal }),
      });
      for (const file of files) {
        const target = path.posix.join(relative, file.path);
        content.set(target, { path: target, copyOf: file.absolute });
      }
    }
  }

  await takeTemplate(entry ?? '');
  return { content: [...content.values()], problems };
}

const emptyPorts = { type: 'object' as const, properties: {}, required: [] };

function countTypes(template: Template): Record<string, number> {
  const creates: Record<string, number> = {};
  for (const [, { Type }] of sectionOf(template, 'Resources')) {
    if (typeof Type === 'string') creates[Type] = (creates[Type] ?? 0) + 1;
  }
  return creates;
}

async function readEntry(folder: string, entry: string, within: readonly string[]): Promise<CodeReading> {
  const reading = readTemplate(entry, await readFile(path.join(folder, entry), 'utf8'));
  if (!reading.ok) {
    const nothing = { inputs: emptyPorts, outputs: emptyPorts, requires: [], creates: {}, dependencies: [] };
    return { ...nothing, summary: null, version: null, problems: reading.problems, readable: false };
  }
  const { template } = reading;
  const parameters = readParameters(template, entry);
  const problems: Problem[] = [
    ...parameters.problems,
    ...undeclaredNames(template, entry),
    ...conditionNotes(template, entry),
  ];
  const stacks: NestedStack[] = [];
  for (const sentence of ruleSentences(template))
    problems.push(note(entry, { severity: 'info', code: 'rule', message: `A rule of the template: ${sentence}` }));
  const creates = countTypes(template);
  const nested = filesOf(template).filter((file) => file.nested);
  for (const { resource, source } of nested.filter((file) => isPath(file.source))) {
    const relative = path.posix.join(path.posix.dirname(entry), source);
    if (within.includes(relative)) {
      problems.push(
        note(entry, {
          severity: 'error',
          code: 'nested-cycle',
          message: `${resource} nests ${source}, which nests ${entry}.`,
        }),
      );
      continue;
    }
    if (
      !isInside(folder, path.join(folder, relative)) ||
      (await stat(path.join(folder, relative)).catch(() => null)) === null
    ) {
      problems.push(
        note(entry, {
          severity: 'warning',
          code: 'missing-file',
          message: `${resource} nests ${source}, which is not there: what it creates is unknown.`,
        }),
      );
      continue;
    }
    const inner = await readEntry(folder, relative, [...within, entry]);
    problems.push(...inner.problems);
    if (inner.readable) {
      const stack = { resource, inputs: inner.inputs, outputs: inner.outputs };
      stacks.push(stack);
      problems.push(...nestedProblems(template, entry, stack));
    }
    for (const [type, count] of Object.entries(inner.creates)) creates[type] = (creates[type] ?? 0) + count;
  }
  const { Description } = template.value;
  return {
    inputs: parameters.ports,
    outputs: readStackOutputs(template, entry, stacks),
    requires: readTemplateRequirements(template, entry),
    creates,
    dependencies: nested.map(({ resource, source }) => ({ name: resource, source })),
    summary: typeof Description === 'string' ? (Description.trim().split('\n')[0] ?? null) : null,
    version: null,
    problems,
    readable: true,
  };
}

/** CloudFormation templates, SAM templates among them: a file each, with the files it names beside it. */
export const cloudFormationTool: ArtifactTool = {
  runner: 'cloudformation',
  looksLike: 'CloudFormation templates',
  ownsFolders: false,
  async find(folder) {
    const names = await templatesIn(folder);
    const nested = names.length > 1 ? await nestedIn(folder, names) : new Set<string>();
    const own = names.filter((name) => !nested.has(name));
    // Where every template nests another, none is the outermost: each is offered, and reading names the circle.
    const offered = own.length === 0 ? names : own;
    return offered.map((name) => {
      const stem = name.replace(templateName, '');
      const title = /^(template|main|stack|index)$/i.test(stem) ? path.basename(folder) : stem;
      return { runner: 'cloudformation' as const, folder, entry: name, title };
    });
  },
  gather: gatherTemplate,
  async read(folder, { entry }) {
    return readEntry(folder, entry ?? '', []);
  },
};
