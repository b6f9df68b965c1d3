import { compareVersions } from '#shared/blueprint/index.ts';
import type { BlueprintDocument, PortSchema, ReleaseInterface, VersionDiff } from '#shared/model/index.ts';
import { isDeepStrictEqual } from 'node:util';
import { breaking, change, compareCreated, harmless, widens } from './change-verdicts.ts';

/** One side of a comparison: a published version or a draft. */
export interface Comparable {
  readonly version: string;
  readonly document: BlueprintDocument | null;
  readonly ports: ReleaseInterface;
  /** For each node the exact `name@version` it uses, and its digest. */
  readonly uses: Readonly<Record<string, { readonly use: string; readonly digest: string }>>;
}

type Change = VersionDiff['changes'][number];

interface Pair {
  readonly before: Comparable;
  readonly after: Comparable;
}

/** A type without where it was read and how it is described. */
function bare(schema: PortSchema): PortSchema {
  const { 'x-origin': _origin, description: _description, ...rest } = schema;
  return rest;
}

function withoutDefault(schema: PortSchema): PortSchema {
  const { default: _default, ...rest } = bare(schema);
  return rest;
}

function compareInput(pair: Pair, name: string): readonly Change[] {
  const path = `inputs.${name}`;
  const before = pair.before.ports.inputs.properties[name];
  const after = pair.after.ports.inputs.properties[name];
  const needed = pair.after.ports.inputs.required.includes(name);
  if (before === undefined) {
    const verdict = needed
      ? breaking('A required input was added: environments have no value for it.')
      : harmless('The new input has a default.');
    return [change(path, { after }, verdict)];
  }
  if (after === undefined) {
    return [change(path, { before }, breaking('The input is gone: environments that set it cannot follow.'))];
  }
  const changes: Change[] = [];
  if (!isDeepStrictEqual(withoutDefault(before), withoutDefault(after))) {
    const verdict = widens(withoutDefault(before), withoutDefault(after))
      ? harmless('Every value that was allowed still is.')
      : breaking('Values that were allowed may not be any more.');
    changes.push(change(path, { before: withoutDefault(before), after: withoutDefault(after) }, verdict));
  }
  if (!isDeepStrictEqual(before.default, after.default)) {
    const verdict =
      needed && !pair.before.ports.inputs.required.includes(name)
        ? breaking('The input lost its default: environments that rely on it have no value.')
        : harmless('Environments that do not set the input get the new default.');
    changes.push(change(`${path}.default`, { before: before.default, after: after.default }, verdict));
  }
  return changes;
}

function compareOutput(pair: Pair, name: string): readonly Change[] {
  const path = `outputs.${name}`;
  const before = pair.before.ports.outputs.properties[name];
  const after = pair.after.ports.outputs.properties[name];
  if (before === undefined) return [change(path, { after }, harmless('A new output disturbs nobody.'))];
  if (after === undefined) {
    return [change(path, { before }, breaking('The output is gone: blueprints that are wired to it cannot follow.'))];
  }
  if (isDeepStrictEqual(bare(before), bare(after))) return [];
  const verdict = widens(bare(after), bare(before))
    ? harmless('It still fits wherever it was wired to.')
    : breaking('It may not fit any more where it is wired to.');
  return [change(path, { before: bare(before), after: bare(after) }, verdict)];
}

function compareUse(pair: Pair, node: string): readonly Change[] {
  const path = `nodes.${node}.use`;
  const [before, after] = [pair.before.uses[node], pair.after.uses[node]];
  if (before === undefined || after === undefined) return [];
  if (before.use === after.use && before.digest === after.digest) return [];
  const replaced = before.use.split('@')[0] !== after.use.split('@')[0];
  if (replaced) {
    const why = 'Another artifact stands here: its resources would be replaced in running environments.';
    return [change(path, { before: before.use, after: after.use }, breaking(why))];
  }
  const [old, now] = [pair.before.ports.artifacts[before.use], pair.after.ports.artifacts[after.use]];
  const values = { before: `${before.use} ${before.digest}`, after: `${after.use} ${after.digest}` };
  const content = change(path, values, harmless('Its code changed; the plan of each environment shows the effect.'));
  return [
    content,
    ...(old === undefined || now === undefined ? [] : compareCreated(`nodes.${node}.creates`, old, now)),
  ];
}

function compareSet(pair: Pair, node: string): readonly Change[] {
  const before = pair.before.document?.nodes[node]?.set ?? {};
  const after = pair.after.document?.nodes[node]?.set ?? {};
  const ports = pair.after.ports.artifacts[pair.after.uses[node]?.use ?? '']?.inputs.properties ?? {};
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((input) => {
    if (isDeepStrictEqual(before[input], after[input])) return [];
    const immutable = ports[input]?.['x-immutable'] === true;
    const verdict = immutable
      ? breaking('It cannot change after creation: the resource would be replaced in running environments.')
      : harmless('The plan of each environment shows the effect.');
    return [change(`nodes.${node}.set.${input}`, { before: before[input], after: after[input] }, verdict)];
  });
}

function compareNode(pair: Pair, node: string): readonly Change[] {
  const path = `nodes.${node}`;
  const before = pair.before.document?.nodes[node];
  const after = pair.after.document?.nodes[node];
  if (before === undefined)
    return [change(path, { after: after?.use }, harmless('It is created in environments that follow.'))];
  if (after === undefined) {
    const why = 'The node is gone: what it made in running environments would be destroyed.';
    return [change(path, { before: before.use }, breaking(why))];
  }
  const changes: Change[] = [...compareUse(pair, node), ...compareSet(pair, node)];
  if (before.when !== after.when) {
    const verdict =
      after.when === undefined
        ? harmless('The node is always there now.')
        : breaking('The node may be switched off: what it made would be destroyed there.');
    changes.push(change(`${path}.when`, { before: before.when, after: after.when }, verdict));
  }
  if (!isDeepStrictEqual(before.after ?? [], after.after ?? [])) {
    changes.push(
      change(`${path}.after`, { before: before.after, after: after.after }, harmless('Only the order changes.')),
    );
  }
  return changes;
}

function compareHead(pair: Pair): readonly Change[] {
  const [before, after] = [pair.before.document, pair.after.document];
  const changes: Change[] = [];
  if (before?.boundary !== after?.boundary) {
    const why = 'Blueprints of the old boundary may not hold it any more.';
    changes.push(change('boundary', { before: before?.boundary, after: after?.boundary }, breaking(why)));
  }
  if ((before?.summary ?? '') !== (after?.summary ?? '')) {
    const values = { before: before?.summary, after: after?.summary };
    changes.push(change('summary', values, harmless('Only a description.')));
  }
  return changes;
}

function union(left: object | undefined, right: object | undefined): readonly string[] {
  return [...new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])];
}

/** The version number some changes call for, by semantic versioning; before 1.0.0 the minor number is the breaking one. */
function proposeVersion(from: string, changes: readonly Change[]): string {
  const [major = 0, minor = 0, patch = 0] = (from.split('-')[0] ?? '').split('.').map(Number);
  if (changes.length === 0) return from;
  if (changes.some((found) => found.breaking)) return major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
  const additive = changes.some((found) => found.change === 'added');
  if (!additive) return `${major}.${minor}.${patch + 1}`;
  return major === 0 ? `0.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
}

/**
 * What differs between two versions, what of it environments on the older one cannot follow without work and why,
 * and the version number that calls for.
 */
export function compareReleases(name: string, before: Comparable, after: Comparable): VersionDiff {
  const pair: Pair = { before, after };
  const changes = [
    ...compareHead(pair),
    ...union(before.ports.inputs.properties, after.ports.inputs.properties).flatMap((input) =>
      compareInput(pair, input),
    ),
    ...union(before.ports.outputs.properties, after.ports.outputs.properties).flatMap((output) =>
      compareOutput(pair, output),
    ),
    ...union(before.document?.nodes, after.document?.nodes).flatMap((node) => compareNode(pair, node)),
    ...(before.document === null && after.document === null ? compareArtifactReleases(name, pair) : []),
  ];
  const proposed = proposeVersion(before.version, changes);
  // A draft that already carries a higher number than needed keeps it.
  const kept = changes.length > 0 && compareVersions(after.version, proposed) > 0;
  return { name, from: before.version, to: after.version, changes, proposedVersion: kept ? after.version : proposed };
}

function compareArtifactReleases(name: string, { before, after }: Pair): readonly Change[] {
  const [old, now] = [
    before.ports.artifacts[`${name}@${before.version}`],
    after.ports.artifacts[`${name}@${after.version}`],
  ];
  if (old === undefined || now === undefined || old.digest === now.digest) return [];
  const content = change('code', { before: old.digest, after: now.digest }, harmless('The plan shows the effect.'));
  return [content, ...compareCreated('code.creates', old, now)];
}
