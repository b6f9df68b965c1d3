import type { Json } from '#shared/base/json.ts';
import { failed, ok, type Result } from '#shared/base/result.ts';
import type { Reference } from '#shared/expressions/index.ts';
import type { BlueprintDocument } from '#shared/model/index.ts';
import { inputsNodeId, outputsNodeId, type CanvasModel, type PortEnd } from './canvas-model.ts';
import { withDocument } from './document-edits.ts';
import { nameProblem } from './names.ts';
import { editNode } from './node-commands.ts';
import { without } from './records.ts';
import { dropReferences, referenceExpression } from './value-references.ts';

/** The reference that reads a port: a blueprint input, or a node's output. */
function referenceTo(end: PortEnd): Reference {
  return end.node === inputsNodeId
    ? { root: 'inputs', node: null, name: end.port }
    : { root: 'node', node: end.node, name: end.port };
}

/** The value an end has now: a node's input, or a blueprint output. */
export function valueIn(document: BlueprintDocument, end: PortEnd): Json | undefined {
  return end.node === outputsNodeId ? document.outputs?.[end.port]?.value : document.nodes[end.node]?.set?.[end.port];
}

/** Gives an input of a node, or a blueprint output, a value. */
export function setInput(model: CanvasModel, end: PortEnd, value: Json): Result<CanvasModel, string> {
  if (end.node === outputsNodeId) {
    const output = model.document.outputs?.[end.port];
    const problem = output === undefined ? nameProblem(end.port) : null;
    if (problem !== null) return failed([problem]);
    return ok(withDocument(model, { outputs: { ...model.document.outputs, [end.port]: { ...output, value } } }));
  }
  const node = model.document.nodes[end.node];
  if (node === undefined) return failed([`There is no node “${end.node}”.`]);
  return ok(editNode(model, end.node, { set: { ...node.set, [end.port]: value } }));
}

/** Takes the value of an input away; a blueprint output goes as a whole, as it is nothing without a value. */
export function clearInput(model: CanvasModel, end: PortEnd): CanvasModel {
  if (end.node === outputsNodeId) {
    return withDocument(model, { outputs: without(model.document.outputs ?? {}, [end.port]) });
  }
  return editNode(model, end.node, { set: without(model.document.nodes[end.node]?.set ?? {}, [end.port]) });
}

/** Wires a source to an input. `asItem`: as one more member of the list that is there. */
export function connect(
  model: CanvasModel,
  wire: { readonly from: PortEnd; readonly to: PortEnd; readonly asItem: boolean },
): Result<CanvasModel, string> {
  const expression = referenceExpression(referenceTo(wire.from));
  if (!wire.asItem) return setInput(model, wire.to, expression);
  const current = valueIn(model.document, wire.to);
  const members = Array.isArray(current) ? current : current === undefined ? [] : [current];
  if (members.includes(expression)) return ok(model);
  return setInput(model, wire.to, [...members, expression]);
}

/** Removes a wire: the member of a list that held it, else the whole value that mentions it. */
export function disconnect(model: CanvasModel, from: PortEnd, to: PortEnd): CanvasModel {
  const value = valueIn(model.document, to);
  if (value === undefined) return model;
  const source = referenceTo(from);
  const left = dropReferences(
    value,
    (reference) => reference.root === source.root && reference.node === source.node && reference.name === source.name,
  );
  if (left === undefined) return clearInput(model, to);
  const result = setInput(model, to, left);
  return result.ok ? result.value : model;
}
