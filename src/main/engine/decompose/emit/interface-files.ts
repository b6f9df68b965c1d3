import type { Split } from '../proposal/decide.ts';
import { freeName, type Wire } from '../proposal/interface.ts';
import type { ValueType } from '../proposal/value-types.ts';
import { attributeOf } from '../source/declarations.ts';
import type { ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import type { SourceFile } from '../source/root-source.ts';
import { backendValues, type Backend } from './backend.ts';
import type { PartFile } from './part-files.ts';

/** Files that a part has beside those of the source: the interface that dividing it brought. */
const interfaceFiles = { inputs: 'split_inputs', outputs: 'split_outputs', remoteState: 'split_remote_state' } as const;

/**
 * Name of a file that dividing brings. Another one where the root has a file that would be meant: a part of an earlier
 * split is a root like any other.
 */
export function ownFile(split: Split, name: string): string {
  const taken = new Set(split.analysis.source.files.map(({ path }) => path.replace(/\.(tf|tofu)$/, '')));
  return `${freeName(name, taken)}.tf`;
}

/** Name of the data source by which a part reads the state of another; the root may have one called like the part. */
export function stateReader(split: Split, group: number): string {
  const { declarations } = split.analysis.graph;
  const taken = new Set(
    [...declarations.values()].flatMap(({ type, kind, name }) =>
      kind === 'data' && type === 'terraform_remote_state' ? [name] : [],
    ),
  );
  return freeName(nameOf(split, group), taken);
}

/** How a value of another part is read. */
export type Wiring = 'blueprint' | 'remote-state';

/** The text that stands for a crossing value in the part that takes it. */
export function wireText(split: Split, wiring: Wiring): (wire: Wire) => string {
  if (wiring === 'blueprint') return ({ name }) => `var.${name}`;
  const readers = split.groups.map((_, group) => stateReader(split, group));
  return ({ name, from }) => `data.terraform_remote_state.${readers[from] ?? ''}.outputs.${name}`;
}

/** What a wire carries, as the source says it: all instances of what is repeated, by number or by key; null for what is off. */
function valueOfWire(split: Split, { address, attribute }: Wire): string {
  if (attribute === null) return address;
  switch (split.analysis.graph.declarations.get(address)?.repeated) {
    case 'count':
      return `${address}[*].${attribute}`;
    case 'for_each':
      return `{ for key, instance in ${address} : key => instance.${attribute} }`;
    case 'enabled':
      // The attribute keeps its name in what crosses, so that asking null for it fails as it does in the root.
      return `${address} == null ? null : { ${attribute} = ${address}.${attribute} }`;
    default:
      return `${address}.${attribute}`;
  }
}

/** A block of single attributes, laid out as `fmt` does. */
export function block(kind: string, name: string, attributes: readonly (readonly [string, string])[]): string {
  const width = Math.max(...attributes.map(([key]) => key.length));
  return `${kind} "${name}" {\n${attributes.map(([key, value]) => `  ${key.padEnd(width)} = ${value}\n`).join('')}}\n`;
}

function sensitiveMark({ sensitive }: ValueType): readonly (readonly [string, string])[] {
  return sensitive ? [['sensitive', 'true']] : [];
}

function what({ address, attribute }: Wire): string {
  return attribute === null ? address : `${address}.${attribute}`;
}

function remoteStateConfig(backend: Backend | null, part: string): readonly (readonly [string, string])[] {
  if (backend === null) return [['path', JSON.stringify(`../${part}/terraform.tfstate`)]];
  const { file } = backend;
  const own = backendValues(backend, part) ?? {};
  const textOf = (source: SourceFile, from: ScannedBlock, name: string): string => {
    const attribute = attributeOf(from, name);
    return attribute === undefined ? 'null' : source.text.slice(attribute.start, attribute.end);
  };
  const entries = backend.block.attributes.map(
    ({ name }) =>
      [name, own[name] === undefined ? textOf(file, backend.block, name) : JSON.stringify(own[name])] as const,
  );
  const nested = backend.block.blocks.map((inner) => {
    const values = inner.attributes.map(
      ({ name }) => `${name} = ${own[name] === undefined ? textOf(file, inner, name) : JSON.stringify(own[name])}`,
    );
    return [inner.type, `{ ${values.join(', ')} }`] as const;
  });
  return [...entries, ...nested];
}

function remoteState(backend: Backend | null, part: string, reader: string): string {
  const type = backend === null ? 'local' : backend.type === 'cloud' ? 'remote' : backend.type;
  const config = remoteStateConfig(backend, part);
  const width = Math.max(...config.map(([key]) => key.length));
  const lines = config.map(([key, value]) => `    ${key.padEnd(width)} = ${value}\n`).join('');
  // A service that runs the tool names its workspaces another way; everywhere else all parts are in the same one.
  const workspace = type === 'remote' ? '' : '  workspace = terraform.workspace\n';
  const attributes = workspace === '' ? `  backend = "${type}"\n` : `  backend   = "${type}"\n${workspace}`;
  return `data "terraform_remote_state" "${reader}" {\n${attributes}\n  config = {\n${lines}  }\n}\n`;
}

/** The interface of one part, as files of its root. */
export interface InterfaceOptions {
  readonly wiring: Wiring;
  readonly backend: Backend | null;
  readonly typeOf: (wire: Wire) => ValueType;
}

function nameOf(split: Split, group: number): string {
  return split.groups[group]?.name ?? '';
}

/** Variables for values that other parts give. */
function variables(split: Split, wires: readonly Wire[], typeOf: InterfaceOptions['typeOf']): string {
  return wires
    .map((wire) =>
      block('variable', wire.name, [
        ['description', JSON.stringify(`${what(wire)} of ${nameOf(split, wire.from)}`)],
        ['type', typeOf(wire).constraint],
        ...sensitiveMark(typeOf(wire)),
      ]),
    )
    .join('\n');
}

/** Outputs for values that other parts take; where they stand in a module, its root hands them on. */
function outputs(
  split: Split,
  wires: readonly Wire[],
  { typeOf, valueOf }: { readonly typeOf: InterfaceOptions['typeOf']; readonly valueOf: (wire: Wire) => string },
): string {
  return wires
    .map((wire) => {
      const takers = [...wire.takers.keys()].map((taker) => nameOf(split, taker));
      const description = takers.length === 0 ? `${what(wire)}, for the root` : `Taken by ${takers.join(', ')}`;
      return block('output', wire.name, [
        ['description', JSON.stringify(description)],
        ['value', valueOf(wire)],
        ...sensitiveMark(typeOf(wire)),
      ]);
    })
    .join('\n');
}

function notEmpty(files: readonly PartFile[]): readonly PartFile[] {
  return files.filter(({ text }) => text !== '');
}

/** How a part's root comes by what others give: variables, or the states it reads them from. */
function taking(split: Split, group: number, options: InterfaceOptions): PartFile {
  const taken = split.crossings.wires.filter(({ takers }) => takers.has(group));
  if (options.wiring === 'blueprint') {
    return { path: ownFile(split, interfaceFiles.inputs), text: variables(split, taken, options.typeOf) };
  }
  const givers = [...new Set(taken.map(({ from }) => from))];
  return {
    path: ownFile(split, interfaceFiles.remoteState),
    text: givers.map((from) => remoteState(options.backend, nameOf(split, from), stateReader(split, from))).join('\n'),
  };
}

/** The interface of one part: its outputs, and its variables or the states it reads them from. */
export function interfaceOf(split: Split, group: number, options: InterfaceOptions): readonly PartFile[] {
  const given = split.crossings.wires.filter(({ from }) => from === group);
  const text = outputs(split, given, { typeOf: options.typeOf, valueOf: (wire) => valueOfWire(split, wire) });
  return notEmpty([taking(split, group, options), { path: ownFile(split, interfaceFiles.outputs), text }]);
}

/** What the root of a wrapped part takes and gives; `outputsBefore` are those it had, handed on. */
export function interfaceOfRoot(
  split: Split,
  group: number,
  options: InterfaceOptions & { readonly call: string; readonly outputsBefore: string },
): readonly PartFile[] {
  const given = split.crossings.wires.filter(({ from }) => from === group);
  const { typeOf, call, outputsBefore } = options;
  const text = outputs(split, given, { typeOf, valueOf: ({ name }) => `module.${call}.${name}` });
  const all = [outputsBefore, text].filter((one) => one !== '').join('\n');
  return notEmpty([taking(split, group, options), { path: ownFile(split, interfaceFiles.outputs), text: all }]);
}

/** What the module of a wrapped part takes from other parts, and gives to its root. */
export function interfaceOfModule(
  split: Split,
  wires: { readonly taken: readonly Wire[]; readonly given: readonly Wire[] },
  typeOf: InterfaceOptions['typeOf'],
): readonly PartFile[] {
  const given = outputs(split, wires.given, { typeOf, valueOf: (wire) => valueOfWire(split, wire) });
  return notEmpty([
    { path: ownFile(split, interfaceFiles.inputs), text: variables(split, wires.taken, typeOf) },
    { path: ownFile(split, interfaceFiles.outputs), text: given },
  ]);
}
