import { describe, expect, it } from 'vitest';
import { pathTexts } from './path-texts.ts';

function textsOf(value: string): readonly [string, boolean][] {
  return pathTexts({ path: 'main.tf', text: `locals {\n  x = ${value}\n}\n` }).map(({ text, whole }) => [text, whole]);
}

describe('texts that may name files', () => {
  it('are found in templates within templates, without what is computed', () => {
    expect(textsOf('"a-${file("${path.module}/texts/net.txt")}"')).toEqual([
      ['texts/net.txt', true],
      ['a-', false],
    ]);
    expect(textsOf('file("${path.root}/files/${var.name}.json")')).toEqual([['files/', false]]);
    expect(textsOf('templatefile("t.tftpl", { a = "b" }) # "no"')).toEqual([
      ['t.tftpl', true],
      ['b', true],
    ]);
    expect(textsOf('<<-EOT\n  ${file("in/heredoc.txt")}\n  EOT')).toEqual([['in/heredoc.txt', true]]);
  });

  it('have their place, so that they can be replaced', () => {
    const text = 'locals {\n  x = file("${path.module}/../shared/x.txt")\n}\n';
    const [found] = pathTexts({ path: 'main.tf', text });
    expect(found?.place === null || found === undefined ? null : text.slice(found.place.start, found.place.end)).toBe(
      '../shared/x.txt',
    );
  });

  it('are found in JSON, with a place where nothing is escaped', () => {
    const text = '{"locals": {"a": "${file(\\"a.txt\\")}", "b": "${path.module}/b"}}';
    const found = pathTexts({ path: 'main.tf.json', text });
    expect(found.map(({ text: one, place }) => [one, place === null])).toEqual(
      expect.arrayContaining([
        ['a.txt', true],
        ['b', false],
      ]),
    );
  });

  it('tell where credentials and states are named, in both syntaxes', () => {
    const native = `
provider "p" { key = file("a") }
terraform {
  backend "local" { path = "b" }
}
data "terraform_remote_state" "x" { config = { path = "c" } }
resource "x" "y" {
  provisioner "file" {
    source = "no"
    connection { private_key = file("d") }
  }
}
`;
    const json = JSON.stringify({
      provider: { p: { key: '${file("a")}' } },
      terraform: { backend: { local: { path: 'b' } } },
      data: { terraform_remote_state: { x: { config: { path: 'c' } } }, x: { z: { path: 'no' } } },
      resource: {
        x: { y: { provisioner: [{ file: { source: 'no', connection: { private_key: '${file("d")}' } } }] } },
      },
    });
    for (const [path, text] of [
      ['main.tf', native],
      ['main.tf.json', json],
    ] as const) {
      const found = pathTexts({ path, text }).filter(({ text: one }) => /^([a-d]|no)$/.test(one));
      const named = found.filter(({ namesSecrets }) => namesSecrets).map(({ text: one }) => one);
      expect(named.toSorted()).toEqual(['a', 'b', 'c', 'd']);
      expect(found.length).toBeGreaterThan(named.length);
    }
  });

  it('are not where a module lies', () => {
    const text = 'module "a" {\n  source = "../a"\n  file   = "b"\n}\n';
    expect(pathTexts({ path: 'main.tf', text }).map(({ text: one }) => one)).toEqual(['b']);
  });
});
