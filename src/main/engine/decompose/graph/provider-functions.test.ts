import { expect, it } from 'vitest';
import { scanConfiguration } from '../../artifacts/terraform/json-scan.ts';
import { readDeclarations } from '../source/declarations.ts';
import { buildRootGraph } from './root-graph.ts';
import { functionProviders } from './provider-functions.ts';

function graphOf(name: string, text: string) {
  return buildRootGraph(readDeclarations([{ path: name, text, ...scanConfiguration(name, text) }]).declarations);
}

it('tells whose functions are called, and which configuration they need', () => {
  const text = `
provider "aws" { alias = "east" }
provider "time" {}
locals {
  at   = provider::time::rfc3339_parse("x")
  name = "\${provider::aws::east::arn_parse(var.arn).account} provider::null::no(1)"
}
`;
  const graph = graphOf('main.tf', text);
  const called = ['local.at', 'local.name'].map((address) => {
    const declaration = graph.declarations.get(address);
    return declaration === undefined ? [] : functionProviders(declaration);
  });
  expect(called).toEqual([[{ name: 'time', alias: null }], [{ name: 'aws', alias: 'east' }]]);
  expect(graph.impliedProviders('local.at')).toEqual(['provider.time']);
  expect(graph.impliedProviders('local.name')).toEqual(['provider.aws.east']);
});

it('reads JSON as well', () => {
  const text = JSON.stringify({ locals: { at: '${provider::time::rfc3339_parse("x")}' } });
  const declaration = graphOf('main.tf.json', text).declarations.get('local.at');
  expect(declaration === undefined ? [] : functionProviders(declaration)).toEqual([{ name: 'time', alias: null }]);
});
