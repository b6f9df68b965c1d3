import type { GraphView, GraphViewNode } from '#shared/model/index.ts';
import type { Placed } from './layout/cluster-layout.ts';
import type { GraphPalette } from './palette.ts';

/** Width of a line that stands for one relationship; a resource has radius 1. */
const lineOfOne = 0.1;

/** A node as the WebGL library draws it. */
export interface DrawnNode {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** Empty where a title of the picture says the same. */
  readonly label: string;
  /** What stands in the box at the pointer. */
  readonly fullLabel: string;
  readonly color: string;
  /** Inside of the ring; equal to `color` for a solid disc. */
  readonly fill: string;
  readonly type: 'disc' | 'ring';
  readonly zIndex: number;
  readonly forceLabel: boolean;
}

/** An edge as the WebGL library draws it. */
export interface DrawnEdge {
  readonly size: number;
  readonly color: string;
  readonly label: string;
  readonly type: 'arrow';
  readonly zIndex: number;
}

export interface DrawnGraph {
  readonly nodes: readonly { readonly id: string; readonly attributes: DrawnNode }[];
  readonly edges: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly attributes: DrawnEdge;
  }[];
}

export interface ProjectionOptions {
  readonly places: ReadonlyMap<string, Placed>;
  readonly palette: GraphPalette;
  /** Titles name each scope and region and count it, so that the group of a whole region needs no label. */
  readonly titled: boolean;
}

/**
 * The graph view as nodes and edges to draw. Managed is a solid disc, unmanaged a ring, stale faded; a group is a tinted
 * ring whose size says how many it holds. Edges without both ends on the picture are left out.
 */
export function projectGraph(view: GraphView, { places, palette, titled }: ProjectionOptions): DrawnGraph {
  const drawn = new Set<string>();
  const nodes: DrawnGraph['nodes'][number][] = [];
  for (const node of view.nodes) {
    const place = places.get(node.id);
    if (place === undefined || drawn.has(node.id)) continue;
    drawn.add(node.id);
    nodes.push({ id: node.id, attributes: drawNode(node, place, { palette, titled }) });
  }
  const edges = view.edges
    .filter((edge) => edge.from !== edge.to && drawn.has(edge.from) && drawn.has(edge.to))
    .map((edge) => ({
      id: `${edge.from} ${edge.type} ${edge.to}`,
      from: edge.from,
      to: edge.to,
      attributes: {
        size: lineOfOne * (1 + Math.log10(edge.count)),
        color: palette.edge,
        label: edge.count === 1 ? edge.type : `${edge.type} × ${edge.count}`,
        type: 'arrow',
        zIndex: 0,
      } as const,
    }));
  return { nodes, edges };
}

/** A group that stands for all resources of a scope in a region. */
function isPlace(node: GraphViewNode): boolean {
  return node.group && node.id === `${node.scopeId}|${node.region}`;
}

function drawNode(
  node: GraphViewNode,
  place: Placed,
  { palette, titled }: Pick<ProjectionOptions, 'palette' | 'titled'>,
): DrawnNode {
  const solid = node.managed && !node.group;
  const line = node.stale || node.isStub ? palette.faded : node.managed ? palette.managed : palette.outline;
  const fill = solid ? line : node.group ? palette.group : palette.surface;
  return {
    x: place.x,
    y: place.y,
    size: place.radius,
    label: titled && isPlace(node) ? '' : labelOfNode(node),
    fullLabel: labelOfNode(node),
    color: line,
    fill,
    type: solid ? 'disc' : 'ring',
    zIndex: node.group ? 0 : 1,
    forceLabel: false,
  };
}

/** What stands beside a node: a group's label with its count; marks for what cannot be told by colour alone. */
function labelOfNode(node: GraphViewNode): string {
  if (node.group) return `${node.label.replace(/^(aws|azure|gcp)\./, '')} × ${node.count}`;
  if (node.isStub) return `${node.label} (not discovered)`;
  return node.stale ? `${node.label} (stale)` : node.label;
}
