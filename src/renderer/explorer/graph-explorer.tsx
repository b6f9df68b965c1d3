import { Crosshair, Maximize, Minus, Plus } from 'lucide-react';
import { useMemo, useState, type ReactElement, type ReactNode } from 'react';
import type { GraphView } from '#shared/model/index.ts';
import { ActionIcon, PartialNotice, SegmentedControl, Tooltip } from '../ui/index.ts';
import classes from './explorer.module.css';
import { GraphList } from './graph-list.tsx';
import { clusterLayout } from './layout/cluster-layout.ts';
import { relationshipLayout } from './layout/relationship-layout.ts';
import { usePalette } from './palette.ts';
import { projectGraph } from './projection.ts';
import { SigmaCanvas, type CameraActions } from './sigma-canvas.tsx';
import { titlesOfLayout } from './titles.ts';
import { hasWebGl } from './web-gl.ts';

export type Arrangement = 'places' | 'relationships';

export interface GraphExplorerProps {
  view: GraphView;
  nameOfScope: (id: string) => string;
  selected: string | null;
  /** A resource was chosen; groups are opened, not chosen. */
  onSelect: (id: string) => void;
  onExpand: (id: string) => void;
  arrangement: Arrangement;
  onArrangement: (arrangement: Arrangement) => void;
  /** More tools, at the end of the bar. */
  children?: ReactNode;
}

/** The estate as a picture, with its tools; as a list where the picture cannot be drawn. */
export function GraphExplorer(props: GraphExplorerProps): ReactElement {
  const [canDraw] = useState(hasWebGl);
  if (!canDraw) {
    return (
      <div className={classes.frame}>
        <PartialNotice>
          This window has no WebGL, so the graph is shown as a list. Everything is in it; only the picture is missing.
        </PartialNotice>
        <GraphList {...props} />
      </div>
    );
  }
  return <Picture {...props} />;
}

function Picture(props: GraphExplorerProps): ReactElement {
  const { view, selected, arrangement, nameOfScope } = props;
  const [camera, setCamera] = useState<CameraActions | null>(null);
  const [touched, setTouched] = useState<string | null>(null);
  const palette = usePalette();
  const { drawn, extent, titles } = useMemo(() => {
    if (arrangement === 'relationships') {
      const places = relationshipLayout(view);
      return {
        drawn: projectGraph(view, { places, palette, titled: false }),
        extent: [...places.values()],
        titles: [],
      };
    }
    const layout = clusterLayout(view.nodes);
    return {
      drawn: projectGraph(view, { places: layout.places, palette, titled: true }),
      // The names of the scopes stand above their regions and need room in the picture too.
      extent: [...layout.clusters, ...layout.blocks.map(({ x, y }) => ({ x, y: y + 3, radius: 0 }))],
      titles: titlesOfLayout(layout, nameOfScope),
    };
  }, [view, arrangement, palette, nameOfScope]);
  const groups = useMemo(() => new Set(view.nodes.filter((node) => node.group).map((node) => node.id)), [view]);
  const marked = touched !== null && groups.has(touched) ? touched : selected;

  function choose(id: string): void {
    setTouched(id);
    if (!groups.has(id)) props.onSelect(id);
  }

  return (
    <div className={classes.frame}>
      <div className={classes.toolbar} role="toolbar" aria-label="Graph">
        <SegmentedControl
          aria-label="Arrange"
          value={arrangement}
          onChange={(value) => props.onArrangement(value === 'relationships' ? 'relationships' : 'places')}
          data={[
            { value: 'places', label: 'By account and region' },
            { value: 'relationships', label: 'By relationships' },
          ]}
        />
        <Tool label="Show all" onClick={() => camera?.fit()} icon={<Maximize size={14} aria-hidden />} />
        <Tool label="Zoom in" onClick={() => camera?.zoom(1.4)} icon={<Plus size={14} aria-hidden />} />
        <Tool label="Zoom out" onClick={() => camera?.zoom(1 / 1.4)} icon={<Minus size={14} aria-hidden />} />
        <Tool
          label="Centre on what is selected"
          disabled={marked === null}
          onClick={() => marked !== null && camera?.centre(marked)}
          icon={<Crosshair size={14} aria-hidden />}
        />
        {props.children}
        <Legend />
      </div>
      <SigmaCanvas
        drawn={drawn}
        palette={palette}
        extent={extent}
        titles={titles}
        selected={marked}
        onSelect={choose}
        onOpen={(id) => (groups.has(id) ? props.onExpand(id) : props.onSelect(id))}
        onReady={setCamera}
      />
    </div>
  );
}

function Tool(props: { label: string; icon: ReactNode; disabled?: boolean; onClick: () => void }): ReactElement {
  return (
    <Tooltip label={props.label}>
      <ActionIcon variant="default" aria-label={props.label} disabled={props.disabled === true} onClick={props.onClick}>
        {props.icon}
      </ActionIcon>
    </Tooltip>
  );
}

function Legend(): ReactElement {
  return (
    <div className={classes.legend} aria-label="Legend">
      <span>
        <i className={`${classes.dot} ${classes.solid}`} /> managed
      </span>
      <span>
        <i className={classes.dot} /> not managed
      </span>
      <span>
        <i className={`${classes.dot} ${classes.pale}`} /> stale or not discovered
      </span>
      <span>
        <i className={`${classes.dot} ${classes.tinted}`} /> group: double click expands
      </span>
    </div>
  );
}
