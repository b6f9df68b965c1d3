import { isDeepStrictEqual } from 'node:util';
import type { Artifact, PortSchema, VersionDiff } from '#shared/model/index.ts';
import { breaking, change, compareCreated, harmless, widens } from './change-verdicts.ts';

type Change = VersionDiff['changes'][number];
type Verdict = Pick<Change, 'breaking' | 'why'>;

interface Sides {
  readonly before: Artifact;
  readonly after: Artifact;
}

/** The type alone: what is told about it, and marks that are compared one by one, left out. */
function typeOf(schema: PortSchema): PortSchema {
  const {
    'x-origin': _origin,
    'x-sensitive': _sensitive,
    'x-immutable': _immutable,
    'x-ephemeral': _ephemeral,
    deprecated: _deprecated,
    description: _description,
    examples: _examples,
    default: _default,
    ...type
  } = schema;
  return type;
}

/** A port that came or went, as it is shown: where each fact was read from, and what it is not, is no change. */
function shown(port: PortSchema | undefined): unknown {
  if (port === undefined) return undefined;
  const { 'x-origin': _origin, 'x-sensitive': sensitive, ...schema } = port;
  return sensitive === true ? { ...schema, 'x-sensitive': true } : schema;
}

function names(left: object, right: object): readonly string[] {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])];
}

/** A fact of a port that both have. */
function fact(path: string, [before, after]: readonly [unknown, unknown], verdict: () => Verdict): readonly Change[] {
  return isDeepStrictEqual(before, after) ? [] : [change(path, { before, after }, verdict())];
}

function marks(path: string, before: PortSchema, after: PortSchema): readonly Change[] {
  const mark = (name: 'deprecated' | 'x-sensitive' | 'x-immutable' | 'x-ephemeral') =>
    [before[name] === true, after[name] === true] as const;
  return [
    ...fact(`${path}.sensitive`, mark('x-sensitive'), () =>
      after['x-sensitive'] === true
        ? breaking('What it is wired to has to be sensitive as well.')
        : harmless('It is shown from now on.'),
    ),
    ...fact(`${path}.immutable`, mark('x-immutable'), () =>
      harmless('It decides whether a changed value replaces what was created.'),
    ),
    ...fact(`${path}.deprecated`, mark('deprecated'), () => harmless('It works as before.')),
    ...fact(`${path}.ephemeral`, mark('x-ephemeral'), () =>
      after['x-ephemeral'] === true
        ? breaking('It is not kept any more: what is wired to it gets nothing.')
        : harmless('It is kept from now on.'),
    ),
  ];
}

function compareInput(name: string, { before, after }: Sides): readonly Change[] {
  const path = `inputs.${name}`;
  const [was, is] = [before.inputs.properties[name], after.inputs.properties[name]];
  const [had, has] = [before.inputs.required.includes(name), after.inputs.required.includes(name)];
  if (is === undefined) {
    return [change(path, { before: shown(was) }, breaking('The input is gone: blueprints that set it cannot follow.'))];
  }
  if (was === undefined) {
    const verdict = has ? breaking('A new input that must be set.') : harmless('The new input need not be set.');
    return [change(path, { after: shown(is) }, verdict)];
  }
  return [
    ...fact(`${path}.type`, [typeOf(was), typeOf(is)], () =>
      widens(typeOf(was), typeOf(is))
        ? harmless('Every value that was allowed still is.')
        : breaking('Values that were allowed may not be any more.'),
    ),
    ...fact(`${path}.default`, [was.default, is.default], () => harmless('It counts where the input is not set.')),
    ...fact(`${path}.required`, [had, has], () =>
      has ? breaking('It must be set from now on.') : harmless('It need not be set any more.'),
    ),
    ...marks(path, was, is),
  ];
}

function compareOutput(name: string, { before, after }: Sides): readonly Change[] {
  const path = `outputs.${name}`;
  const [was, is] = [before.outputs.properties[name], after.outputs.properties[name]];
  if (was === undefined) return [change(path, { after: shown(is) }, harmless('A new output disturbs nobody.'))];
  if (is === undefined) {
    return [change(path, { before: shown(was) }, breaking('The output is gone: what is wired to it cannot follow.'))];
  }
  return [
    ...fact(`${path}.type`, [typeOf(was), typeOf(is)], () =>
      widens(typeOf(is), typeOf(was))
        ? harmless('It still fits wherever it was wired to.')
        : breaking('It may not fit any more where it is wired to.'),
    ),
    ...marks(path, was, is),
  ];
}

/** What differs between two states of one artifact, fact by fact, and what of it those that use it cannot follow. */
export function compareArtifacts(before: Artifact, after: Artifact): readonly Change[] {
  const sides = { before, after };
  return [
    ...fact('boundary', [before.boundary, after.boundary], () =>
      breaking('Blueprints of the old boundary may not hold it any more.'),
    ),
    ...names(before.inputs.properties, after.inputs.properties).flatMap((name) => compareInput(name, sides)),
    ...names(before.outputs.properties, after.outputs.properties).flatMap((name) => compareOutput(name, sides)),
    ...fact('code', [before.digest, after.digest], () => harmless('The plan of each environment shows the effect.')),
    ...compareCreated('creates', before, after),
  ];
}
