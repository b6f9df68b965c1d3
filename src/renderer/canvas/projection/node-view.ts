import type { Json } from '#shared/base/json.ts';
import { findUse, inputPorts, outputPorts, splitUse } from '#shared/blueprint/index.ts';
import type {
  BlueprintDocument,
  BlueprintNode,
  Boundary,
  PaletteItem,
  Ports,
  PortSchema,
  Runner,
} from '#shared/model/index.ts';
import { describeType } from '#shared/wiring/index.ts';
import { inputsNodeId, isInterfaceNode, outputsNodeId } from '../document/canvas-model.ts';
import { isExpression, soleReference } from '../document/value-references.ts';

/** wired: one reference; expression: text or calls around references; set: a constant; missing: must be set. */
export type PortState = 'wired' | 'expression' | 'set' | 'default' | 'missing' | 'open';

export interface PortView {
  readonly name: string;
  readonly schema: PortSchema;
  readonly typeText: string;
  readonly required: boolean;
  readonly state: PortState;
  readonly value: Json | undefined;
  /** False when the document names a port that the artifact does not have. */
  readonly exists: boolean;
}

/** What the canvas shows of one node. */
export interface NodeView {
  readonly id: string;
  readonly kind: 'artifact' | 'blueprint' | 'unknown' | 'inputs' | 'outputs';
  readonly title: string;
  readonly use: string;
  readonly name: string;
  readonly version: string;
  readonly runner: Runner | null;
  readonly boundary: Boundary | null;
  readonly inputs: readonly PortView[];
  readonly outputs: readonly PortView[];
  readonly when: string | null;
  readonly after: readonly string[];
}

function stateOf(schema: PortSchema, required: boolean, value: Json | undefined): PortState {
  if (value === undefined) {
    if (required) return 'missing';
    return schema.default === undefined ? 'open' : 'default';
  }
  if (!isExpression(value)) return 'set';
  return soleReference(value) === null ? 'expression' : 'wired';
}

function portView(name: string, schema: PortSchema, given: Partial<PortView> = {}): PortView {
  const required = given.required ?? false;
  return {
    name,
    schema,
    typeText: describeType(schema),
    required,
    state: stateOf(schema, required, given.value),
    value: given.value,
    exists: given.exists ?? true,
  };
}

function inputViews(ports: Ports, set: Readonly<Record<string, Json>>, known: boolean): readonly PortView[] {
  const required = new Set(ports.required);
  const declared = Object.entries(ports.properties).map(([name, schema]) =>
    portView(name, schema, { required: required.has(name), value: set[name] }),
  );
  const unknown = Object.entries(set)
    .filter(([name]) => !Object.hasOwn(ports.properties, name))
    .map(([name, value]) => portView(name, {}, { value, exists: !known }));
  // Required ones first, so that what is missing is seen without opening anything.
  return [...declared.filter((port) => port.required), ...declared.filter((port) => !port.required), ...unknown];
}

const noPorts: Ports = { type: 'object', properties: {}, required: [] };

function blockView(id: string, node: BlueprintNode, item: PaletteItem | null): NodeView {
  return {
    id,
    kind: item?.type ?? 'unknown',
    title: id,
    use: node.use,
    name: splitUse(node.use).name,
    version: splitUse(node.use).range,
    runner: item?.runner ?? null,
    boundary: item?.boundary ?? null,
    inputs: inputViews(item?.inputs ?? noPorts, node.set ?? {}, item !== null),
    outputs: Object.entries(item?.outputs.properties ?? {}).map(([name, schema]) => portView(name, schema)),
    when: node.when ?? null,
    after: node.after ?? [],
  };
}

const interfaceView = { use: '', name: '', version: '', runner: null, boundary: null, when: null, after: [] } as const;

function inputsView(document: BlueprintDocument): NodeView {
  const { properties, required } = inputPorts(document);
  const outputs = Object.entries(properties).map(([name, { default: _default, ...schema }]) =>
    portView(name, schema, { required: required.includes(name) }),
  );
  return { ...interfaceView, id: inputsNodeId, kind: 'inputs', title: 'Blueprint inputs', inputs: [], outputs };
}

function outputsView(document: BlueprintDocument, palette: readonly PaletteItem[]): NodeView {
  const inputs = Object.entries(outputPorts(document, palette).properties).map(([name, schema]) =>
    portView(name, schema, { required: true, value: document.outputs?.[name]?.value }),
  );
  return { ...interfaceView, id: outputsNodeId, kind: 'outputs', title: 'Blueprint outputs', inputs, outputs: [] };
}

interface Cached {
  readonly id: string;
  readonly palette: readonly PaletteItem[];
  readonly view: NodeView;
}

// Documents share their unchanged parts, so a node that did not change keeps its view and is not drawn again.
const blockCache = new WeakMap<BlueprintNode, Cached>();
const interfaceCache = new WeakMap<
  BlueprintDocument,
  { readonly palette: readonly PaletteItem[]; views: NodeView[] }
>();

function interfaceNode(document: BlueprintDocument, palette: readonly PaletteItem[], id: string): NodeView {
  let cached = interfaceCache.get(document);
  if (cached?.palette !== palette) {
    cached = { palette, views: [inputsView(document), outputsView(document, palette)] };
    interfaceCache.set(document, cached);
  }
  return cached.views[id === inputsNodeId ? 0 : 1] ?? inputsView(document);
}

/** What the canvas shows of a node, or null when there is none. The same object as long as nothing about it changed. */
export function nodeView(document: BlueprintDocument, palette: readonly PaletteItem[], id: string): NodeView | null {
  if (isInterfaceNode(id)) return interfaceNode(document, palette, id);
  const node = document.nodes[id];
  if (node === undefined) return null;
  const cached = blockCache.get(node);
  if (cached?.id === id && cached.palette === palette) return cached.view;
  const view = blockView(id, node, findUse(palette, node.use));
  blockCache.set(node, { id, palette, view });
  return view;
}

/** Ids of all nodes drawn: the blueprint's inputs, its nodes in the order of the file, its outputs. */
export function nodeIds(document: BlueprintDocument): readonly string[] {
  return [inputsNodeId, ...Object.keys(document.nodes), outputsNodeId];
}
