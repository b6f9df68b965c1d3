import type { Json } from '#shared/base/json.ts';
import type { Artifact, PortSchema, VersionDiff } from '#shared/model/index.ts';
import { fits } from '#shared/wiring/index.ts';

type Change = VersionDiff['changes'][number];
type Verdict = Pick<Change, 'breaking' | 'why'>;

export const harmless = (why: string): Verdict => ({ breaking: false, why });
export const breaking = (why: string): Verdict => ({ breaking: true, why });

function json(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}

/** One difference: added where there was nothing before, removed where there is nothing any more. */
export function change(path: string, values: { before?: unknown; after?: unknown }, verdict: Verdict): Change {
  const kind = values.before === undefined ? 'added' : values.after === undefined ? 'removed' : 'changed';
  return { path, change: kind, before: json(values.before), after: json(values.after), ...verdict };
}

/** Whether every value of the first type is one of the second. */
export function widens(from: PortSchema, to: PortSchema): boolean {
  const fit = fits(from, to);
  return fit.fits && fit.note === undefined;
}

/** What an artifact creates more or less of than before. */
export function compareCreated(
  path: string,
  before: Pick<Artifact, 'creates'>,
  after: Pick<Artifact, 'creates'>,
): readonly Change[] {
  const types = new Set([...Object.keys(before.creates), ...Object.keys(after.creates)]);
  return [...types].flatMap((type) => {
    const [had, has] = [before.creates[type] ?? 0, after.creates[type] ?? 0];
    if (had === has) return [];
    const verdict =
      has < had
        ? breaking(`${had - has} ${type} fewer: what they made in running environments would be destroyed.`)
        : harmless(`${has - had} ${type} more.`);
    const values = { ...(had === 0 ? {} : { before: had }), ...(has === 0 ? {} : { after: has }) };
    return [change(`${path}.${type}`, values, verdict)];
  });
}
