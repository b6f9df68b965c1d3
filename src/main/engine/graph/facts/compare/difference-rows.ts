import type { RunChange } from '#shared/model/index.ts';
import { parseHead, type HeadLine } from '../lines.ts';
import type { Pause } from './compare-place.ts';
import type { Found } from './read-attributes.ts';

type Row = Found['row'];

const texts = ['id', 'cloud', 'kind', 'name', 'nativeId', 'scopeId', 'region'] as const;
type Start = Pick<HeadLine, (typeof texts)[number]>;

/** Lines parsed at once. */
const batch = 256;

/** What is shown of the resources that some lines tell of, in their order. Throws as `parseHead` does. */
export async function differenceRows(
  change: RunChange,
  sightings: readonly { readonly line: string }[],
  pause: Pause,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let begin = 0; begin < sightings.length; begin += batch) {
    await pause();
    for (const head of startsOf(sightings.slice(begin, begin + batch).map(({ line }) => line))) {
      rows.push(rowOf(change, head, rows.at(-1)));
    }
  }
  return rows;
}

/** The field that follows those which are shown. */
const following = ',"zone":';

/**
 * Reads the fields that are shown. They come first where discovery wrote the lines, and to read no further takes a
 * third of the time; lines that begin in another way are read whole.
 */
function startsOf(lines: readonly string[]): readonly Start[] {
  const starts: string[] = [];
  for (const line of lines) {
    const end = line.indexOf(following);
    if (end < 0) return lines.map(parseHead);
    starts.push(line.slice(0, end));
  }
  return parseStarts(`[${starts.join('},')}}]`) ?? lines.map(parseHead);
}

/** Null when what was cut out of lines is not what it was taken for: the field that follows may be one of a tag. */
function parseStarts(text: string): readonly Start[] | null {
  try {
    const starts = JSON.parse(text) as readonly unknown[];
    return starts.every(isStart) ? starts : null;
  } catch {
    return null;
  }
}

function isStart(value: unknown): value is Start {
  if (typeof value !== 'object' || value === null) return false;
  const start: Partial<Record<keyof Start, unknown>> = value;
  return texts.every((name) => typeof start[name] === 'string');
}

function rowOf(change: RunChange, start: Start, last: Row | undefined): Row {
  return {
    change,
    id: start.id,
    cloud: shared(start.cloud, last?.cloud),
    kind: shared(start.kind, last?.kind),
    name: start.name,
    nativeId: start.nativeId,
    scopeId: shared(start.scopeId, last?.scopeId),
    region: shared(start.region, last?.region),
  };
}

/** Of two equal texts the one that is kept already: there may be a million rows in a hundred places. */
function shared<Text extends string>(own: Text, kept: Text | undefined): Text {
  return own === kept ? kept : own;
}
