import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { staticBlocks } from './static-blocks.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'groundplan-blocks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

describe('what sources may create', () => {
  it('is bounded where the sources or known values say so, and unknown elsewhere', async () => {
    write(
      'main.tf',
      `
resource "a" "plain" {}
resource "a" "three" { count = 3 }
resource "a" "choice" { count = var.later == "" ? 0 : 2 }
resource "a" "known" { count = var.size }
resource "a" "later" { count = var.later }
resource "a" "length" { count = length(var.names) }
resource "a" "names" { for_each = toset(var.names) }
resource "a" "literal" { for_each = toset(["x", "y"]) }
resource "a" "map" { for_each = { x = 1, y = 2, z = 3 } }
resource "a" "computed" { for_each = { for n in var.names : n => upper(n) } }
data "b" "read" {}
module "inside" {
  source = "./inside"
  count  = 2
}
`,
    );
    write('extra.tf.json', JSON.stringify({ resource: { c: { json: { count: 4 } } } }));
    write('inside/main.tf', 'resource "d" "one" {}\nresource "d" "many" { count = var.n }\n');
    write(
      '.terraform/modules/modules.json',
      JSON.stringify({
        Modules: [
          { Key: '', Dir: '.' },
          { Key: 'inside', Source: './inside', Dir: 'inside' },
        ],
      }),
    );
    const blocks = await staticBlocks(folder, { size: 5, names: ['p', 'q'] });
    expect(Object.fromEntries(blocks.map((block) => [block.address, block.max]))).toEqual({
      'a.plain': 1,
      'a.three': 3,
      'a.choice': 2,
      'a.known': 5,
      'a.later': null,
      'a.length': 2,
      'a.names': 2,
      'a.literal': 2,
      'a.map': 3,
      'a.computed': null,
      'c.json': 4,
      'module.inside.d.one': 2,
      'module.inside.d.many': null,
    });
  });

  it('is not guessed for a module that is not there', async () => {
    write('main.tf', 'module "gone" {\n  source = "somewhere/else"\n}\n');
    await expect(staticBlocks(folder, {})).rejects.toMatchObject({ code: 'plan-failed' });
  });
});
