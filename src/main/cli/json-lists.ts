/** Lists of a JSON object, by name, in pages as they arrive. */
export type PagedLists = Readonly<Record<string, AsyncIterable<readonly unknown[]>>>;

/** What stands open in a JSON text that is written piece by piece. */
export type OpenPart = 'object' | 'list' | 'nothing';

export interface JsonPiece {
  readonly text: string;
  /** What stands open once the text is written; nothing when it was the last. */
  readonly open: OpenPart;
}

/**
 * One JSON object of lists as pieces of text, laid out as `JSON.stringify(value, null, 2)` does: so that an answer of
 * any length is written without ever being held. The first piece comes once the first page of the first list is there.
 */
export async function* jsonOfLists(lists: PagedLists): AsyncGenerator<JsonPiece> {
  let before = '{\n';
  for (const [name, pages] of Object.entries(lists)) {
    let isEmpty = true;
    for await (const page of pages) {
      if (page.length === 0) continue;
      const rows = page.map((row) => indented(row, 4)).join(',\n');
      yield { text: `${isEmpty ? `${before}  ${JSON.stringify(name)}: [\n` : ',\n'}${rows}`, open: 'list' };
      isEmpty = false;
    }
    yield { text: isEmpty ? `${before}  ${JSON.stringify(name)}: []` : '\n  ]', open: 'object' };
    before = ',\n';
  }
  yield { text: before === '{\n' ? '{}\n' : '\n}\n', open: 'nothing' };
}

/**
 * Ends such a text in the middle so that it is one JSON object still: what was written stays, lists that were not begun
 * are not there, and a further field `error` says why.
 */
export function endedBy(error: object, open: Exclude<OpenPart, 'nothing'>): string {
  return `${open === 'list' ? '\n  ]' : ''},\n  "error": ${indented(error, 2).trimStart()}\n}\n`;
}

function indented(value: unknown, spaces: number): string {
  const margin = ' '.repeat(spaces);
  return `${margin}${JSON.stringify(value, null, 2).replaceAll('\n', `\n${margin}`)}`;
}
