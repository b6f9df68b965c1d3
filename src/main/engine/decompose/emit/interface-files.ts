import type { Split } from '../proposal/decide.ts';
import type { Wire } from '../proposal/interface.ts';
import type { ValueType } from '../proposal/value-types.ts';
import { attributeOf } from '../source/declarations.ts';
import type { ScannedBlock } from '../../artifacts/terraform/hcl-scan.ts';
import type { SourceFile } from '../source/root-source.ts';
import { backendValues, type Backend } from './backend.ts';
import type { PartFile } from './part-files.ts';

/** Files that a part has beside those of the source: the interface that dividing it brought. */
const interfaceFiles = {
  inputs: 'split_inputs.tf',
  outputs: 'split_outputs.tf',
  remoteState: 'split_remote_state.tf',
} as const;

/** How a value of another part is read. */
export type Wiring = 'blueprint' | 'remote-state';

/** The text that stands for a crossing value in the part that takes it. */
export function wireText(split: Split, wiring: Wiring): (wire: Wire) => string {
  return (wire) =>
    wiring === 'blueprint'
      ? `var.${wire.name}`
      : `data.terraform_remote_state.${split.groups[wire.from]?.name ?? ''}.outputs.${wire.name}`;
}

/** What a wire carries, as the source says it: all instances of what is repeated, by number or by key. */
function valueOf(split: Split, { address, attribute }: Wire): string {
  if (attribute === null) return address;
  switch (split.analysis.graph.declarations.get(address)?.repeated) {
    case 'count':
      return `${address}[*].${attribute}`;
    case 'for_each':
      return `{ for key, instance in ${address} : key => instance.${attribute} }`;
    default:
      return `${address}.${attribute}`;
  }
}

function block(kind: string, name: string, attributes: readonly (readonly [string, string])[]): string {
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

function remoteState(backend: Backend | null, part: string): string {
  const type = backend === null ? 'local' : backend.type === 'cloud' ? 'remote' : backend.type;
  const config = remoteStateConfig(backend, part);
  const width = Math.max(...config.map(([key]) => key.length));
  const lines = config.map(([key, value]) => `    ${key.padEnd(width)} = ${value}\n`).join('');
  return `data "terraform_remote_state" "${part}" {\n  backend = "${type}"\n\n  config = {\n${lines}  }\n}\n`;
}

/** The interface of one part: its outputs, and its variables or the states it reads them from. */
export function interfaceOf(
  split: Split,
  group: number,
  options: { readonly wiring: Wiring; readonly backend: Backend | null; readonly typeOf: (wire: Wire) => ValueType },
): readonly PartFile[] {
  const { wires } = split.crossings;
  const given = wires.filter(({ from }) => from === group);
  const taken = wires.filter(({ takers }) => takers.has(group));
  const nameOf = (number: number): string => split.groups[number]?.name ?? '';
  const outputs = given.map((wire) =>
    block('output', wire.name, [
      ['description', JSON.stringify(`Taken by ${[...wire.takers.keys()].map(nameOf).join(', ')}`)],
      ['value', valueOf(split, wire)],
      ...sensitiveMark(options.typeOf(wire)),
    ]),
  );
  const inputs =
    options.wiring === 'remote-state'
      ? [...new Set(taken.map(({ from }) => nameOf(from)))].map((part) => remoteState(options.backend, part))
      : taken.map((wire) =>
          block('variable', wire.name, [
            ['description', JSON.stringify(`${what(wire)} of ${nameOf(wire.from)}`)],
            ['type', options.typeOf(wire).constraint],
            ...sensitiveMark(options.typeOf(wire)),
          ]),
        );
  const inputFile = options.wiring === 'remote-state' ? interfaceFiles.remoteState : interfaceFiles.inputs;
  return [
    { path: inputFile, text: inputs.join('\n') },
    { path: interfaceFiles.outputs, text: outputs.join('\n') },
  ].filter(({ text }) => text !== '');
}
