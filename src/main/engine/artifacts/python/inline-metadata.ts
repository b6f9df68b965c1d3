import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import {
  artifactCorrectionsSchema,
  type ArtifactCorrections,
  type Problem,
  type Requirement,
} from '#shared/model/index.ts';

/** What a script says of itself in a block of comments (PEP 723). */
export interface InlineMetadata {
  readonly requires: readonly Requirement[];
  /** What `[tool.groundplan]` says of the script's interface; null when it says nothing. */
  readonly corrections: { readonly document: ArtifactCorrections; readonly line: number } | null;
  readonly problems: readonly Problem[];
}

// The reference expression of PEP 723, "Specification".
const block = /^# \/\/\/ (?<type>[a-zA-Z0-9-]+)$\s(?<content>(?:^#(?:| .*)$\s)+)^# \/\/\/$/gm;

const metadataSchema = z.object({
  'requires-python': z.string().optional(),
  dependencies: z.array(z.string()).default([]),
  tool: z.object({ groundplan: artifactCorrectionsSchema.optional() }).optional(),
});

const none = { requires: [], corrections: null };

/** The name and the version of a dependency (PEP 508): `boto3>=1.30; python_version>"3.8"`. */
export function requirementOf(text: string, where: string): Requirement {
  const [, name = text, version = ''] = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*(?:\[[^\]]*\])?)\s*([^;#]*)/.exec(text) ?? [];
  return {
    kind: 'package',
    name: name.replaceAll(/\s/g, ''),
    version: version.trim().replace(/^\((.*)\)$/, '$1') || null,
    origin: { how: 'declared', where },
  };
}

function problem(file: string, line: number, message: string): Problem {
  const advice = 'Mend the block of comments that begins with "# /// script".';
  return {
    severity: 'error',
    code: 'bad-metadata',
    message,
    advice,
    file,
    line,
    column: null,
    field: null,
    node: null,
  };
}

/** Reads the `script` block of a file; there may be none. */
export function readInlineMetadata(text: string, file: string): InlineMetadata {
  const blocks = [...text.replaceAll('\r\n', '\n').matchAll(block)].filter(
    ({ groups }) => groups?.['type'] === 'script',
  );
  const [first, second] = blocks;
  if (first === undefined) return { ...none, problems: [] };
  const line = text.slice(0, first.index).split('\n').length;
  if (second !== undefined)
    return { ...none, problems: [problem(file, line, `${file} has two script blocks; there may be one.`)] };
  const content = (first.groups?.['content'] ?? '')
    .split('\n')
    .map((one) => one.replace(/^# ?/, ''))
    .join('\n');
  try {
    const parsed = metadataSchema.safeParse(parse(content));
    if (!parsed.success)
      return { ...none, problems: [problem(file, line, `${file}:${line}: ${z.prettifyError(parsed.error)}`)] };
    const { dependencies, 'requires-python': python, tool } = parsed.data;
    const where = `${file}:${line}`;
    return {
      requires: [
        ...(python === undefined
          ? []
          : [{ kind: 'tool' as const, name: 'python', version: python, origin: { how: 'declared' as const, where } }]),
        ...dependencies.map((dependency) => requirementOf(dependency, where)),
      ],
      corrections: tool?.groundplan === undefined ? null : { document: tool.groundplan, line },
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const at = line + error.line;
    return {
      ...none,
      problems: [problem(file, at, `${file}:${at}: ${error.message.split('\n')[0] ?? error.message}`)],
    };
  }
}
