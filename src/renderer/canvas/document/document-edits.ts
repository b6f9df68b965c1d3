import type { Json } from '#shared/base/json.ts';
import type { Reference } from '#shared/expressions/index.ts';
import type { BlueprintDocument, BlueprintNode } from '#shared/model/index.ts';
import type { CanvasModel } from './canvas-model.ts';
import { mapRecord } from './records.ts';
import { dropReferences, renameReferences } from './value-references.ts';

/** The parts of a node that may be written; undefined removes the part from the file. */
export type NodeEdit = { readonly [Key in keyof BlueprintNode]?: BlueprintNode[Key] | undefined };

/** A node with some parts changed; parts set to undefined, and an empty `set`, are left out of the file. */
export function editedNode(node: BlueprintNode, edit: NodeEdit): BlueprintNode {
  const merged = { ...node, ...edit };
  const set = merged.set === undefined || Object.keys(merged.set).length === 0 ? undefined : merged.set;
  return {
    use: merged.use ?? node.use,
    ...(set === undefined ? {} : { set }),
    ...(merged.after === undefined ? {} : { after: merged.after }),
    ...(merged.when === undefined ? {} : { when: merged.when }),
  };
}

/** The model with another document. */
export function withDocument(model: CanvasModel, edit: Partial<BlueprintDocument>): CanvasModel {
  return { ...model, document: { ...model.document, ...edit } };
}

/** The document with every value that mentions something gone cleared: wires go with what they led to. */
export function withoutReferences(document: BlueprintDocument, isGone: (reference: Reference) => boolean) {
  const drop = (value: Json) => dropReferences(value, isGone);
  const nodes = mapRecord(document.nodes, (node) =>
    editedNode(node, {
      set: node.set === undefined ? undefined : mapRecord(node.set, drop),
      when: node.when === undefined || drop(node.when) === undefined ? undefined : node.when,
    }),
  );
  const outputs =
    document.outputs === undefined
      ? undefined
      : mapRecord(document.outputs, (output) => {
          const value = drop(output.value);
          return value === undefined ? undefined : { ...output, value };
        });
  return { ...document, nodes, ...(outputs === undefined ? {} : { outputs }) };
}

/** The document with every reference that has a new name written anew. */
export function withReferencesRenamed(
  document: BlueprintDocument,
  rename: (reference: Reference) => Reference | null,
): BlueprintDocument {
  const renamed = (value: Json): Json => renameReferences(value, rename);
  const nodes = mapRecord(document.nodes, (node) => {
    const when = node.when === undefined ? undefined : renamed(node.when);
    return editedNode(node, {
      set: node.set === undefined ? undefined : mapRecord(node.set, renamed),
      when: typeof when === 'string' ? when : undefined,
    });
  });
  const outputs =
    document.outputs === undefined
      ? undefined
      : mapRecord(document.outputs, (output) => ({ ...output, value: renamed(output.value) }));
  return { ...document, nodes, ...(outputs === undefined ? {} : { outputs }) };
}
