import { idOfLine } from '../lines.ts';

/** How many lines a page may have gained or lost in one place before its lines are taken one against one again. */
const lookAhead = 16;

/**
 * Finds the ids whose lines are not the same on two pages. Listings mostly come in the same order, so going through
 * both at once leaves few; an id named although nothing of it differs costs a second look and nothing else.
 */
export function addDifferingIds(before: readonly string[], after: readonly string[], ids: Set<string>): void {
  let left = 0;
  let right = 0;
  while (left < before.length && right < after.length) {
    if (before[left] === after[right]) {
      left += 1;
      right += 1;
      continue;
    }
    const [idLeft, idRight] = [idAt(before, left), idAt(after, right)];
    const [leftOn, rightOn] = idLeft === idRight ? [-1, -1] : [find(before, idRight, left), find(after, idLeft, right)];
    if (leftOn >= 0 && (rightOn < 0 || leftOn - left <= rightOn - right)) {
      addIds(before.slice(left, leftOn), ids);
      left = leftOn;
    } else if (rightOn >= 0) {
      addIds(after.slice(right, rightOn), ids);
      right = rightOn;
    } else {
      addIds([before[left] ?? '', after[right] ?? ''], ids);
      left += 1;
      right += 1;
    }
  }
  addIds(before.slice(left), ids);
  addIds(after.slice(right), ids);
}

/** Adds the ids that lines begin with. */
export function addIds(lines: readonly string[], ids: Set<string>): void {
  for (const line of lines) {
    const id = idOfLine(line);
    if (id !== null) ids.add(id);
  }
}

function idAt(lines: readonly string[], at: number): string | null {
  return idOfLine(lines[at] ?? '');
}

/** Where the id comes within the next few lines; -1 when it does not. */
function find(lines: readonly string[], id: string | null, after: number): number {
  const end = Math.min(lines.length, after + 1 + lookAhead);
  for (let at = after + 1; at < end; at += 1) if (idAt(lines, at) === id) return at;
  return -1;
}
