import { failed, ok, type Result } from '#shared/base/result.ts';
import type { BlueprintDocument, PaletteItem } from '#shared/model/index.ts';
import { inputsNodeId, isInterfaceNode, outputsNodeId } from '../document/canvas-model.ts';
import type { CanvasCommand } from '../document/commands.ts';
import { freeName } from '../document/names.ts';
import { headHandle } from './flow-projection.ts';
import { inputLike } from './input-like.ts';
import { schemaAt, sourcesFor, wireFit, type FittingSource } from './wire-fit.ts';
import { nodeView } from './node-view.ts';
import { circleThrough } from './wires.ts';

interface Surroundings {
  readonly document: BlueprintDocument;
  readonly palette: readonly PaletteItem[];
}

/** Two handles that were joined, whichever was held first. */
export interface Joined {
  readonly source: string;
  readonly sourceHandle: string | null;
  readonly target: string;
  readonly targetHandle: string | null;
}

function orderOf(around: Surroundings, source: string, target: string): Result<CanvasCommand, string> {
  if (isInterfaceNode(source) || isInterfaceNode(target)) return failed(['choose a port']);
  if (source === target) return failed(['a node cannot wait for itself']);
  const circle = circleThrough(around.document, source, target);
  if (circle !== null) return failed([`it would make a circle: ${circle.join(' → ')}`]);
  const after = around.document.nodes[target]?.after ?? [];
  if (after.includes(source)) return failed([`${target} runs after ${source} already`]);
  return ok({ type: 'set-after', node: target, after: [...after, source] });
}

/** What joining two handles does: a value wire, an order, a new input or output of the blueprint; or why nothing. */
export function connectionMeaning(around: Surroundings, joined: Joined): Result<CanvasCommand, string> {
  const { source, target } = joined;
  const fromHead = joined.sourceHandle === headHandle || joined.sourceHandle === null;
  const toHead = joined.targetHandle === headHandle || joined.targetHandle === null;
  if (fromHead && toHead) return orderOf(around, source, target);
  if (fromHead) {
    const to = { node: target, port: joined.targetHandle ?? '' };
    const schema = schemaAt(around, to, 'target');
    if (source !== inputsNodeId || schema === null) return failed(['choose one of its outputs']);
    const name = freeName(to.port, Object.keys(around.document.inputs ?? {}));
    return ok({ type: 'expose-input', to, name, input: inputLike(schema) });
  }
  const from = { node: source, port: joined.sourceHandle ?? '' };
  if (toHead) {
    if (target !== outputsNodeId) return failed(['choose one of its inputs']);
    const name = freeName(from.port, Object.keys(around.document.outputs ?? {}));
    const fit = wireFit(around, from, { node: outputsNodeId, port: name });
    if (!fit.fits) return failed([fit.reason]);
    return ok({ type: 'connect', from, to: { node: outputsNodeId, port: name }, asItem: false });
  }
  const to = { node: target, port: joined.targetHandle ?? '' };
  const fit = wireFit(around, from, to);
  return fit.fits ? ok({ type: 'connect', from, to, asItem: fit.asItem === true }) : failed([fit.reason]);
}

/** Every input of a node with whether a source fits it: those that fit first, unset required ones leading. */
export function targetsFor(around: Surroundings, from: FittingSource['from'], node: string): readonly FittingTarget[] {
  const inputs = nodeView(around.document, around.palette, node)?.inputs ?? [];
  const targets = inputs.map((port) => {
    const to = { node, port: port.name };
    return { to, typeText: port.typeText, missing: port.state === 'missing', fit: wireFit(around, from, to) };
  });
  const rank = ({ fit, missing }: FittingTarget): number => (fit.fits ? (missing ? 0 : 1) : 2);
  return targets.toSorted((one, other) => rank(one) - rank(other));
}

/** An input that a source may be wired to, for choosing one from a list. */
export interface FittingTarget {
  readonly to: FittingSource['from'];
  readonly typeText: string;
  readonly missing: boolean;
  readonly fit: FittingSource['fit'];
}

/** The sources of one node that may be wired to an input. */
export function sourcesOfNode(around: Surroundings, to: FittingSource['from'], node: string): readonly FittingSource[] {
  return sourcesFor(around, to).filter(({ from }) => from.node === node);
}
