import type { BlueprintDocument, PaletteItem, PortSchema } from '#shared/model/index.ts';
import { describeType, fits, type Fit } from '#shared/wiring/index.ts';
import { inputsNodeId, outputsNodeId, type PortEnd } from '../document/canvas-model.ts';
import { nodeIds, nodeView } from './node-view.ts';
import { circleThrough } from './wires.ts';

/** Whether a wire may be drawn, and as what. `asItem`: as a member of a list whose members it fits. */
export type WireFit = Fit & { readonly asItem?: boolean };

interface Surroundings {
  readonly document: BlueprintDocument;
  readonly palette: readonly PaletteItem[];
}

/** The type of what an end gives or takes, or null when there is no such port. */
export function schemaAt(around: Surroundings, end: PortEnd, side: 'source' | 'target'): PortSchema | null {
  const view = nodeView(around.document, around.palette, end.node);
  if (view === null) return null;
  const ports = side === 'source' ? view.outputs : view.inputs;
  return ports.find((port) => port.name === end.port)?.schema ?? null;
}

/** Whether `from` may be wired to `to`; a refusal says why in words for the user. */
export function wireFit(around: Surroundings, from: PortEnd, to: PortEnd): WireFit {
  if (from.node === to.node) return { fits: false, reason: 'a node cannot read its own output' };
  if (from.node === inputsNodeId && to.node === outputsNodeId) {
    return { fits: false, reason: 'an output shows a value of a node, not an input' };
  }
  const source = schemaAt(around, from, 'source');
  if (source === null) return { fits: false, reason: `${from.node} has no output “${from.port}”` };
  const circle = circleThrough(around.document, from.node, to.node);
  if (circle !== null) return { fits: false, reason: `it would make a circle: ${circle.join(' → ')}` };
  if (to.node === outputsNodeId) return { fits: true };
  const target = schemaAt(around, to, 'target');
  if (target === null) return { fits: false, reason: `${to.node} has no input “${to.port}”` };
  const whole = fits(source, target);
  if (whole.fits || target.type !== 'array' || target.items === undefined) return whole;
  const item = fits(source, target.items);
  return item.fits ? { ...item, asItem: true } : whole;
}

/** A source that may be wired to an input, for choosing one from a list. */
export interface FittingSource {
  readonly from: PortEnd;
  readonly typeText: string;
  readonly fit: WireFit;
}

/** Every output and blueprint input with whether it fits an input: those that fit first. */
export function sourcesFor(around: Surroundings, to: PortEnd): readonly FittingSource[] {
  const sources = nodeIds(around.document).flatMap((node) =>
    (nodeView(around.document, around.palette, node)?.outputs ?? []).map((port) => {
      const from = { node, port: port.name };
      return { from, typeText: describeType(port.schema), fit: wireFit(around, from, to) };
    }),
  );
  return [...sources.filter(({ fit }) => fit.fits), ...sources.filter(({ fit }) => !fit.fits)];
}
