import type { ArtifactCorrections, ArtifactDocument, PortCorrection } from '#shared/model/index.ts';
import { editYaml } from '#engine/files/index.ts';
import type { JsonObject } from '#shared/base/json.ts';
import type { FoundCode } from './artifact-tool.ts';
import type { Corrections } from './corrections.ts';
import { correctionsText } from './write-artifact.ts';

type PortCorrections = Readonly<Record<string, PortCorrection>>;

function mergePorts(under: PortCorrections | undefined, over: PortCorrections | undefined) {
  if (under === undefined || over === undefined) return over ?? under;
  const names = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries([...names].map((name) => [name, { ...under[name], ...over[name] }]));
}

function merge(under: ArtifactDocument, over: ArtifactDocument): ArtifactDocument {
  const { inputs, outputs, ...rest } = { ...under, ...over };
  return {
    ...rest,
    ...(inputs === undefined ? {} : { inputs: mergePorts(under.inputs, over.inputs) }),
    ...(outputs === undefined ? {} : { outputs: mergePorts(under.outputs, over.outputs) }),
  };
}

/** What the file beside the code says about this piece; a folder of several names each by its file. */
function aboutPiece({ document }: Corrections, { entry }: FoundCode, alone: boolean): ArtifactDocument {
  const { entries, ...own } = document;
  if (entry === null) return own;
  const meant = own.entry === entry || (own.entry === undefined && alone);
  return merge(meant ? own : {}, entries?.[entry] ?? {});
}

export interface CarriedCorrections {
  /** What lies beside the code that is imported. */
  readonly beside: Corrections;
  /** What is corrected in the workspace already; it wins over what comes along. */
  readonly kept: Corrections | null;
  /** What the user says now. */
  readonly said: ArtifactCorrections | null;
}

/** The text of the corrections that an imported copy gets; null when nothing is corrected. */
export function carryCorrections(
  { beside, kept, said }: CarriedCorrections,
  code: FoundCode,
  alone: boolean,
): string | null {
  // A file with a mistake is the user's to mend: it stays as it is, and reading names the mistake.
  const wrong = [kept, code.entry === null ? beside : null].find((one) => one?.problems.some(isError));
  if (wrong?.text != null) return wrong.text;
  const named = code.entry === null ? {} : { runner: code.runner, entry: code.entry };
  const document = [aboutPiece(beside, code, alone), kept?.document ?? {}, said ?? {}, named].reduce(merge);
  // The model's optional fields hold `undefined`, which YAML would write as null.
  const target = JSON.parse(JSON.stringify(document)) as JsonObject;
  if (Object.keys(target).length === 0) return kept?.text ?? beside.text;
  const text = kept?.text ?? beside.text;
  return text === null ? correctionsText(document) : editYaml(text, target);
}

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === 'error';
}
