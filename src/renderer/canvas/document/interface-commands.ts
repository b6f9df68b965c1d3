import { failed, ok, type Result } from '#shared/base/result.ts';
import type { BlueprintInput, BlueprintOutput } from '#shared/model/index.ts';
import { inputsNodeId, type CanvasModel, type PortEnd } from './canvas-model.ts';
import { withDocument, withoutReferences, withReferencesRenamed } from './document-edits.ts';
import { nameProblem } from './names.ts';
import { mapRecord, without, withKeyRenamed } from './records.ts';
import { connect } from './wire-commands.ts';

/** Adds or replaces an input of the blueprint itself. */
export function putBlueprintInput(
  model: CanvasModel,
  name: string,
  input: BlueprintInput,
): Result<CanvasModel, string> {
  const problem = nameProblem(name);
  if (problem !== null) return failed([problem]);
  // Undefined would be written as an empty field; what is not set is not in the file.
  const written = mapRecord(input, (value: unknown) => value) as BlueprintInput;
  return ok(withDocument(model, { inputs: { ...model.document.inputs, [name]: written } }));
}

/** Renames an input of the blueprint everywhere it is used. */
export function renameBlueprintInput(model: CanvasModel, from: string, to: string): Result<CanvasModel, string> {
  if (from === to) return ok(model);
  const inputs = model.document.inputs ?? {};
  const problem = nameProblem(to, Object.keys(inputs));
  if (problem !== null) return failed([problem]);
  const document = { ...model.document, inputs: withKeyRenamed(inputs, from, to) };
  return ok({
    ...model,
    document: withReferencesRenamed(document, (reference) =>
      reference.root === 'inputs' && reference.name === from ? { ...reference, name: to } : null,
    ),
  });
}

/** Removes an input of the blueprint and the wires that led from it. */
export function removeBlueprintInput(model: CanvasModel, name: string): CanvasModel {
  const inputs = without(model.document.inputs ?? {}, [name]);
  return {
    ...model,
    document: withoutReferences(
      { ...model.document, inputs },
      (reference) => reference.root === 'inputs' && reference.name === name,
    ),
  };
}

/** Adds or replaces an output of the blueprint. */
export function putBlueprintOutput(
  model: CanvasModel,
  name: string,
  output: BlueprintOutput,
): Result<CanvasModel, string> {
  const problem = nameProblem(name);
  if (problem !== null) return failed([problem]);
  const written = mapRecord(output, (value: unknown) => value) as BlueprintOutput;
  return ok(withDocument(model, { outputs: { ...model.document.outputs, [name]: written } }));
}

/** Renames an output of the blueprint; whoever uses the blueprint sees the new name with the next version. */
export function renameBlueprintOutput(model: CanvasModel, from: string, to: string): Result<CanvasModel, string> {
  if (from === to) return ok(model);
  const outputs = model.document.outputs ?? {};
  const problem = nameProblem(to, Object.keys(outputs));
  if (problem !== null) return failed([problem]);
  return ok(withDocument(model, { outputs: withKeyRenamed(outputs, from, to) }));
}

/** Removes an output of the blueprint. */
export function removeBlueprintOutput(model: CanvasModel, name: string): CanvasModel {
  return withDocument(model, { outputs: without(model.document.outputs ?? {}, [name]) });
}

/** Adds an input to the blueprint and wires it to an input of a node, as one step. */
export function exposeInput(
  model: CanvasModel,
  exposed: { readonly to: PortEnd; readonly name: string; readonly input: BlueprintInput },
): Result<CanvasModel, string> {
  const problem = nameProblem(exposed.name, Object.keys(model.document.inputs ?? {}));
  if (problem !== null) return failed([problem]);
  const added = putBlueprintInput(model, exposed.name, exposed.input);
  if (!added.ok) return added;
  const from = { node: inputsNodeId, port: exposed.name };
  return connect(added.value, { from, to: exposed.to, asItem: false });
}
