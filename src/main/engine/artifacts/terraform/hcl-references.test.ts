import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { referencesIn, type Reference } from './hcl-references.ts';

function words(text: string): string[] {
  return referencesIn(text).map(({ start, end }) => text.slice(start, end));
}

function steps({ steps }: Reference): (string | number | null)[] {
  return steps.map((step) => (step.kind === 'name' ? step.text : step.kind === 'index' ? step.key : '*'));
}

describe('referencesIn', () => {
  it('finds traversals with the place of each step', () => {
    const text = 'aws_subnet.a[count.index].id';
    const [outer, inner] = referencesIn(text);
    expect(outer).toMatchObject({ root: 'aws_subnet', start: 0, rootEnd: 10, end: text.length });
    expect(outer?.steps).toEqual([
      { kind: 'name', text: 'a', start: 10, end: 12 },
      { kind: 'index', key: null, start: 12, end: 25 },
      { kind: 'name', text: 'id', start: 25, end: 28 },
    ]);
    expect(inner).toMatchObject({ root: 'count', start: 13, end: 24 });
  });

  it.each([
    ['module.m["x-1"].out', [['m', 'x-1', 'out']]],
    ['aws_list.a.0.id', [['a', 0, 'id']]],
    ['aws_list.a[12].id', [['a', 12, 'id']]],
    ['data.aws_s.t.*.ids', [['aws_s', 't', '*', 'ids']]],
    ['aws_s.t[*].id[0]', [['t', '*', 'id', 0]]],
    ['var.x["a${1}"]', [['x', null]]],
  ])('tells the keys of %s', (text, expected) => {
    expect(referencesIn(text).map(steps)).toEqual(expected);
  });

  it.each([
    ['functions', 'merge(local.a, provider::aws::arn_parse(b.c), upper (d.e))', ['local.a', 'b.c', 'd.e']],
    [
      'keys of objects',
      '{ aws_k = aws_q.w, (local.k) = 2, x : y.z, "s" = 1\n  t = u.v }',
      ['aws_q.w', 'local.k', 'y.z', 'u.v'],
    ],
    ['constants', '[true, false, null, 1e5, 0.5, "text"]', []],
    [
      'steps of computed values',
      '(a.b ? c.d : e.f).id + merge({}, g.h).tags[i.j].k',
      ['a.b', 'c.d', 'e.f', 'g.h', 'i.j'],
    ],
    ['comparisons beside keys', '{ a = b.c == d.e }', ['b.c', 'd.e']],
    ['comments', 'a.b # c.d\n + /* e.f */ g.h // i.j', ['a.b', 'g.h']],
  ])('passes over %s', (_what, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it.each([
    ['[for s in data.a.b : s.id if s.on]', ['data.a.b']],
    ['{ for k, v in aws_a.b : k => { id = v.id, x = local.y } ... }', ['aws_a.b', 'local.y']],
    ['[for data in data.a.b.list : data.id]', ['data.a.b.list']],
    ['[for s in (var.on ? a.b : c.d) : [for t in s.list : "${t}-${s}-${e.f}"]]', ['var.on', 'a.b', 'c.d', 'e.f']],
    ['[for s in var.on ? a.b : c.d : s]', ['var.on', 'a.b', 'c.d']],
    ['"%{ for x in var.l ~}${x.y}${local.z}%{ endfor }${x.y}"', ['var.l', 'local.z', 'x.y']],
  ])('knows what for binds in %s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('reads templates, and not what only looks like one', () => {
    expect(words('"a ${b.c}-$${d.e} \\"${f.g["}"]}\\" %{ if h.i }j.k%{ else }${l.m}%{ endif } %%{ n.o }"')).toEqual([
      'b.c',
      'f.g["}"]',
      'h.i',
      'l.m',
    ]);
    const heredoc = '<<-EOT\n  "x": "${a.b}", c.d \\"\n  EOTX ${e.f}\n  EOT\n';
    expect(words(`join("", [${heredoc}, g.h])`)).toEqual(['a.b', 'e.f', 'g.h']);
  });

  it('reads only the part it is asked for', () => {
    const text = 'x = a.b\ny = c.d\n';
    expect(referencesIn(text, 4, 7).map(({ start, end }) => [start, end])).toEqual([[4, 7]]);
  });

  it('ends on any text, and never leaves it', () => {
    const piece = fc.constantFrom(
      'a.b',
      '[',
      ']',
      '{',
      '}',
      '(',
      ')',
      '"',
      '${',
      '%{ for x in ',
      '<<E\n',
      '\n',
      ' ',
      ':',
      '=',
      '.',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        for (const { start, end } of referencesIn(text)) expect(start < end && end <= text.length).toBe(true);
      }),
    );
  });
});
