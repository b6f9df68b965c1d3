import type { RootGraph } from '../graph/root-graph.ts';
import { attributeOf, type Declaration } from '../source/declarations.ts';
import { declaredAddress } from './state-file.ts';

/** What a root's refactoring blocks say of its own resources and module calls. */
export interface Refactorings {
  /** By the address it had, the one it has now. */
  readonly moved: ReadonlyMap<string, string>;
  /** By the address that is to be forgotten or destroyed, the block that says so. */
  readonly removed: ReadonlyMap<string, string>;
}

function addressIn({ pieces }: Declaration, name: string): string | null {
  const [piece] = pieces;
  const attribute = piece === undefined ? undefined : attributeOf(piece.block, name);
  if (piece === undefined || attribute === undefined) return null;
  // In JSON an address stands in quotes.
  return declaredAddress(piece.file.text.slice(attribute.start, attribute.end).replaceAll(/^"|"$/g, '').trim());
}

export function refactoringsOf(graph: RootGraph): Refactorings {
  const moved = new Map<string, string>();
  const removed = new Map<string, string>();
  for (const declaration of graph.declarations.values()) {
    const from = addressIn(declaration, 'from');
    if (declaration.kind !== 'refactoring' || from === null) continue;
    const to = addressIn(declaration, 'to');
    if (declaration.type === 'moved' && to !== null && from !== to) moved.set(from, to);
    if (declaration.type === 'removed') removed.set(from, declaration.address);
  }
  return { moved, removed };
}
