import type { ArtifactCorrections, Boundary, FoundPiece, PortCorrection, PortSchema } from '#shared/model/index.ts';

/** What the user decides about a piece that was found. */
export interface Choice {
  readonly wanted: boolean;
  readonly name: string;
  /** Null keeps what was proposed. */
  readonly boundary: Boundary | null;
  readonly inputs: Readonly<Record<string, PortCorrection>>;
  readonly outputs: Readonly<Record<string, PortCorrection>>;
}

export type Side = 'inputs' | 'outputs';
export type Choices = Readonly<Record<string, Choice>>;

/** Names a piece among those of all paths. */
export function keyOf({ path, piece }: Pick<FoundPiece, 'path' | 'piece'>): string {
  return `${path}\n${piece}`;
}

/** Before the user decides: everything that can be imported and is not there as it is. */
export function firstChoice({ artifact, name, existing }: FoundPiece): Choice {
  const wanted = artifact !== null && (existing === 'none' || existing === 'earlier');
  return { wanted, name, boundary: null, inputs: {}, outputs: {} };
}

export function choiceOf(choices: Choices, piece: FoundPiece): Choice {
  return choices[keyOf(piece)] ?? firstChoice(piece);
}

/** The types that a port can be corrected to, in the words of the screen. */
export const typeChoices = ['text', 'number', 'true or false', 'list of text', 'map of text'] as const;
export type TypeChoice = (typeof typeChoices)[number];

const text: PortSchema = { type: 'string' };
const typeOfChoice: Readonly<Record<TypeChoice, PortCorrection>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  'true or false': { type: 'boolean' },
  'list of text': { type: 'array', items: text },
  'map of text': { type: 'object', additionalProperties: text },
};

/** The choice that a correction stands for; null when the type is left as it was read. */
export function typeChoiceOf(correction: PortCorrection | undefined): TypeChoice | null {
  const type = correction?.type;
  return typeChoices.find((choice) => type !== undefined && typeOfChoice[choice].type === type) ?? null;
}

export interface PortChange {
  readonly side: Side;
  readonly port: string;
  readonly type?: TypeChoice | null;
  readonly sensitive?: boolean;
}

/** Corrects one port; a correction that says nothing more is taken out. */
export function withPort(choice: Choice, { side, port, type, sensitive }: PortChange): Choice {
  const { type: _type, items: _items, additionalProperties: _rest, ...marks } = choice[side][port] ?? {};
  const kept = type === undefined ? { ...choice[side][port] } : marks;
  const corrected: PortCorrection = {
    ...kept,
    ...(type === undefined || type === null ? {} : typeOfChoice[type]),
    ...(sensitive === undefined ? {} : { sensitive }),
  };
  const { [port]: _before, ...others } = choice[side];
  const next = Object.keys(corrected).length === 0 ? others : { ...others, [port]: corrected };
  return { ...choice, [side]: next };
}

/** What is said about a piece beyond what its code says; null when nothing is. */
export function correctionsOf({ boundary, inputs, outputs }: Choice): ArtifactCorrections | null {
  const corrections: ArtifactCorrections = {
    ...(boundary === null ? {} : { boundary }),
    ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
    ...(Object.keys(outputs).length === 0 ? {} : { outputs }),
  };
  return Object.keys(corrections).length === 0 ? null : corrections;
}

/** A port whose type the code does not say outright. */
export interface UncertainPort {
  readonly side: Side;
  readonly port: string;
  readonly how: 'unknown' | 'inferred';
}

/** What is not known for certain, unknown types first. */
export function uncertainPorts({ artifact }: FoundPiece): readonly UncertainPort[] {
  if (artifact === null) return [];
  const found = (['inputs', 'outputs'] as const).flatMap((side) =>
    Object.entries(artifact[side].properties).flatMap(([port, schema]): UncertainPort[] => {
      const how = schema['x-origin']?.how;
      return how === 'unknown' || how === 'inferred' ? [{ side, port, how }] : [];
    }),
  );
  return found.sort((left, right) => Number(left.how === 'inferred') - Number(right.how === 'inferred'));
}
