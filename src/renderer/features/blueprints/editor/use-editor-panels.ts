import { useCanvas, useCanvasStore } from '../../../canvas/index.ts';
import { useMediaQuery, useRemembered } from '../../../ui/index.ts';

/** Which panels stand beside the canvas, and how to change that. */
export interface EditorPanels {
  readonly palette: boolean;
  readonly inspector: boolean;
  readonly togglePalette: () => void;
  readonly toggleInspector: () => void;
}

/** A small or strongly enlarged window belongs to the canvas until somebody asks for the rest. */
export function useEditorPanels(): EditorPanels {
  const store = useCanvasStore();
  // Known at once: the canvas fits itself into the space it is first drawn in.
  const narrow = useMediaQuery('(max-width: 1000px)', false, { getInitialValueInEffect: false });
  const [palette, setPalette] = useRemembered<boolean | null>('blueprint.palette', null);
  const [inspector, setInspector] = useRemembered<boolean | null>('blueprint.inspector', null);
  const asked = useCanvas((state) => state.focus !== null);
  const withPalette = palette ?? !narrow;
  const withInspector = (inspector ?? !narrow) || asked;
  return {
    palette: withPalette,
    inspector: withInspector,
    togglePalette: () => setPalette(!withPalette),
    toggleInspector: () => {
      setInspector(!withInspector);
      store.getState().fieldLeft();
    },
  };
}
