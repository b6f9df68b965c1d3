import type { WireError } from '#shared/errors/index.ts';
import type { BlueprintDocument, PaletteItem } from '#shared/model/index.ts';
import type { CanvasModel, PortEnd, Positions } from '../document/canvas-model.ts';
import type { CanvasCommand } from '../document/commands.ts';
import type { History } from '../document/history.ts';
import type { Merge } from '../document/merge.ts';

/** A blueprint as it stands on disk, with the revision a save must name. */
export interface OnDisk {
  readonly model: CanvasModel;
  readonly revision: string;
}

export type SaveState =
  | { readonly phase: 'saved' }
  | { readonly phase: 'unsaved' }
  | { readonly phase: 'saving' }
  | { readonly phase: 'failed'; readonly error: WireError };

export interface Selection {
  readonly nodes: readonly string[];
  readonly wires: readonly string[];
}

/** A field to lead the user to: set by the problems list, read by the inspector. */
export interface FieldFocus {
  readonly field: string;
  /** Raised each time, so that the same field can be asked for again. */
  readonly count: number;
}

/** Both sides of a file that changed on disk while it was edited here. */
export interface DiskConflict {
  readonly merge: Merge;
  readonly disk: OnDisk;
}

/** A wire being drawn: what is held, and from which side. */
export interface PendingWire {
  readonly end: PortEnd;
  readonly side: 'source' | 'target';
}

export interface CanvasState {
  /** The draft's name, or `name@version` for a published one. */
  readonly name: string;
  readonly readOnly: boolean;
  readonly model: CanvasModel;
  readonly history: History;
  readonly palette: readonly PaletteItem[];
  readonly selection: Selection;
  readonly focus: FieldFocus | null;
  readonly pendingWire: PendingWire | null;
  /** Nodes that show all their ports. */
  readonly unfolded: ReadonlySet<string>;
  readonly disk: OnDisk;
  readonly save: SaveState;
  readonly conflict: DiskConflict | null;
  /** The last thing said to the user: a refusal, what was undone, a change taken over. */
  readonly said: { readonly text: string; readonly refusal: boolean; readonly count: number } | null;
}

/** Named for what happened. */
export interface CanvasEvents {
  /** Does a command; false when it was refused (the reason is said). */
  readonly commanded: (command: CanvasCommand) => boolean;
  readonly undone: () => void;
  readonly redone: () => void;
  readonly selected: (selection: Selection) => void;
  readonly fieldAsked: (field: string, node: string | null) => void;
  /** Nobody is led to a field any more. */
  readonly fieldLeft: () => void;
  readonly wireHeld: (pending: PendingWire) => void;
  readonly wireDropped: () => void;
  readonly unfoldingChanged: (node: string, unfolded: boolean) => void;
  readonly paletteRead: (palette: readonly PaletteItem[]) => void;
  /** The file is on disk like this now: taken over, or a conflict to choose in. */
  readonly diskRead: (disk: OnDisk) => void;
  /** What is on disk cannot be read: the next save is written over that revision. */
  readonly diskGivenUp: (revision: string) => void;
  readonly conflictSettled: (takeTheirs: ReadonlySet<string>) => void;
  readonly saveBegan: () => void;
  readonly saveEnded: (disk: OnDisk, sent: CanvasModel) => void;
  readonly saveFailed: (error: WireError) => void;
  readonly told: (text: string, refusal: boolean) => void;
}

/** A blueprint to show: a draft with its revision, or a published version. */
export interface CanvasSource {
  readonly name: string;
  readonly readOnly: boolean;
  readonly document: BlueprintDocument;
  readonly positions: Positions;
  readonly revision: string;
  readonly palette: readonly PaletteItem[];
}
