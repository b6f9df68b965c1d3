import { linksOf } from '#shared/blueprint/index.ts';
import type { BlueprintDocument } from '#shared/model/index.ts';
import { inputsNodeId, outputsNodeId, type PortEnd } from '../document/canvas-model.ts';
import { soleReference } from '../document/value-references.ts';
import { valueIn } from '../document/wire-commands.ts';

/** A wire of the canvas: a reference from an input to what it reads. `after` orders two nodes without a value. */
export interface Wire {
  readonly id: string;
  readonly kind: 'value' | 'after';
  readonly from: PortEnd;
  readonly to: PortEnd;
  /** True when the value is this reference alone, false inside a text, a call or a list. */
  readonly whole: boolean;
}

/** The port an `after` line ends at. */
const orderPort = '@order';

// Every port asks for the wires while one is drawn.
const wireCache = new WeakMap<BlueprintDocument, readonly Wire[]>();

/** Every wire of a document in the order of the file. References to things that do not exist are wires too. */
export function wiresOf(document: BlueprintDocument): readonly Wire[] {
  const known = wireCache.get(document);
  if (known !== undefined) return known;
  const wires = new Map<string, Wire>();
  for (const link of linksOf(document)) {
    // A target is chosen at deployment; there is nothing on the canvas to draw a wire from.
    if (link.from.root === 'target') continue;
    const from = { node: link.from.node ?? inputsNodeId, port: link.from.port };
    const to = { node: link.to.node ?? outputsNodeId, port: link.to.port };
    const id = `${from.node}.${from.port}>${to.node}.${to.port}`;
    const value = valueIn(document, to);
    wires.set(id, { id, kind: 'value', from, to, whole: soleReference(value) !== null });
  }
  for (const [node, { after }] of Object.entries(document.nodes)) {
    for (const other of after ?? []) {
      const from = { node: other, port: orderPort };
      const to = { node, port: orderPort };
      wires.set(`${other}>${node}`, { id: `${other}>${node}`, kind: 'after', from, to, whole: true });
    }
  }
  const found = [...wires.values()];
  wireCache.set(document, found);
  return found;
}

/** The nodes in a row that would form a circle if `to` read from `from`, or null. */
export function circleThrough(document: BlueprintDocument, from: string, to: string): readonly string[] | null {
  const reads = new Map<string, Set<string>>();
  for (const wire of wiresOf(document)) {
    const sources = reads.get(wire.to.node) ?? new Set<string>();
    reads.set(wire.to.node, sources.add(wire.from.node));
  }
  // A path from `from` up its sources to `to` closes the circle.
  const cameFrom = new Map<string, string>();
  const queue = [from];
  const seen = new Set(queue);
  for (let current = queue.shift(); current !== undefined; current = queue.shift()) {
    if (current === to) {
      const path = [to];
      for (let step = cameFrom.get(to); step !== undefined; step = cameFrom.get(step)) path.push(step);
      return [...path, to];
    }
    for (const source of reads.get(current) ?? []) {
      if (seen.has(source)) continue;
      seen.add(source);
      cameFrom.set(source, current);
      queue.push(source);
    }
  }
  return null;
}
