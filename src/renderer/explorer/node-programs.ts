import { createNodeCompoundProgram, NodeCircleProgram } from 'sigma/rendering';
import type { NodeDisplayData } from 'sigma/types';

/** How much of a ring's radius is its line: a fifth of a small one, and no more than this for a large one. */
const lineShare = 0.2;
const widestLine = 0.35;

/** The inside of a ring: the library's own disc, smaller and in the fill colour. */
class InsideProgram extends NodeCircleProgram {
  override processVisibleItem(index: number, start: number, data: NodeDisplayData & { fill?: string }): void {
    super.processVisibleItem(index, start, {
      ...data,
      color: data.fill ?? data.color,
      size: data.size - Math.min(data.size * lineShare, widestLine),
    });
  }
}

/** A disc for what is managed, a ring for what is not. */
export const nodePrograms = {
  disc: NodeCircleProgram,
  ring: createNodeCompoundProgram([NodeCircleProgram, InsideProgram]),
};
