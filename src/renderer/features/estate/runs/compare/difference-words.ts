import type { Json } from '#shared/base/json.ts';
import type { RunChange } from '#shared/model/index.ts';

const actions = { added: 'create', removed: 'delete', changed: 'update' } as const;

/** The sign under which a change is shown everywhere. */
export function actionOfChange(change: RunChange): (typeof actions)[RunChange] {
  return actions[change];
}

/** A value in one line, cut where it is long. */
export function shortValue(value: Json): string {
  if (value === null) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** A value as it stands in a cell: text as it is, everything else as JSON; a dash for nothing. */
export function wholeValue(value: Json): string {
  if (value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
