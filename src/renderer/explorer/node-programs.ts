import { createNodeCompoundProgram, NodeCircleProgram } from 'sigma/rendering';
import type { NodeDisplayData } from 'sigma/types';

/** How much of a ring is its inside. */
const inside = 0.8;

/** The inside of a ring: the library's own disc, smaller and in the fill colour. */
class InsideProgram extends NodeCircleProgram {
  override processVisibleItem(index: number, start: number, data: NodeDisplayData & { fill?: string }): void {
    super.processVisibleItem(index, start, { ...data, color: data.fill ?? data.color, size: data.size * inside });
  }
}

/** A disc for what is managed, a ring for what is not. */
export const nodePrograms = {
  disc: NodeCircleProgram,
  ring: createNodeCompoundProgram([NodeCircleProgram, InsideProgram]),
};
