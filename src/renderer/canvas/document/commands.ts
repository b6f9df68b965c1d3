import type { Json } from '#shared/base/json.ts';
import { ok, type Result } from '#shared/base/result.ts';
import type { BlueprintInput, BlueprintNode, BlueprintOutput, Boundary } from '#shared/model/index.ts';
import type { CanvasModel, PortEnd, Position, Positions } from './canvas-model.ts';
import {
  exposeInput,
  putBlueprintInput,
  putBlueprintOutput,
  removeBlueprintInput,
  removeBlueprintOutput,
  renameBlueprintInput,
  renameBlueprintOutput,
} from './interface-commands.ts';
import { addNode, addNodes, duplicateNodes, editNode, moveNodes, removeNodes, renameNode } from './node-commands.ts';
import { clearInput, connect, disconnect, setInput } from './wire-commands.ts';

/** Everything that can be done to a blueprint on the canvas, as data: undo, merging of keystrokes and tests read it. */
export type CanvasCommand =
  | { readonly type: 'add-node'; readonly name: string; readonly use: string; readonly at: Position }
  | {
      readonly type: 'add-nodes';
      readonly nodes: Readonly<Record<string, BlueprintNode>>;
      readonly positions: Positions;
    }
  | { readonly type: 'remove-nodes'; readonly names: readonly string[] }
  | { readonly type: 'duplicate-nodes'; readonly names: readonly string[] }
  | { readonly type: 'move-nodes'; readonly positions: Positions }
  | { readonly type: 'lay-out'; readonly positions: Positions }
  | { readonly type: 'rename-node'; readonly from: string; readonly to: string }
  | { readonly type: 'set-use'; readonly node: string; readonly use: string }
  | { readonly type: 'set-after'; readonly node: string; readonly after: readonly string[] }
  | { readonly type: 'set-when'; readonly node: string; readonly when: string | null }
  | { readonly type: 'set-input'; readonly node: string; readonly input: string; readonly value: Json }
  | { readonly type: 'clear-input'; readonly node: string; readonly input: string }
  | { readonly type: 'connect'; readonly from: PortEnd; readonly to: PortEnd; readonly asItem: boolean }
  | { readonly type: 'disconnect'; readonly from: PortEnd; readonly to: PortEnd }
  | { readonly type: 'set-version'; readonly version: string }
  | { readonly type: 'set-summary'; readonly summary: string }
  | { readonly type: 'set-boundary'; readonly boundary: Boundary }
  | { readonly type: 'put-blueprint-input'; readonly name: string; readonly input: BlueprintInput }
  | { readonly type: 'rename-blueprint-input'; readonly from: string; readonly to: string }
  | { readonly type: 'remove-blueprint-input'; readonly name: string }
  /** Makes an input of a node an input of the blueprint, wired to it. */
  | { readonly type: 'expose-input'; readonly to: PortEnd; readonly name: string; readonly input: BlueprintInput }
  | { readonly type: 'put-blueprint-output'; readonly name: string; readonly output: BlueprintOutput }
  | { readonly type: 'rename-blueprint-output'; readonly from: string; readonly to: string }
  | { readonly type: 'remove-blueprint-output'; readonly name: string }
  | { readonly type: 'take-over'; readonly model: CanvasModel };

/** Applies one command. A command that cannot be done says why; the model given is never changed. */
export function applyCommand(model: CanvasModel, command: CanvasCommand): Result<CanvasModel, string> {
  switch (command.type) {
    case 'add-node':
      return addNode(model, command);
    case 'add-nodes':
      return ok(addNodes(model, command.nodes, command.positions));
    case 'remove-nodes':
      return ok(removeNodes(model, command.names));
    case 'duplicate-nodes':
      return ok(duplicateNodes(model, command.names));
    case 'move-nodes':
    case 'lay-out':
      return ok(moveNodes(model, command.positions));
    case 'rename-node':
      return renameNode(model, command.from, command.to);
    case 'set-use':
      return ok(editNode(model, command.node, { use: command.use }));
    case 'set-after':
      return ok(editNode(model, command.node, { after: command.after.length === 0 ? undefined : [...command.after] }));
    case 'set-when':
      return ok(editNode(model, command.node, { when: command.when ?? undefined }));
    case 'set-input':
      return setInput(model, { node: command.node, port: command.input }, command.value);
    case 'clear-input':
      return ok(clearInput(model, { node: command.node, port: command.input }));
    case 'connect':
      return connect(model, command);
    case 'disconnect':
      return ok(disconnect(model, command.from, command.to));
    case 'set-version':
      return ok({ ...model, document: { ...model.document, version: command.version } });
    case 'set-summary':
      return ok({ ...model, document: { ...model.document, summary: command.summary } });
    case 'set-boundary':
      return ok({ ...model, document: { ...model.document, boundary: command.boundary } });
    case 'put-blueprint-input':
      return putBlueprintInput(model, command.name, command.input);
    case 'rename-blueprint-input':
      return renameBlueprintInput(model, command.from, command.to);
    case 'remove-blueprint-input':
      return ok(removeBlueprintInput(model, command.name));
    case 'expose-input':
      return exposeInput(model, command);
    case 'put-blueprint-output':
      return putBlueprintOutput(model, command.name, command.output);
    case 'rename-blueprint-output':
      return renameBlueprintOutput(model, command.from, command.to);
    case 'remove-blueprint-output':
      return ok(removeBlueprintOutput(model, command.name));
    case 'take-over':
      return ok(command.model);
  }
}

/** What a command did, for the undo menu and for screen readers: “Undo: add network”. */
export function describeCommand(command: CanvasCommand): string {
  switch (command.type) {
    case 'add-node':
      return `add ${command.name}`;
    case 'add-nodes':
      return `paste ${Object.keys(command.nodes).join(', ')}`;
    case 'remove-nodes':
      return `remove ${command.names.join(', ')}`;
    case 'duplicate-nodes':
      return `duplicate ${command.names.join(', ')}`;
    case 'move-nodes':
      return 'move';
    case 'lay-out':
      return 'tidy up the layout';
    case 'rename-node':
    case 'rename-blueprint-input':
    case 'rename-blueprint-output':
      return `rename ${command.from} to ${command.to}`;
    case 'set-use':
      return `change the version of ${command.node}`;
    case 'set-after':
      return `change the order of ${command.node}`;
    case 'set-when':
      return `change the condition of ${command.node}`;
    case 'set-input':
      return `set ${command.node}.${command.input}`;
    case 'clear-input':
      return `clear ${command.node}.${command.input}`;
    case 'connect':
      return `wire ${command.from.port} to ${command.to.node}.${command.to.port}`;
    case 'disconnect':
      return `remove the wire to ${command.to.node}.${command.to.port}`;
    case 'set-version':
      return `set the version to ${command.version}`;
    case 'set-summary':
      return 'change the summary';
    case 'set-boundary':
      return `set the boundary to ${command.boundary}`;
    case 'put-blueprint-input':
      return `change the input ${command.name}`;
    case 'remove-blueprint-input':
      return `remove the input ${command.name}`;
    case 'expose-input':
      return `make ${command.to.node}.${command.to.port} an input of the blueprint`;
    case 'put-blueprint-output':
      return `change the output ${command.name}`;
    case 'remove-blueprint-output':
      return `remove the output ${command.name}`;
    case 'take-over':
      return 'take over the change on disk';
  }
}

/** Commands with the same key that follow one another quickly are one step of undo: typing, dragging. */
export function mergeKey(command: CanvasCommand): string | null {
  switch (command.type) {
    case 'set-input':
      return `set ${command.node}.${command.input}`;
    case 'set-when':
      return `when ${command.node}`;
    case 'set-version':
    case 'set-summary':
      return command.type;
    case 'move-nodes':
      return `move ${Object.keys(command.positions).sort().join(',')}`;
    case 'put-blueprint-input':
      return `input ${command.name}`;
    case 'put-blueprint-output':
      return `output ${command.name}`;
    default:
      return null;
  }
}
