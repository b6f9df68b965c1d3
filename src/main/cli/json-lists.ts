/** Lists of a JSON object, by name, in pages as they arrive. */
export type PagedLists = Readonly<Record<string, AsyncIterable<readonly unknown[]>>>;

/**
 * One JSON object of lists as pieces of text, laid out as `JSON.stringify(value, null, 2)` does: so that an answer of
 * any length is written without ever being held. The first piece comes once the first page of the first list is there.
 */
export async function* jsonOfLists(lists: PagedLists): AsyncGenerator<string> {
  let before = '{\n';
  for (const [name, pages] of Object.entries(lists)) {
    let isEmpty = true;
    for await (const page of pages) {
      if (page.length === 0) continue;
      const rows = page.map((row) => `    ${JSON.stringify(row, null, 2).replaceAll('\n', '\n    ')}`).join(',\n');
      yield `${isEmpty ? `${before}  ${JSON.stringify(name)}: [\n` : ',\n'}${rows}`;
      isEmpty = false;
    }
    yield isEmpty ? `${before}  ${JSON.stringify(name)}: []` : '\n  ]';
    before = ',\n';
  }
  yield before === '{\n' ? '{}\n' : '\n}\n';
}
