import { useMemo, useSyncExternalStore } from 'react';

/** Colours of the drawing as plain values: WebGL knows no CSS variables. */
export interface GraphPalette {
  readonly scheme: string;
  readonly surface: string;
  readonly text: string;
  readonly text2: string;
  readonly managed: string;
  readonly outline: string;
  readonly group: string;
  readonly faded: string;
  readonly edge: string;
  readonly edgeStrong: string;
  readonly selected: string;
  readonly font: string;
}

/** Reads the palette of the theme in force. */
function readPalette(): Omit<GraphPalette, 'scheme'> {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    surface: read('--gp-surface'),
    text: read('--gp-text'),
    text2: read('--gp-text-2'),
    managed: read('--gp-accent'),
    outline: read('--gp-text-2'),
    group: read('--gp-surface-3'),
    faded: read('--gp-border-strong'),
    edge: read('--gp-border-strong'),
    edgeStrong: read('--gp-text-2'),
    selected: read('--gp-focus'),
    font: read('--gp-font'),
  };
}

const schemeAttribute = 'data-mantine-color-scheme';

/** The palette, read anew when the page has changed between light and dark. */
export function usePalette(): GraphPalette {
  const scheme = useSyncExternalStore(
    (listener) => {
      const observer = new MutationObserver(listener);
      observer.observe(document.documentElement, { attributes: true, attributeFilter: [schemeAttribute] });
      return () => observer.disconnect();
    },
    () => document.documentElement.getAttribute(schemeAttribute),
  );
  return useMemo(() => ({ ...readPalette(), scheme: scheme ?? 'light' }), [scheme]);
}
