import { toAppError } from '#shared/errors/index.ts';
import type { ImportedFile, ImportProblem, ScopeFact } from '#shared/model/index.ts';
import type { FactCollector, TextCounts } from './fact-collector.ts';
import type { InputText } from './input/input-file.ts';
import { recordsOf, type TextEnd } from './input/records.ts';
import { isOfPackedData } from './input/magic.ts';
import { headOf, type TextHead } from './input/text-head.ts';
import type { TextPlace, TextProblem } from './input/text-place.ts';
import { type OfflineFormat, type TextReader, UnusableRecord } from './offline-format.ts';
import { recognise, type Recognised } from './recognise.ts';

/** So many broken records are named for a file; all are counted. */
const problemsNamed = 200;
/** Between two breaths for everything else the engine does. */
const busyMilliseconds = 12;

export interface ReadTextOptions {
  readonly formats: readonly OfflineFormat[];
  readonly collector: FactCollector;
  /** The scopes that earlier runs saw. */
  readonly known: readonly ScopeFact[];
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
  /** Told as records come; the numbers are of this text. */
  readonly onRecords: (counts: { readonly records: number; readonly broken: number }) => void;
}

interface Tally {
  records: number;
  broken: number;
  readonly problems: ImportProblem[];
}

/**
 * Reads one text: finds out what it is, takes its records one by one, names those that are broken. What goes wrong
 * with the text itself is told in the answer; only a cancelled import and a failing disk throw.
 */
export async function readText(text: InputText, options: ReadTextOptions): Promise<ImportedFile> {
  const { formats, collector, known, signal } = options;
  let head: TextHead;
  let recognised: Recognised;
  try {
    head = await headOf(text, signal);
    recognised = recognise(head, formats);
    await recognised.format.verify?.(text.read({ signal, onBytes: () => undefined }));
  } catch (error) {
    signal.throwIfAborted();
    return refused(text.name, whyOf(error));
  }
  const { format, layout } = recognised;
  const tally: Tally = { records: 0, broken: 0, problems: [] };
  const collected = collector.text();
  const { facts, counts } = collected;
  const reader = format.open({ name: text.name, path: text.path, modifiedAt: text.modifiedAt, head, known, facts });
  const end = await takeAll(text, { ...options, layout, reader, tally });
  const closing = reader.end(end);
  const capturedAt = closing.capturedAt ?? text.modifiedAt;
  // A loss of any kind, and the text no longer holds everything.
  const whole = end.damage === null && tally.broken === 0;
  collected.close({ ...closing, capturedAt, isComplete: (cell) => whole && closing.isComplete(cell) });
  return {
    name: text.name,
    format: format.id,
    status: whole ? 'read' : 'partly',
    error: end.damage === null ? null : placed(end.damage),
    ...tally,
    ...countsOf(counts),
    capturedAt: closing.capturedAt,
  };
}

async function takeAll(
  text: InputText,
  options: ReadTextOptions & Pick<Recognised, 'layout'> & { readonly reader: TextReader; readonly tally: Tally },
): Promise<TextEnd> {
  const { collector, layout, onBytes, onRecords, reader, signal, tally } = options;
  const records = recordsOf(text.read({ signal, onBytes }), layout);
  let breath = performance.now();
  try {
    for (;;) {
      const next = await records.next();
      if (next.done === true) return next.value;
      for (const cut of next.value) {
        tally.records += 1;
        if (cut.kind === 'broken') addProblem(tally, cut.why, cut.place);
        else takeOne(reader, cut, tally);
        if (cut.kind === 'record') await collector.relieve(cut.bytes);
        if (performance.now() - breath < busyMilliseconds) continue;
        await new Promise(setImmediate);
        signal.throwIfAborted();
        breath = performance.now();
      }
      onRecords(tally);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!isOfTheFile(error)) throw error;
    // What was read stays; where it ended is told. Damage of packed data has no line.
    return { envelope: new Map(), damage: { why: whyOf(error), place: { line: 0, offset: 0 } } };
  } finally {
    await records.return({ envelope: new Map(), damage: null });
  }
}

function takeOne(
  reader: TextReader,
  {
    value,
    path,
    place,
  }: { readonly value: Parameters<TextReader['take']>[0]; readonly path: string; readonly place: TextPlace },
  tally: Tally,
): void {
  try {
    reader.take(value, path);
  } catch (error) {
    if (!(error instanceof UnusableRecord)) throw error;
    addProblem(tally, error.message, place);
  }
}

function addProblem(tally: Tally, why: string, { line, offset }: TextPlace): void {
  tally.broken += 1;
  if (tally.problems.length < problemsNamed) tally.problems.push({ line, offset, why });
}

/** True for damage of packed data and for archives that cannot be trusted; a failing disk is the run's concern. */
function isOfTheFile(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  if (code === 'bad-input' || isOfPackedData(error)) return true;
  return typeof code === 'string' && /^(?:ERR_ENCODING|EIO|ENOENT|EACCES)/.test(code);
}

function whyOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (isOfPackedData(error)) {
    return code === 'Z_BUF_ERROR'
      ? 'The packed data was cut off: it ends before its end.'
      : 'The packed data is damaged; what comes after cannot be unpacked.';
  }
  const { message, advice } = toAppError(error);
  return advice === null ? message : `${message} ${advice}`;
}

function placed({ why, place }: TextProblem): string {
  if (place.line === 0) return why;
  return `${why} (line ${place.line}, byte ${place.offset}).`;
}

function countsOf({
  resources,
  relationships,
  kinds,
  passedOver,
  notes,
}: TextCounts): Pick<ImportedFile, 'resources' | 'relationships' | 'kinds' | 'passedOver' | 'notes'> {
  return {
    resources,
    relationships,
    kinds: [...kinds]
      .map(([kind, number]) => ({ kind, resources: number }))
      .toSorted((a, b) => b.resources - a.resources),
    passedOver: [...passedOver].map(([why, records]) => ({ why, records })),
    notes: [...notes],
  };
}

/** A file or member of which nothing was taken. */
export function refused(name: string, error: string): ImportedFile {
  return {
    name,
    format: null,
    status: 'refused',
    error,
    records: 0,
    broken: 0,
    passedOver: [],
    problems: [],
    resources: 0,
    relationships: 0,
    kinds: [],
    capturedAt: null,
    notes: [],
  };
}
