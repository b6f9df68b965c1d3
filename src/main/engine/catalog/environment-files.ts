import { rm } from 'node:fs/promises';
import { problemsOfIssues } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { environmentDocumentSchema, type EnvironmentDocument, type Problem } from '#shared/model/index.ts';
import {
  editYaml,
  namesIn,
  parseYaml,
  placeProblems,
  readTextIfThere,
  writeFileAtomically,
  writeYaml,
} from '#engine/files/index.ts';
import type { EnvironmentFiles, Workspace, WritableWorkspace } from '../ports/index.ts';
import { plainData } from './draft-files.ts';
import { environmentFile, schemaAddresses } from './names.ts';

/** What one environment's file says; null with problems when it cannot be read as one. */
export interface EnvironmentReading {
  readonly name: string;
  readonly document: EnvironmentDocument | null;
  readonly problems: readonly Problem[];
  /** Gives problems that name a field of this file its place. */
  place(problems: readonly Problem[]): readonly Problem[];
}

const fields = [...Object.keys(environmentDocumentSchema.shape), 'cloud', 'account', 'region', 'backend'];

function readText(name: string, text: string): EnvironmentReading {
  const file = `environments/${name}.yaml`;
  const yaml = parseYaml(text, file);
  const place: EnvironmentReading['place'] = (problems) => placeProblems(problems, yaml, file);
  if (yaml.problems.length > 0) return { name, document: null, problems: yaml.problems, place };
  const parsed = environmentDocumentSchema.safeParse(yaml.value);
  if (!parsed.success) {
    return { name, document: null, problems: place(problemsOfIssues(parsed.error.issues, fields)), place };
  }
  if (parsed.data.environment === name) return { name, document: parsed.data, problems: [], place };
  const { line, column } = yaml.positionOf(['environment']);
  const message = `The file is called ${name}, the environment in it ${parsed.data.environment}.`;
  const advice = 'Give both the same name.';
  return {
    name,
    document: null,
    place,
    problems: [
      { severity: 'error', code: 'wrong-name', message, advice, file, line, column, field: 'environment', node: null },
    ],
  };
}

/** Every file under `environments/`. */
export async function readEnvironments(workspace: Workspace): Promise<readonly EnvironmentReading[]> {
  const files = await namesIn(workspace.paths.environments, 'file');
  const names = files.filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -'.yaml'.length));
  return Promise.all(
    names.map(async (name) => {
      try {
        return readText(name, (await readTextIfThere(environmentFile(workspace.paths, name))) ?? '');
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const { message, advice } = error;
        const file = `environments/${name}.yaml`;
        const problem: Problem = {
          severity: 'error',
          code: 'bad-name',
          message,
          advice,
          file,
          line: 1,
          column: 1,
          field: null,
          node: null,
        };
        return { name, document: null, problems: [problem], place: (problems) => problems };
      }
    }),
  );
}

/** Reads and writes the files of environments. */
export function createEnvironmentFiles(workspace: WritableWorkspace): EnvironmentFiles {
  const { paths } = workspace;
  return {
    async read(name) {
      const text = await readTextIfThere(environmentFile(paths, name));
      if (text === null) return null;
      const { document, problems } = readText(name, text);
      if (document !== null) return document;
      const [first] = problems;
      throw new AppError(
        'bad-input',
        `${first?.file ?? name}:${first?.line ?? 1}: ${first?.message ?? 'cannot be read'}`,
        {
          advice: first?.advice ?? 'Mend the file.',
          details: { file: first?.file ?? name, line: first?.line ?? 1, field: first?.field ?? null },
        },
      );
    },
    async write(document) {
      workspace.assertWritable();
      const file = environmentFile(paths, document.environment);
      const data = plainData(environmentDocumentSchema.parse(document));
      const text = await readTextIfThere(file);
      await writeFileAtomically(
        file,
        text === null ? writeYaml(data, schemaAddresses.environment) : editYaml(text, data),
      );
    },
    async remove(name) {
      workspace.assertWritable();
      await rm(environmentFile(paths, name), { force: true });
    },
  };
}
