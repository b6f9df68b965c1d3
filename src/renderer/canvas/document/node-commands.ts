import { failed, ok, type Result } from '#shared/base/result.ts';
import type { BlueprintNode } from '#shared/model/index.ts';
import type { CanvasModel, Position, Positions } from './canvas-model.ts';
import { editedNode, withDocument, withoutReferences, withReferencesRenamed, type NodeEdit } from './document-edits.ts';
import { freeName, nameProblem } from './names.ts';
import { mapRecord, without, withKeyRenamed } from './records.ts';
import { renameReferences } from './value-references.ts';

const duplicateOffset = 40;

/** Places a new node. */
export function addNode(
  model: CanvasModel,
  added: { readonly name: string; readonly use: string; readonly at: Position },
): Result<CanvasModel, string> {
  const problem = nameProblem(added.name, Object.keys(model.document.nodes));
  if (problem !== null) return failed([problem]);
  return ok({
    document: { ...model.document, nodes: { ...model.document.nodes, [added.name]: { use: added.use } } },
    positions: { ...model.positions, [added.name]: added.at },
  });
}

/**
 * Adds copies of nodes. Names already taken get a number; wires among the added nodes lead to the copies,
 * wires to nodes that do not exist here are dropped.
 */
export function addNodes(
  model: CanvasModel,
  nodes: Readonly<Record<string, BlueprintNode>>,
  positions: Positions,
): CanvasModel {
  const taken = new Set(Object.keys(model.document.nodes));
  const names = new Map<string, string>();
  for (const name of Object.keys(nodes)) {
    const free = freeName(name, taken);
    taken.add(free);
    names.set(name, free);
  }
  const inputs = model.document.inputs ?? {};
  const added: Record<string, BlueprintNode> = {};
  for (const [name, node] of Object.entries(nodes)) {
    const set = mapRecord(node.set ?? {}, (value) =>
      renameReferences(value, (reference) => {
        const copy = reference.node === null ? undefined : names.get(reference.node);
        return copy === undefined ? null : { ...reference, node: copy };
      }),
    );
    const after = node.after?.map((other) => names.get(other) ?? other).filter((other) => taken.has(other));
    added[names.get(name) ?? name] = editedNode(node, { set, after: after?.length === 0 ? undefined : after });
  }
  const document = withoutReferences(
    { ...model.document, nodes: added },
    (reference) =>
      (reference.node !== null && !taken.has(reference.node)) ||
      (reference.root === 'inputs' && !Object.hasOwn(inputs, reference.name)),
  );
  const placed = Object.fromEntries(
    Object.entries(positions).map(([name, position]) => [names.get(name) ?? name, position]),
  );
  return {
    document: { ...model.document, nodes: { ...model.document.nodes, ...document.nodes } },
    positions: { ...model.positions, ...placed },
  };
}

/** Copies nodes beside themselves, wires between them included. */
export function duplicateNodes(model: CanvasModel, names: readonly string[]): CanvasModel {
  const nodes: Record<string, BlueprintNode> = {};
  const positions: Record<string, Position> = {};
  for (const name of names) {
    const node = model.document.nodes[name];
    if (node === undefined) continue;
    nodes[name] = node;
    const { x, y } = model.positions[name] ?? { x: 0, y: 0 };
    positions[name] = { x: x + duplicateOffset, y: y + duplicateOffset };
  }
  return addNodes(model, nodes, positions);
}

/** Removes nodes and the wires that led from them; outputs that showed only their values go too. */
export function removeNodes(model: CanvasModel, names: readonly string[]): CanvasModel {
  const gone = new Set(names);
  const nodes = mapRecord(without(model.document.nodes, gone), (node) => {
    const after = node.after?.filter((other) => !gone.has(other));
    return editedNode(node, { after: after === undefined || after.length === 0 ? undefined : after });
  });
  return {
    document: withoutReferences(
      { ...model.document, nodes },
      (reference) => reference.node !== null && gone.has(reference.node),
    ),
    positions: without(model.positions, gone),
  };
}

/** Puts nodes elsewhere; names not given stay where they are. */
export function moveNodes(model: CanvasModel, positions: Positions): CanvasModel {
  const rounded = mapRecord(positions, ({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
  return { ...model, positions: { ...model.positions, ...rounded } };
}

/** Renames a node everywhere it is mentioned. */
export function renameNode(model: CanvasModel, from: string, to: string): Result<CanvasModel, string> {
  if (from === to) return ok(model);
  const problem = nameProblem(to, Object.keys(model.document.nodes));
  if (problem !== null) return failed([problem]);
  const nodes = mapRecord(withKeyRenamed(model.document.nodes, from, to), (node) =>
    editedNode(node, { after: node.after?.map((other) => (other === from ? to : other)) }),
  );
  return ok({
    document: withReferencesRenamed({ ...model.document, nodes }, (reference) =>
      reference.node === from ? { ...reference, node: to } : null,
    ),
    positions: withKeyRenamed(model.positions, from, to),
  });
}

/** Changes parts of one node; a node that does not exist is left alone. */
export function editNode(model: CanvasModel, name: string, edit: NodeEdit): CanvasModel {
  const node = model.document.nodes[name];
  if (node === undefined) return model;
  return withDocument(model, { nodes: { ...model.document.nodes, [name]: editedNode(node, edit) } });
}
