import type { BlueprintDocument } from '#shared/model/index.ts';
import type { NodeView, PortView } from './node-view.ts';
import { wiresOf } from './wires.ts';

/** More optional ports than this fold away. */
const mostOutputs = 8;

/** The ports of a node that are drawn, and how many are folded away. */
export interface VisiblePorts {
  readonly inputs: readonly PortView[];
  readonly outputs: readonly PortView[];
  readonly folded: number;
}

/** Folded: what is required, set or wired. Unfolded: everything. */
export function visiblePorts(document: BlueprintDocument, view: NodeView, unfolded: boolean): VisiblePorts {
  if (unfolded || view.kind === 'inputs' || view.kind === 'outputs') {
    return { inputs: view.inputs, outputs: view.outputs, folded: 0 };
  }
  const inputs = view.inputs.filter((port) => port.required || port.value !== undefined);
  const wired = new Set(wiresOf(document).flatMap(({ from }) => (from.node === view.id ? [from.port] : [])));
  const outputs =
    view.outputs.length <= mostOutputs ? view.outputs : view.outputs.filter((port) => wired.has(port.name));
  const folded = view.inputs.length - inputs.length + view.outputs.length - outputs.length;
  return { inputs, outputs, folded };
}

/** How many ports would fold away; a node with none needs no button for it. */
export function foldableCount(document: BlueprintDocument, view: NodeView): number {
  return visiblePorts(document, view, false).folded;
}
