import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { problemsOfIssues } from '#shared/blueprint/index.ts';
import {
  artifactDocumentSchema,
  type ArtifactDocument,
  type PortSchema,
  type Ports,
  type Problem,
} from '#shared/model/index.ts';
import { parseYaml, placeProblems, type YamlText } from '#engine/files/index.ts';
import { correctionsFile } from './source-files.ts';

/** What `artifact.yaml` says, and where. */
export interface Corrections {
  readonly document: ArtifactDocument;
  readonly problems: readonly Problem[];
  lineOf(path: readonly (string | number)[]): number;
}

const none: Corrections = { document: {}, problems: [], lineOf: () => 1 };

/** Reads the corrections of an artifact's folder; there may be none. A wrong file is named and not applied. */
export async function readCorrections(folder: string): Promise<Corrections> {
  let text: string;
  try {
    text = await readFile(path.join(folder, correctionsFile), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return none;
    throw error;
  }
  const yaml: YamlText = parseYaml(text, correctionsFile);
  if (yaml.problems.length > 0) return { ...none, problems: yaml.problems };
  // A file of comments only corrects nothing.
  const parsed = artifactDocumentSchema.safeParse(yaml.value ?? {});
  const lineOf = (at: readonly (string | number)[]): number => yaml.positionOf(at).line;
  if (parsed.success) return { document: parsed.data, problems: [], lineOf };
  const fields = Object.keys(artifactDocumentSchema.shape);
  return { ...none, problems: placeProblems(problemsOfIssues(parsed.error.issues, fields), yaml, correctionsFile) };
}

/** Lays corrections over ports that were read; each corrected port says so. Unknown names become warnings. */
export function correctPorts(
  ports: Ports,
  corrections: Corrections,
  side: 'inputs' | 'outputs',
): { readonly ports: Ports; readonly problems: readonly Problem[] } {
  const given = corrections.document[side] ?? {};
  const properties: Record<string, PortSchema> = { ...ports.properties };
  const problems: Problem[] = [];
  for (const [name, correction] of Object.entries(given)) {
    const line = corrections.lineOf([side, name]);
    const read = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (read === undefined) {
      problems.push({
        severity: 'warning',
        code: 'unknown-port',
        message: `artifact.yaml corrects the ${side === 'inputs' ? 'input' : 'output'} "${name}", which the code does not have.`,
        advice: 'Remove the correction, or correct its name.',
        file: correctionsFile,
        line,
        column: 1,
        field: `${side}.${name}`,
        node: null,
      });
      continue;
    }
    properties[name] = {
      ...read,
      ...correction,
      'x-origin': { how: 'corrected', where: `${correctionsFile}:${line}` },
    };
  }
  const required = ports.required.filter((name) => properties[name]?.default === undefined);
  return { ports: { ...ports, properties, required }, problems };
}
