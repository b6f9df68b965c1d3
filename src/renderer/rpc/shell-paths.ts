import { useEffect, useRef } from 'react';

/** True in the desktop's window; the browser shell knows no paths of this machine but those the engine tells. */
export function isDesktop(page: Window): boolean {
  const { protocol } = page.location;
  return /\bElectron\//.test(page.navigator.userAgent) || !protocol.startsWith('http');
}

function originOf(page: Window): string {
  return page.location.origin === 'null' ? '*' : page.location.origin;
}

/** Asks the desktop for the system's dialog; what is chosen there comes to `usePathsOfShell`. */
export function chooseInDesktop(what: 'folders' | 'files', page: Window = window): void {
  page.postMessage(`groundplan:choose-${what}`, originOf(page));
}

function pathsIn(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'groundplan:code') return [];
  const paths: unknown = 'paths' in data ? data.paths : [];
  return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
}

/** Hears of the paths that a person chose in the system's dialog or dropped on the window. Null hears nothing. */
export function usePathsOfShell(onPaths: ((paths: readonly string[]) => void) | null): void {
  const latest = useRef(onPaths);
  useEffect(() => {
    latest.current = onPaths;
  });
  useEffect(() => {
    const stop = new AbortController();
    const listen = (event: MessageEvent<unknown>): void => {
      const paths = event.source === window ? pathsIn(event.data) : [];
      if (paths.length > 0) latest.current?.(paths);
    };
    window.addEventListener('message', listen, { signal: stop.signal });
    return () => stop.abort();
  }, []);
}
