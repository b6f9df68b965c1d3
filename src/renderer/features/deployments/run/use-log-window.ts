import { useState, type RefObject } from 'react';

/** Height of a line in pixels; the style sheet fixes it, so that a million lines need no measuring. */
const lineHeight = 18;
const spare = 40;

/** Which lines of a long log are drawn, where they begin, and the height of all of them, in pixels. */
export function useLogWindow(box: RefObject<HTMLDivElement | null>, count: number) {
  const [top, setTop] = useState(0);
  const visible = Math.ceil((box.current?.clientHeight ?? 600) / lineHeight);
  const first = Math.max(0, Math.min(count, Math.floor(top / lineHeight)) - spare);
  const last = Math.min(count, first + visible + 2 * spare);
  return {
    first,
    last,
    before: first * lineHeight,
    height: count * lineHeight,
    onScroll: () => setTop(box.current?.scrollTop ?? 0),
  };
}
