import { describe, expect, it } from 'vitest';
import { scanHcl } from '../../artifacts/terraform/hcl-scan.ts';
import { scanJson } from '../../artifacts/terraform/json-scan.ts';
import { buildRootGraph } from '../graph/root-graph.ts';
import { readDeclarations } from './declarations.ts';
import type { SourceFile } from './root-source.ts';
import { sensitiveValues } from './sensitive-values.ts';

const text = `
variable "password" { sensitive = true }
variable "name" {}
locals {
  login  = { name = var.name, password = var.password }
  secret = sensitive("x")
  plain  = nonsensitive(var.password)
  joined = "\${local.login.name}-\${nonsensitive(local.secret)}"
}
resource "x" "a" {
  marked = local.login.password
  named  = local.login.name
  whole  = local.login
  plain  = local.plain
  joined = local.joined
  fixed  = sensitive(var.name)
}
resource "x" "b" {
  over   = x.a.marked
  schema = 1
}
`;

const graph = buildRootGraph(readDeclarations([{ path: 'main.tf', text, ...scanHcl(text) }]).declarations);
const values = sensitiveValues({ graph, modules: new Map() }, (_, type, name) => `${type}.${name}` === 'x.schema');

describe('sensitive values', () => {
  it('are followed through locals and attributes, and end with nonsensitive', () => {
    const reasons = ['marked', 'named', 'whole', 'plain', 'joined', 'fixed', 'other'].map((name) => [
      name,
      values.reason('x.a', name),
    ]);
    expect(Object.fromEntries(reasons)).toEqual({
      marked: 'var.password is sensitive',
      named: null,
      whole: 'var.password is sensitive',
      plain: null,
      joined: null,
      fixed: 'sensitive(…)',
      other: null,
    });
  });

  it('are not ended, nor marked, by brackets and names in texts', () => {
    const native = `
variable "password" { sensitive = true }
resource "x" "c" {
  bracket = [nonsensitive(replace(var.password, "(", "")), var.password]
  quoted  = "nonsensitive( \${var.password} )"
  comment = 1 /* sensitive(1) */
  text    = "sensitive(1)"
  cleared = "\${core::nonsensitive(replace(var.password, ")", ""))}"
}
`;
    const json = JSON.stringify({
      variable: { password: { sensitive: true } },
      locals: { login: { name: 'x', password: '${sensitive("x")}' } },
      resource: {
        x: {
          d: {
            bracket: '${[nonsensitive(replace(var.password, "(", "")), var.password]}',
            cleared: '${nonsensitive(replace(var.password, ")", ""))}',
            name: '${local.login.name}',
            marked: '${local.login.password}',
          },
        },
      },
    });
    const reasonsOf = (file: SourceFile, address: string, names: readonly string[]): readonly boolean[] => {
      const graph = buildRootGraph(readDeclarations([file]).declarations);
      const found = sensitiveValues({ graph, modules: new Map() }, () => false);
      return names.map((name) => found.reason(address, name) !== null);
    };
    const ofNative = { path: 'main.tf', text: native, ...scanHcl(native) };
    expect(reasonsOf(ofNative, 'x.c', ['bracket', 'quoted', 'comment', 'text', 'cleared'])).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    const ofJson = { path: 'main.tf.json', text: json, ...scanJson(json) };
    expect(reasonsOf(ofJson, 'x.d', ['bracket', 'cleared', 'name', 'marked'])).toEqual([true, false, false, true]);
  });

  it('are followed from resource to resource, and taken from schemas', () => {
    expect(values.reason('x.b', 'over')).toBe('var.password is sensitive');
    expect(values.reason('x.b', 'schema')).toBe('x.schema is sensitive');
    expect(values.reason('x.b', null)).toBe('var.password is sensitive');
  });
});
