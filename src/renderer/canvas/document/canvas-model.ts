import type { BlueprintDocument } from '#shared/model/index.ts';

/** A place on the canvas, in canvas units (pixels at zoom 1). */
export interface Position {
  readonly x: number;
  readonly y: number;
}

export type Positions = Readonly<Record<string, Position>>;

/** Everything a canvas edits: the blueprint and where its nodes stand. */
export interface CanvasModel {
  readonly document: BlueprintDocument;
  readonly positions: Positions;
}

/**
 * Ids of the two nodes that stand for the blueprint's own inputs and outputs.
 * Names of nodes begin with a letter, so these can never be taken.
 */
export const inputsNodeId = '@inputs';
export const outputsNodeId = '@outputs';

/** Tells whether a node of the canvas stands for the blueprint's own ports. */
export function isInterfaceNode(id: string): boolean {
  return id === inputsNodeId || id === outputsNodeId;
}

/** One end of a wire. `node` is a node's name or one of the two ids above. */
export interface PortEnd {
  readonly node: string;
  readonly port: string;
}
