import { nodeFlags, type GraphShape } from '#engine/ports/index.ts';
import { codedAt, textAt } from '../shape/index.ts';

/** The id the cloud's own tools show. */
export function nativeIdAt({ ids, nativeTails, nativeIds }: GraphShape, position: number): string {
  const tail = nativeTails[position] ?? 0;
  return tail === 0 ? (nativeIds.get(position) ?? '') : textAt(ids, position).slice(-tail);
}

export interface NodeFlags {
  readonly isStub: boolean;
  readonly stale: boolean;
  /** Null when the kind does not say. */
  readonly public: boolean | null;
}

export function flagsAt({ flags }: GraphShape, position: number): NodeFlags {
  const bits = flags[position] ?? 0;
  return {
    isStub: (bits & nodeFlags.stub) !== 0,
    stale: (bits & nodeFlags.stale) !== 0,
    public: (bits & nodeFlags.publicKnown) === 0 ? null : (bits & nodeFlags.public) !== 0,
  };
}

export function tagsAt({ tags }: GraphShape, position: number): Record<string, string> {
  const found: Record<string, string> = {};
  for (let place = tags.starts[position] ?? 0; place < (tags.starts[position + 1] ?? 0); place += 1) {
    const pair = tags.pairs[place] ?? 0;
    found[codedAt(tags.keys, pair)] = textAt(tags.values, pair);
  }
  return found;
}
