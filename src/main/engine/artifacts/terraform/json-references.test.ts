import { describe, expect, it } from 'vitest';
import { referencesInJson } from './json-references.ts';

function found(text: string, strings: 'template' | 'address'): readonly string[] {
  return referencesInJson(text, { start: 0, end: text.length }, strings).map(({ start, end }) =>
    text.slice(start, end),
  );
}

describe('references in a JSON value', () => {
  it('stand in templates, with their place in the text as it is written', () => {
    expect(found('"${aws_subnet.a[\\"x\\"].id}-\\u0041-${local.b}"', 'template')).toEqual([
      'aws_subnet.a[\\"x\\"].id',
      'local.b',
    ]);
    expect(
      found('{ "aws_x.y": ["plain.text", "$${no.reference}", "%{ if var.a }${b.c}%{ endif }"] }', 'template'),
    ).toEqual(['var.a', 'b.c']);
  });

  it('are addresses where the language wants one', () => {
    expect(found('["aws_x.y", "module.z[0]", "${aws_a.b}"]', 'address')).toEqual(['aws_x.y', 'module.z[0]', 'aws_a.b']);
  });
});
