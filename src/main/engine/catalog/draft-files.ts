import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '#shared/base/json.ts';
import { parseBlueprint, validateBlueprint } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import {
  canvasDocumentSchema,
  type BlueprintDocument,
  type CanvasDocument,
  type Draft,
  type PaletteItem,
  type Problem,
} from '#shared/model/index.ts';
import {
  digestText,
  editYaml,
  namesIn,
  parseYaml,
  placeProblems,
  readTextIfThere,
  writeFileAtomically,
  writeYaml,
} from '#engine/files/index.ts';
import type { WorkspacePaths } from '../ports/index.ts';
import { draftFolder, schemaAddresses } from './names.ts';

const emptyCanvas: CanvasDocument = { positions: {} };

function problemAt(file: string, found: Pick<Problem, 'code' | 'message' | 'advice' | 'severity'>): Problem {
  return { ...found, file, line: 1, column: 1, field: null, node: null };
}

function readCanvas(
  text: string | null,
  file: string,
): { readonly canvas: CanvasDocument; readonly problems: Problem[] } {
  if (text === null) return { canvas: emptyCanvas, problems: [] };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = undefined;
  }
  const parsed = canvasDocumentSchema.safeParse(data);
  if (parsed.success) return { canvas: parsed.data, problems: [] };
  const message = 'The positions on the canvas cannot be read; nodes are laid out anew.';
  const advice = 'Nothing else is lost; the next save writes the file again.';
  return {
    canvas: emptyCanvas,
    problems: [problemAt(file, { severity: 'warning', code: 'bad-canvas', message, advice })],
  };
}

/** Data of a blueprint's YAML and everything wrong with it, placed in the file. */
function readBlueprintText(
  text: string,
  options: { readonly name: string; readonly file: string; readonly palette: readonly PaletteItem[] },
): { readonly document: BlueprintDocument | null; readonly problems: Problem[] } {
  const { name, file, palette } = options;
  const yaml = parseYaml(text, file);
  if (yaml.problems.length > 0) return { document: null, problems: [...yaml.problems] };
  const { document, problems } = parseBlueprint(yaml.value);
  const found: Problem[] = [...problems];
  if (document !== null) {
    found.push(...validateBlueprint(document, palette));
    if (document.blueprint !== name) {
      found.push({
        severity: 'error',
        code: 'wrong-name',
        message: `The file calls the blueprint ${document.blueprint}, its folder ${name}.`,
        advice: 'Give both the same name.',
        file,
        line: null,
        column: null,
        field: 'blueprint',
        node: null,
      });
    }
  }
  return { document, problems: placeProblems(found, yaml, file) };
}

/** What is on disk of one draft; null when there is no such draft. */
export async function readDraft(
  paths: WorkspacePaths,
  name: string,
  palette: readonly PaletteItem[],
): Promise<Draft | null> {
  const folder = draftFolder(paths, name);
  const text = await readTextIfThere(path.join(folder, 'blueprint.yaml'));
  if (text === null) return null;
  const canvasText = await readTextIfThere(path.join(folder, 'canvas.json'));
  const { canvas, problems } = readCanvas(canvasText, `blueprints/${name}/canvas.json`);
  const read = readBlueprintText(text, { name, file: `blueprints/${name}/blueprint.yaml`, palette });
  return {
    name,
    text,
    document: read.document,
    canvas,
    problems: [...read.problems, ...problems],
    revision: digestText(JSON.stringify([text, canvasText])),
  };
}

/** The names of all drafts. */
export async function draftNames(paths: WorkspacePaths): Promise<readonly string[]> {
  const names = await namesIn(paths.blueprints, 'folder');
  const texts = await Promise.all(
    names.map((name) => readTextIfThere(path.join(paths.blueprints, name, 'blueprint.yaml'))),
  );
  return names.filter((_name, index) => texts[index] !== null);
}

/** Data without the fields that are not set, in the order the model gives them. */
export function plainData(document: object): JsonObject {
  return JSON.parse(JSON.stringify(document)) as JsonObject;
}

/** Writes a blueprint's document over the text on disk (null for a new one): only what differs is touched. */
export async function writeDraft(
  paths: WorkspacePaths,
  draft: {
    readonly name: string;
    readonly text: string | null;
    readonly document: BlueprintDocument;
    readonly canvas: CanvasDocument;
  },
): Promise<void> {
  const folder = draftFolder(paths, draft.name);
  const data = plainData(draft.document);
  const text = draft.text === null ? writeYaml(data, schemaAddresses.blueprint) : editYaml(draft.text, data);
  if (text !== draft.text) await writeFileAtomically(path.join(folder, 'blueprint.yaml'), text);
  const file = path.join(folder, 'canvas.json');
  const positions = Object.entries(draft.canvas.positions)
    .filter(([node]) => Object.hasOwn(draft.document.nodes, node))
    // One node, one line, in a stable order: moving a node is one hunk.
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([node, { x, y }]) => `    ${JSON.stringify(node)}: { "x": ${x}, "y": ${y} }`);
  const canvas = `{\n  "positions": {${positions.length === 0 ? '' : `\n${positions.join(',\n')}\n  `}}\n}\n`;
  if (canvas !== (await readTextIfThere(file))) await writeFileAtomically(file, canvas);
}

/** Removes a draft; what is published of it stays. Throws `not-found`. */
export async function removeDraft(paths: WorkspacePaths, name: string): Promise<void> {
  const folder = draftFolder(paths, name);
  // Renamed first, so that nobody sees half of it.
  const aside = path.join(paths.blueprints, `.${name}.000000000000.old`);
  await rm(aside, { recursive: true, force: true });
  try {
    await rename(folder, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw unknownDraft(name);
  }
  await rm(aside, { recursive: true, force: true });
}

/** The error for a draft that does not exist. */
export function unknownDraft(name: string): AppError {
  return new AppError('not-found', `There is no blueprint draft called ${name}.`, {
    advice: 'Create it, or correct the name.',
    details: { name },
  });
}
