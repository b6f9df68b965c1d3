import { rm } from 'node:fs/promises';
import path from 'node:path';
import { problemsOfIssues } from '#shared/blueprint/index.ts';
import {
  nameSchema,
  queryDocumentSchema,
  type Problem,
  type QueryDocument,
  type SavedQuery,
} from '#shared/model/index.ts';
import {
  editYaml,
  namesIn,
  parseYaml,
  placeProblems,
  readTextIfThere,
  writeFileAtomically,
  writeYaml,
} from '#engine/files/index.ts';

/** First line of a query's file, for editors. */
const schemaAddress = '../.groundplan/schemas/query.schema.json';

export interface QueryReading {
  readonly query: SavedQuery | null;
  readonly problems: readonly Problem[];
}

function fileOf(folder: string, name: string): string {
  return path.join(folder, `${nameSchema.parse(name)}.yaml`);
}

function problemIn(file: string, found: Pick<Problem, 'code' | 'message' | 'advice'>): Problem {
  return { severity: 'error', ...found, file, line: 1, column: 1, field: 'query', node: null };
}

function readText(name: string, text: string): QueryReading {
  const file = `queries/${name}.yaml`;
  const yaml = parseYaml(text, file);
  if (yaml.problems.length > 0) return { query: null, problems: yaml.problems };
  const parsed = queryDocumentSchema.safeParse(yaml.value);
  if (!parsed.success) {
    const problems = problemsOfIssues(parsed.error.issues, Object.keys(queryDocumentSchema.shape));
    return { query: null, problems: placeProblems(problems, yaml, file) };
  }
  const { query, summary, cypher } = parsed.data;
  if (query === name) return { query: { name, summary: summary ?? '', cypher, given: false }, problems: [] };
  const message = `The file is called ${name}, the query in it ${query}.`;
  return {
    query: null,
    problems: [problemIn(file, { code: 'wrong-name', message, advice: 'Give both the same name.' })],
  };
}

/** Every file under `queries/`, in the order of their names. */
export async function readQueries(folder: string): Promise<readonly QueryReading[]> {
  const files = await namesIn(folder, 'file');
  const names = files.filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -'.yaml'.length));
  return Promise.all(
    names.map(async (name) => {
      if (nameSchema.safeParse(name).success) {
        return (await readQuery(folder, name)) ?? { query: null, problems: [] };
      }
      const message = `"${name}" cannot be the name of a query.`;
      const advice = 'Use lower-case letters, digits and dashes, starting with a letter.';
      return { query: null, problems: [problemIn(`queries/${name}.yaml`, { code: 'bad-name', message, advice })] };
    }),
  );
}

/** One query's file; null when there is none. */
export async function readQuery(folder: string, name: string): Promise<QueryReading | null> {
  const text = await readTextIfThere(fileOf(folder, name));
  return text === null ? null : readText(name, text);
}

/** Writes a query's file; one that is there keeps its comments and the order of its lines. */
export async function writeQuery(folder: string, document: QueryDocument): Promise<void> {
  const file = fileOf(folder, document.query);
  const { query, summary, cypher } = document;
  const data = { query, ...(summary === undefined || summary === '' ? {} : { summary }), cypher };
  const text = await readTextIfThere(file);
  const isReadable = text !== null && readText(query, text).query !== null;
  await writeFileAtomically(file, isReadable ? editYaml(text, data) : writeYaml(data, schemaAddress));
}

export async function removeQuery(folder: string, name: string): Promise<void> {
  await rm(fileOf(folder, name), { force: true });
}
