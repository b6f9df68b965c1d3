import { MultiDirectedGraph } from 'graphology';
import { useEffect, useEffectEvent, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { Sigma } from 'sigma';
import { createEdgeArrowProgram } from 'sigma/rendering';
import { hoverDrawing, labelDrawing } from './draw-labels.ts';
import classes from './explorer.module.css';
import type { Placed } from './layout/cluster-layout.ts';
import { nodePrograms } from './node-programs.ts';
import type { GraphPalette } from './palette.ts';
import type { DrawnGraph } from './projection.ts';
import { visibleBoxes, type GraphTitle } from './titles.ts';

export interface SigmaCanvasProps {
  drawn: DrawnGraph;
  palette: GraphPalette;
  /** Discs that the whole picture covers, so that expanding a group does not rescale it. */
  extent: readonly Placed[];
  titles: readonly GraphTitle[];
  selected: string | null;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
  /** Called with the ways to move the picture, once it is there. */
  onReady: (camera: CameraActions) => void;
}

export interface CameraActions {
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
  readonly centre: (id: string) => void;
}

const panStep = 0.08;

/** The WebGL picture. Selecting highlights and never moves; only the user moves the camera. */
export function SigmaCanvas(props: SigmaCanvasProps): ReactElement {
  const container = useRef<HTMLDivElement>(null);
  const titleLayer = useRef<HTMLDivElement>(null);
  const drawing = useRef<Sigma | null>(null);
  const selected = useRef(props.selected);
  const { drawn, palette, extent, titles } = props;

  const select = useEffectEvent((id: string) => props.onSelect(id));
  const open = useEffectEvent((id: string) => props.onOpen(id));
  const ready = useEffectEvent((camera: CameraActions) => props.onReady(camera));

  useEffect(() => {
    const element = container.current;
    if (element === null) return undefined;
    const sigma = createDrawing(element, palette, () => selected.current);
    drawing.current = sigma;
    sigma.on('clickNode', ({ node }) => select(node));
    sigma.on('doubleClickNode', (event) => {
      event.preventSigmaDefault();
      open(event.node);
    });
    ready(cameraActions(sigma));
    return () => {
      drawing.current = null;
      sigma.kill();
    };
  }, [palette]);

  useEffect(() => {
    const sigma = drawing.current;
    if (sigma === null) return undefined;
    sigma.setCustomBBox(extentOf(extent));
    sigma.setGraph(graphOf(drawn));
    const place = () => placeTitles(sigma, titleLayer.current, titles);
    place();
    sigma.on('afterRender', place);
    return () => {
      sigma.off('afterRender', place);
    };
  }, [drawn, extent, titles]);

  useEffect(() => {
    selected.current = props.selected;
    drawing.current?.refresh({ skipIndexation: true });
  }, [props.selected]);

  function onKeyDown(event: KeyboardEvent): void {
    const camera = drawing.current?.getCamera();
    if (camera === undefined) return;
    const { x, y, ratio } = camera.getState();
    const step = panStep * ratio;
    if (event.key === 'ArrowLeft') camera.setState({ x: x - step });
    else if (event.key === 'ArrowRight') camera.setState({ x: x + step });
    else if (event.key === 'ArrowUp') camera.setState({ y: y + step });
    else if (event.key === 'ArrowDown') camera.setState({ y: y - step });
    else if (event.key === '+' || event.key === '=') camera.setState({ ratio: ratio / 1.3 });
    else if (event.key === '-') camera.setState({ ratio: ratio * 1.3 });
    else if (event.key === '0') camera.setState({ x: 0.5, y: 0.5, ratio: 1 });
    else return;
    event.preventDefault();
  }

  return (
    <div
      className={classes.canvas}
      role="application"
      tabIndex={0}
      aria-label="Graph of the estate. Arrow keys move the picture, plus and minus zoom, zero shows all. The List view has the same content."
      onKeyDown={onKeyDown}
    >
      <div ref={container} className={classes.layer} />
      <div ref={titleLayer} className={classes.titles} aria-hidden>
        {titles.map((title) => (
          <div key={title.id} className={classes.title} data-anchor={title.anchor}>
            {title.text}
          </div>
        ))}
      </div>
    </div>
  );
}

function createDrawing(element: HTMLElement, palette: GraphPalette, selected: () => string | null): Sigma {
  const sigma = new Sigma(new MultiDirectedGraph(), element, {
    allowInvalidContainer: true,
    autoRescale: true,
    itemSizesReference: 'positions',
    zoomToSizeRatioFunction: (ratio) => ratio,
    defaultDrawNodeLabel: labelDrawing(palette),
    defaultDrawNodeHover: hoverDrawing(palette),
    edgeLabelColor: { color: palette.text2 },
    edgeLabelFont: palette.font,
    edgeLabelSize: 11,
    edgeProgramClasses: { arrow: createEdgeArrowProgram({ lengthToThicknessRatio: 6, widenessToThicknessRatio: 4 }) },
    nodeProgramClasses: nodePrograms,
    labelDensity: 0.8,
    labelGridCellSize: 150,
    labelRenderedSizeThreshold: 7,
    minEdgeThickness: 1.1,
    maxCameraRatio: 3,
    minCameraRatio: 0.01,
    renderEdgeLabels: true,
    stagePadding: 28,
    zIndex: true,
    nodeReducer: (id, data) =>
      id === selected() ? { ...data, color: palette.selected, zIndex: 3, forceLabel: true } : data,
    edgeReducer: (id, data) => {
      const chosen = selected();
      if (chosen === null || !sigma.getGraph().hasExtremity(id, chosen)) return { ...data, label: '' };
      return { ...data, color: palette.edgeStrong, size: data.size * 1.6, zIndex: 2, forceLabel: true };
    },
  });
  return sigma;
}

function graphOf(drawn: DrawnGraph): MultiDirectedGraph {
  const graph = new MultiDirectedGraph();
  for (const { id, attributes } of drawn.nodes) graph.addNode(id, { ...attributes });
  for (const { id, from, to, attributes } of drawn.edges) {
    if (!graph.hasEdge(id)) graph.addEdgeWithKey(id, from, to, { ...attributes });
  }
  return graph;
}

/** The extent of the whole picture; null lets the nodes decide. */
function extentOf(discs: readonly Placed[]): { x: [number, number]; y: [number, number] } | null {
  if (discs.length === 0) return null;
  const ends = (pick: (disc: Placed) => number): [number, number] => [
    Math.min(...discs.map((disc) => pick(disc) - disc.radius)),
    Math.max(...discs.map((disc) => pick(disc) + disc.radius)),
  ];
  return { x: ends((disc) => disc.x), y: ends((disc) => disc.y) };
}

/** Puts each title where its place is now; those that would cover another are hidden until there is room. */
function placeTitles(sigma: Sigma, layer: HTMLElement | null, titles: readonly GraphTitle[]): void {
  const elements = [...(layer?.children ?? [])].filter((child) => child instanceof HTMLElement);
  const boxes = elements.map((element, index) => {
    const { x, y, anchor } = titles[index] ?? { x: 0, y: 0, anchor: 'start' };
    const at = sigma.graphToViewport({ x, y });
    const { offsetWidth: width, offsetHeight: height } = element;
    return { left: anchor === 'start' ? at.x : at.x - width / 2, top: at.y - height - 2, width, height };
  });
  const visible = visibleBoxes(boxes);
  for (const [index, element] of elements.entries()) {
    const { left, top } = boxes[index] ?? { left: 0, top: 0 };
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    element.style.visibility = visible[index] === true ? 'visible' : 'hidden';
  }
}

function cameraActions(sigma: Sigma): CameraActions {
  const camera = sigma.getCamera();
  return {
    fit: () => camera.setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }),
    zoom: (factor) => camera.setState({ ratio: camera.getState().ratio / factor }),
    centre: (id) => {
      const place = sigma.getNodeDisplayData(id);
      if (place !== undefined)
        camera.setState({ x: place.x, y: place.y, ratio: Math.min(camera.getState().ratio, 0.4) });
    },
  };
}
