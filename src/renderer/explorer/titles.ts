import type { ClusterLayout } from './layout/cluster-layout.ts';

/** A name that stands in the picture, at a place in the drawing's units. */
export interface GraphTitle {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** `start`: the text begins there; `middle`: it is centred on it. */
  readonly anchor: 'start' | 'middle';
}

/** Names of scopes and regions, in the order in which they get room: scopes first, then the largest regions. */
export function titlesOfLayout(layout: ClusterLayout, nameOfScope: (id: string) => string): readonly GraphTitle[] {
  const scopes = layout.blocks.map((block): GraphTitle => ({
    id: block.scopeId,
    text: nameOfScope(block.scopeId),
    x: block.x,
    y: block.y,
    anchor: 'start',
  }));
  const regions = layout.clusters
    .toSorted((one, other) => other.resources - one.resources)
    .map((cluster): GraphTitle => ({
      id: cluster.id,
      text: `${cluster.region} · ${cluster.resources}`,
      x: cluster.x,
      y: cluster.y + cluster.radius,
      anchor: 'middle',
    }));
  return [...scopes, ...regions];
}

export interface TitleBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Which boxes can be shown without covering one that comes before them. */
export function visibleBoxes(boxes: readonly TitleBox[]): readonly boolean[] {
  const kept: TitleBox[] = [];
  return boxes.map((box) => {
    const free = kept.every(
      (other) =>
        box.left + box.width <= other.left ||
        other.left + other.width <= box.left ||
        box.top + box.height <= other.top ||
        other.top + other.height <= box.top,
    );
    if (free) kept.push(box);
    return free;
  });
}
