import { describeType, fits } from '../wiring/index.ts';
import { inferSchema, references, syntaxProblems, type PlacedReference } from '../expressions/index.ts';
import type { Json } from '../base/json.ts';
import type { BlueprintDocument, BlueprintNode, PaletteItem, PortSchema, Problem } from '../model/index.ts';
import { boundaryFindings } from './boundary.ts';
import { findUse, inputPort, own, referenceSchema, targetNames } from './ports.ts';
import { adviceFor, fieldText, toProblem, type Finding } from './problems.ts';
import { isVersionRange, splitUse } from './versions.ts';
import { topologicalStages } from './wires.ts';

interface Context {
  readonly document: BlueprintDocument;
  readonly palette: readonly PaletteItem[];
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly node: string | null;
}

function finding(place: Place, found: Omit<Finding, 'field' | 'node'>): Finding {
  return { ...found, field: fieldText(place.path), node: place.node };
}

function findingsOfUse(context: Context, name: string, node: BlueprintNode): readonly Finding[] {
  const place: Place = { path: ['nodes', name, 'use'], node: name };
  const { name: used, range } = splitUse(node.use);
  if (!isVersionRange(range)) {
    const advice = 'Write an exact version such as 1.2.0, or a range such as ^1.2.0, ~1.2.0 or 1.x.';
    return [finding(place, { code: 'bad-version', message: `${name}: "${range}" is not a version.`, advice })];
  }
  if (findUse(context.palette, node.use) !== null) return [];
  const versions = context.palette.filter((item) => item.name === used).map((item) => item.version);
  const names = [...new Set(context.palette.map((item) => item.name))];
  return [
    finding(place, {
      code: 'unknown-use',
      message:
        versions.length === 0
          ? `${name} uses ${node.use}, but there is no artifact or published blueprint called ${used}.`
          : `${name} uses ${node.use}, but ${used} has no such version.`,
      advice:
        versions.length === 0
          ? adviceFor(used, names, 'Import an artifact, or publish a blueprint, first.')
          : `There are ${versions.join(', ')}.`,
    }),
  ];
}

function referenceFinding(context: Context, reference: PlacedReference, place: Place): Finding | null {
  const { document, palette } = context;
  const unknown = (message: string, advice: string): Finding =>
    finding(place, { code: 'unknown-reference', message, advice });
  switch (reference.root) {
    case 'inputs': {
      const names = Object.keys(document.inputs ?? {});
      if (names.includes(reference.name)) return null;
      const advice = adviceFor(reference.name, names, 'Add it under inputs.');
      return unknown(`There is no input "${reference.name}" in this blueprint.`, advice);
    }
    case 'target':
      if (targetNames.includes(reference.name)) return null;
      return unknown(`A target has no "${reference.name}".`, `There are ${targetNames.join(', ')}.`);
    case 'node': {
      const node = own(document.nodes, reference.node ?? '');
      if (node === undefined) {
        const advice = adviceFor(reference.node ?? '', Object.keys(document.nodes), 'There are no nodes.');
        return unknown(`There is no node "${reference.node}".`, advice);
      }
      const item = findUse(palette, node.use);
      // The node's own use is reported where it stands; its outputs are then not known either.
      if (item === null || own(item.outputs.properties, reference.name) !== undefined) return null;
      const advice = adviceFor(reference.name, Object.keys(item.outputs.properties), 'It has no outputs.');
      return finding(place, {
        code: 'unknown-output',
        message: `${reference.node} (${item.use}) has no output "${reference.name}".`,
        advice,
      });
    }
  }
}

/** Syntax and references of a value; empty when the value can be typed. */
function valueFindings(context: Context, value: Json, place: Place): readonly Finding[] {
  const inside = (path: readonly (string | number)[]): Place => ({ ...place, path: [...place.path, ...path] });
  const syntax = syntaxProblems(value).map(({ message, path, start }) =>
    finding(inside(path), {
      code: 'bad-expression',
      message: `${message.replace(/\.$/, '')} (character ${start + 1}).`,
      advice: 'Expressions hold inputs.NAME, NODE.OUTPUT, target.region, functions, == and !=.',
    }),
  );
  const unknown = references(value).flatMap((reference) => {
    const found = referenceFinding(context, reference, inside(reference.path));
    return found === null ? [] : [found];
  });
  return [...syntax, ...unknown];
}

function sourceName(value: Json): string {
  const [first, ...more] = references(value);
  if (first === undefined) return 'the value';
  return more.length === 0 ? `${first.node ?? first.root}.${first.name}` : 'the value';
}

function setFindings(context: Context, name: string, options: { item: PaletteItem; node: BlueprintNode }) {
  const { item, node } = options;
  const findings: Finding[] = [];
  const ports = item.inputs.properties;
  for (const [input, value] of Object.entries(node.set ?? {})) {
    const place: Place = { path: ['nodes', name, 'set', input], node: name };
    const port = own(ports, input);
    const inValue = valueFindings(context, value, place);
    findings.push(...inValue);
    if (port === undefined) {
      const message = `${name} (${item.use}) has no input "${input}".`;
      const advice = adviceFor(input, Object.keys(ports), 'It has no inputs.');
      findings.push(finding(place, { code: 'unknown-input', message, advice }));
    } else if (inValue.length === 0) {
      findings.push(...typeFindings(context, value, { place, port, input: `${name}.${input}` }));
    }
  }
  for (const input of item.inputs.required) {
    if (own(node.set ?? {}, input) !== undefined) continue;
    findings.push(
      finding(
        { path: ['nodes', name, 'set', input], node: name },
        {
          code: 'missing-input',
          message: `${name} (${item.use}) needs "${input}", a ${describeType(own(ports, input) ?? {})}.`,
          advice: 'Set a value, or wire it to an input or to another node.',
        },
      ),
    );
  }
  return findings;
}

function typeFindings(
  context: Context,
  value: Json,
  options: { readonly place: Place; readonly port: PortSchema; readonly input: string },
): readonly Finding[] {
  const { place, port, input } = options;
  const type = inferSchema(value, (reference) => referenceSchema(context.document, context.palette, reference) ?? {});
  const fit = fits(type, port);
  if (fit.fits) return [];
  const wired = references(value).some((reference) => reference.root === 'node');
  return [
    finding(place, {
      code: wired ? 'wire-type' : 'value-type',
      message: `${sourceName(value)} does not fit ${input}: ${fit.reason}.`,
      advice: `${input} takes a ${describeType(port)}.`,
    }),
  ];
}

function whenFindings(context: Context, name: string, when: string): readonly Finding[] {
  const place: Place = { path: ['nodes', name, 'when'], node: name };
  const outputs = references(when).filter((reference) => reference.root === 'node');
  if (outputs.length > 0) {
    const [first] = outputs;
    return [
      finding(place, {
        code: 'when-uses-output',
        message: `when of ${name} uses ${first?.node}.${first?.name}, which is known only while the deployment runs.`,
        advice: 'Switch a node by inputs and target only, so that the plan shows its shape before anything runs.',
      }),
    ];
  }
  const findings = valueFindings(context, when, place);
  if (findings.length > 0) return findings;
  const type = inferSchema(when, (reference) => referenceSchema(context.document, context.palette, reference) ?? {});
  if (type.type === undefined || type.type === 'boolean') return [];
  const message = `when of ${name} must be true or false, it is a ${describeType(type)}.`;
  return [finding(place, { code: 'when-type', message, advice: "Compare, as in ${inputs.size != 'none'}." })];
}

function nodeFindings(context: Context, name: string, node: BlueprintNode): readonly Finding[] {
  const findings: Finding[] = [...findingsOfUse(context, name, node)];
  const item = findUse(context.palette, node.use);
  if (item === null) {
    for (const [input, value] of Object.entries(node.set ?? {})) {
      findings.push(...valueFindings(context, value, { path: ['nodes', name, 'set', input], node: name }));
    }
  } else {
    findings.push(...setFindings(context, name, { item, node }), ...boundaryFindings(context.document, name, item));
  }
  for (const [index, other] of (node.after ?? []).entries()) {
    if (own(context.document.nodes, other) !== undefined) continue;
    const message = `${name} comes after "${other}", but there is no such node.`;
    const advice = adviceFor(other, Object.keys(context.document.nodes), 'There are no other nodes.');
    findings.push(
      finding({ path: ['nodes', name, 'after', index], node: name }, { code: 'unknown-node', message, advice }),
    );
  }
  if (node.when !== undefined) findings.push(...whenFindings(context, name, node.when));
  return findings;
}

function inputFindings(document: BlueprintDocument): readonly Finding[] {
  return Object.entries(document.inputs ?? {}).flatMap(([name, input]) => {
    const place: Place = { path: ['inputs', name, 'default'], node: null };
    if (input.default === undefined) {
      if (input.agent !== 'fixed' || input.from === 'target') return [];
      const message = `Input ${name} is fixed for agents, but has no default to take.`;
      const fixed: Place = { path: ['inputs', name, 'agent'], node: null };
      return [finding(fixed, { code: 'fixed-without-default', message, advice: 'Give it a default, or use ask.' })];
    }
    if (input.sensitive === true && input.default !== null && input.default !== '') {
      const message = `The sensitive input ${name} has a default, which would be readable in git.`;
      return [finding(place, { code: 'secret-in-file', message, advice: 'Remove the default.' })];
    }
    const fit = fits(
      inferSchema(constantOf(input.default), () => ({})),
      inputPort(input),
    );
    if (fit.fits) return [];
    const message = `The default of input ${name} does not fit: ${fit.reason}.`;
    return [finding(place, { code: 'default-type', message, advice: `It is a ${describeType(inputPort(input))}.` })];
  });
}

/** A default is data, never an expression: `${` in it stands for itself. */
function constantOf(value: Json): Json {
  // As a function: in a replacement text "$$" would mean one "$".
  if (typeof value === 'string') return value.replaceAll('${', () => '$${');
  if (Array.isArray(value)) return value.map(constantOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, constantOf(item)]));
}

function outputFindings(context: Context): readonly Finding[] {
  return Object.entries(context.document.outputs ?? {}).flatMap(([name, { value }]) =>
    valueFindings(context, value, { path: ['outputs', name, 'value'], node: null }),
  );
}

function cycleFindings(document: BlueprintDocument): readonly Finding[] {
  const { cycle } = topologicalStages(document);
  const [first] = cycle ?? [];
  if (cycle === null || first === undefined) return [];
  const message = `The nodes wait for each other in a circle: ${cycle.join(' → ')}.`;
  const advice = 'Remove one of these wires or "after" entries.';
  return [finding({ path: ['nodes', first], node: first }, { code: 'cycle', message, advice })];
}

/**
 * Everything that keeps a blueprint from being planned, each with the field and the node it belongs to: unknown
 * uses, inputs, outputs and references, wires and values of the wrong type, missing inputs, cycles, breaches of the
 * boundary, `when` that depends on outputs, expressions that do not parse. Pure; file and line are left null.
 */
export function validateBlueprint(document: BlueprintDocument, palette: readonly PaletteItem[]): Problem[] {
  const context: Context = { document, palette };
  const findings: Finding[] = [
    ...inputFindings(document),
    ...Object.entries(document.nodes).flatMap(([name, node]) => nodeFindings(context, name, node)),
    ...outputFindings(context),
    ...cycleFindings(document),
  ];
  return findings.map(toProblem);
}
