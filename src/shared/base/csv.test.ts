import { describe, expect, it } from 'vitest';
import { csvOfRows } from './csv.ts';

describe('rows as CSV', () => {
  it('are quoted where it is needed, nested values as JSON', () => {
    const csv = csvOfRows({
      columns: ['name', 'n', 'tags'],
      rows: [
        { name: 'a "b", c', n: 3, tags: { env: 'prod' } },
        { name: 'two\nlines', n: null, tags: [1, 2] },
        { name: 'a;b', n: 1e21, tags: true },
      ],
    });
    expect(csv).toBe(
      'name,n,tags\r\n"a ""b"", c",3,"{""env"":""prod""}"\r\n"two\nlines",,"[1,2]"\r\n"a;b",1e+21,true\r\n',
    );
  });

  it.each([
    '=HYPERLINK("http://evil")',
    '+1+cmd',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '\uFF1D1',
    '\uFF0B1',
    '\uFF0D1',
    '\uFF20x',
  ])('do not let %j run as a formula, neither as a value nor as a heading', (text) => {
    const quoted = `'${text.replaceAll('"', '""')}`;
    expect(csvOfRows({ columns: [text], rows: [] })).toContain(quoted);
    expect(csvOfRows({ columns: ['n'], rows: [{ n: text }] })).toContain(quoted);
  });

  it('leave numbers alone', () => {
    expect(csvOfRows({ columns: ['n', 'm'], rows: [{ n: -4, m: '-4.5' }] })).toBe('n,m\r\n-4,-4.5\r\n');
  });
});
