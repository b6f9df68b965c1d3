import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, type ReactElement } from 'react';
import type { BlueprintDocument } from '#shared/model/index.ts';
import { CanvasProvider, CanvasView, createCanvasStore } from '../../../canvas/index.ts';
import { useEngine } from '../../../rpc/index.ts';
import { Inspector } from '../../../ui/index.ts';
import { CanvasInspector } from '../../blueprints/index.ts';

/** A published version on the canvas: to look at, not to change. */
export function PublishedCanvas(props: { document: BlueprintDocument; version: string }): ReactElement {
  const { api } = useEngine();
  const { document, version } = props;
  const palette = useQuery(api.blueprints.palette.queryOptions());
  const store = useMemo(
    () =>
      createCanvasStore({
        name: `${document.blueprint}@${version}`,
        readOnly: true,
        document,
        positions: {},
        revision: version,
        palette: [],
      }),
    [document, version],
  );
  useEffect(() => {
    if (palette.data !== undefined) store.getState().paletteRead(palette.data);
  }, [store, palette.data]);
  return (
    <CanvasProvider store={store}>
      <CanvasView />
      <Inspector>
        <CanvasInspector />
      </Inspector>
    </CanvasProvider>
  );
}
