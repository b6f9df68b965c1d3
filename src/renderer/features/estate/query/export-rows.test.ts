import { describe, expect, it } from 'vitest';
import { csvOfRows } from './export-rows.ts';

describe('exporting a query’s rows as CSV', () => {
  it('quotes what needs it and writes nested values as JSON', () => {
    const csv = csvOfRows({
      columns: ['name', 'n', 'tags'],
      rows: [
        { name: 'a "b", c', n: 3, tags: { env: 'prod' } },
        { name: 'two\nlines', n: null, tags: [1, 2] },
      ],
    });
    expect(csv).toBe('name,n,tags\r\n"a ""b"", c",3,"{""env"":""prod""}"\r\n"two\nlines",,"[1,2]"\r\n');
  });

  it('does not let a name from the cloud run as a formula, and leaves numbers alone', () => {
    const rows = [
      { name: '=HYPERLINK("http://evil")', n: -4 },
      { name: '@x', n: -4.5 },
    ];
    expect(csvOfRows({ columns: ['name', 'n'], rows })).toBe(
      'name,n\r\n"\'=HYPERLINK(""http://evil"")",-4\r\n\'@x,-4.5\r\n',
    );
  });
});
