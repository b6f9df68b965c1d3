import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withValidation } from '#engine/artifacts/terraform/conditions/validation.ts';
import { parseTypeConstraint } from '#engine/artifacts/terraform/type-constraint.ts';
import type { Json } from '#shared/base/json.ts';
import { isCidr } from '#shared/expressions/index.ts';
import { requireTool, tofuEnvironment } from '#test/support/toolchain/index.ts';

// The real OpenTofu says of each value whether a condition lets it pass; the schema has to say the same.
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'groundplan-conditions-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = [
  '',
  'a',
  'ab',
  'abc',
  'A',
  'a-b',
  'a.b',
  'a b',
  'a\nb',
  '\u00a0',
  '\v',
  'ami-1',
  'xami-',
  'é',
  '_',
  ']',
  '7',
  'ſ',
];
const numbers = [-2, -1.5, 0, 0.5, 1, 2, 3, 10, 65_535, 65_536];
const lists = [[], ['a'], ['a', 'b'], ['a', 'a'], ['b', 'c', 'd'], ['']];
const maps = [{}, { a: 'x' }, { a: '', bb: 'x' }, { a: 'x', b: 'y', c: 'z' }];
const ranges = ['10.0.0.0/16', '10.0.0.0/33', '10.0.0.0', '::/0', 'fd00::/8', 'x', '10.0.0.1/24'];

const conditions: readonly (readonly [type: string, values: readonly Json[], conditions: readonly string[]])[] = [
  [
    'number',
    numbers,
    [
      'var.x > 0 && var.x < 10',
      '1 <= var.x && 65535 >= var.x',
      '!(var.x < 3)',
      'var.x == 1 || var.x == 2',
      'floor(var.x) == var.x',
      'var.x % 1 == 0',
      'contains([2, 3], var.x)',
    ],
  ],
  [
    'string',
    names,
    [
      'contains(["a", "ab"], var.x)',
      'var.x == "a" || var.x == "A"',
      'anytrue([startswith(var.x, "a."), endswith(var.x, "b")])',
      'substr(var.x, 0, 4) == "ami-"',
      'length(var.x) >= 2 && length(var.x) < 4',
      'var.x != "" && var.x != "a"',
      'var.x == "" || startswith(var.x, "A")',
      'length(regexall("_", var.x)) == 0',
      'strcontains(var.x, ".")',
      '!contains(["a", "ab"], var.x)',
      ...[
        '^[a-z]+$',
        '^.*$',
        'a.b',
        String.raw`a\\sb`,
        String.raw`^\\S$`,
        String.raw`^\\w+$`,
        String.raw`^[\\w-.]+$`,
        '^[]a]$',
        '[[:space:]]',
        String.raw`\\Aa\\z`,
        '^(?P<first>a)(?:b|c)',
        String.raw`^\\x{e9}$`,
        '^(ab?c?|A)$',
        String.raw`\\W`,
      ].flatMap((pattern) => [`can(regex("${pattern}", var.x))`, `!can(regex("${pattern}", var.x))`]),
    ],
  ],
  ['string', ranges, ['can(cidrhost(var.x, 0))', 'can(cidrnetmask(var.x))', 'can(cidrsubnet(var.x, 0, 0))']],
  [
    'list(string)',
    lists,
    [
      'length(var.x) >= 1 && length(var.x) <= 2',
      'length(distinct(var.x)) == length(var.x)',
      'length(setsubtract(var.x, ["a", "b"])) == 0',
      'alltrue([for one in var.x : one != ""])',
      '!anytrue([for one in var.x : startswith(one, "b")])',
    ],
  ],
  [
    'map(string)',
    maps,
    [
      'length(var.x) > 0',
      'alltrue([for k, v in var.x : v != ""])',
      'alltrue([for k, v in var.x : length(k) == 1])',
      'alltrue([for k in keys(var.x) : can(regex("^a", k))])',
      'alltrue([for v in values(var.x) : v == "x"])',
    ],
  ],
];

/** What OpenTofu says, condition by condition: an error refuses a value as well. */
function judgements(questions: readonly { readonly condition: string; readonly values: readonly Json[] }[]) {
  const lines = questions.map(({ condition, values }) => {
    const literal = `jsondecode(${JSON.stringify(JSON.stringify(values))})`;
    return `jsonencode([for x in ${literal} : try(${condition.replaceAll('var.x', 'x')}, false)])`;
  });
  const output = execFileSync(requireTool('tofu'), ['console'], {
    cwd: folder,
    env: tofuEnvironment(),
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
  });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(JSON.parse(line) as string) as boolean[]);
}

it('schemas made from conditions allow exactly what OpenTofu lets pass', () => {
  const questions = conditions.flatMap(([type, values, all]) => all.map((condition) => ({ type, values, condition })));
  const answers = judgements(questions);
  expect(answers).toHaveLength(questions.length);
  const different = questions.flatMap(({ type, values, condition }, index) => {
    const parsed = parseTypeConstraint(type);
    const schema = withValidation(parsed.ok ? parsed.value : {}, { variable: 'x', condition, message: 'left' });
    if (schema['x-conditions'] !== undefined) return [`${condition}: not said`];
    const ajv = new Ajv2020({ strict: false });
    ajv.addFormat('cidr', isCidr);
    const validate = ajv.compile(schema);
    return values.flatMap((value, place) =>
      validate(value) === answers[index]?.[place]
        ? []
        : [`${condition} on ${JSON.stringify(value)}: OpenTofu says ${answers[index]?.[place]}`],
    );
  });
  expect(different).toEqual([]);
});
