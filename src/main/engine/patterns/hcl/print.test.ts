import { expect, test } from 'vitest';
import { printFile, quoted, type HclItem, type HclValue } from './print.ts';

const text = (value: string): HclValue => ({ kind: 'text', text: value });
const attribute = (name: string, value: HclValue): HclItem => ({ kind: 'attribute', name, value });

test('aligns neighbouring one-line attributes and lets a longer one end the run', () => {
  const items: HclItem[] = [
    attribute('a', text('1')),
    attribute('longer', text('2')),
    attribute('object', {
      kind: 'object',
      entries: [
        ['one', text('"x"')],
        ['three', text('"y"')],
      ],
    }),
    attribute('z', text('3')),
  ];
  expect(printFile([{ kind: 'block', type: 'locals', labels: [], items }])).toBe(`locals {
  a      = 1
  longer = 2
  object = {
    one   = "x"
    three = "y"
  }
  z = 3
}
`);
});

test('sets nested blocks apart by an empty line', () => {
  const nested: HclItem = { kind: 'block', type: 'route', labels: [], items: [attribute('x', text('1'))] };
  const items = [attribute('a', text('1')), nested, nested];
  expect(printFile([{ kind: 'block', type: 'resource', labels: ['t', 'n'], items }])).toBe(`resource "t" "n" {
  a = 1

  route {
    x = 1
  }

  route {
    x = 1
  }
}
`);
});

test('writes text so that nothing in it becomes a template', () => {
  expect(quoted('say "${hello}" %{ if }\n\\')).toBe('"say \\"$${hello}\\" %%{ if }\\n\\\\"');
});
