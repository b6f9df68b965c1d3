import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertAzureRow, GatewayRoutes } from '#engine/discovery/providers/azure/index.ts';
import { jsonSchema, type Json } from '#shared/base/json.ts';
import { resourceFactSchema } from '#shared/model/index.ts';

const corpus = path.resolve(process.env['GROUNDPLAN_CORPUS'] ?? '../shared/corpus');
const folder = path.join(corpus, 'azure-arm');

async function bodies(): Promise<readonly { readonly file: string; readonly body: Json }[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const read = async (file: string) => {
    const list = jsonSchema.parse(JSON.parse(await readFile(path.join(folder, file), 'utf8')));
    return (Array.isArray(list) ? list : []).map((body) => ({ file, body }));
  };
  return (await Promise.all(files.map(read))).flat();
}

describe.skipIf(!existsSync(folder))('real Azure bodies (GROUNDPLAN_CORPUS)', () => {
  it('all become resources of their kind, with the kinds and references that the report counts', async () => {
    const all = await bodies();
    const converted = all.map(({ file, body }) => ({ file, ...convertAzureRow(body) }));
    expect(converted.flatMap(({ problem, unread }) => [...(problem === null ? [] : [problem]), ...unread])).toEqual([]);
    for (const { file, resources } of converted) {
      for (const fact of resources) resourceFactSchema.parse(fact);
      // A file is named after its type; one of them also holds parts of it.
      const type = file
        .replace(/^microsoft\.|\.json$/gu, '')
        .replace('resources.resourcegroups', 'resources.subscriptions.resourcegroups');
      expect(resources[0]?.kind).toMatch(new RegExp(`^azure\\.${type.replaceAll('.', '\\.')}`));
    }
    const unknown = converted.filter(({ cell }) => cell?.kind === 'azure.other');
    const edges = converted.flatMap(({ relationships }) => relationships);
    const known = new Set(converted.flatMap(({ resources }) => resources.map(({ id }) => id)));
    const report = {
      records: converted.length,
      resources: known.size,
      kinds: new Set(converted.flatMap(({ resources }) => resources.map(({ kind }) => kind))).size,
      withoutConverter: unknown.length,
      modelled: edges.filter(({ type }) => type !== 'REFERENCES').length,
      references: edges.filter(({ type }) => type === 'REFERENCES').length,
      resolved: edges.filter(({ from, to }) => known.has(from) && known.has(to)).length,
    };
    console.info('azure-arm corpus:', report);
    expect(report).toMatchObject({ records: 58, withoutConverter: 1 });
    expect(report.modelled).toBeGreaterThan(report.references);
    expect(report.resolved).toBeGreaterThanOrEqual(30);
  });

  it('lead a route to the gateway of the network whose subnet uses the table', async () => {
    const group = '/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.Network';
    const routes = new GatewayRoutes();
    for (const { body } of await bodies()) routes.take(convertAzureRow(body));
    expect(routes.join()).toEqual([]);
    // No body of the corpus uses its table: this one does.
    const subnet = { name: 'app', properties: { routeTable: { id: `${group}/routeTables/testrt` } } };
    routes.take(convertAzureRow({ id: `${group}/virtualNetworks/vnet1`, properties: { subnets: [subnet] } }));
    const edges = routes.join().flatMap(({ relationships }) => relationships);
    expect(edges.map(({ type, from, to }) => [type, from, to])).toEqual([
      ['ROUTES_TO', `${group}/routeTables/testrt`.toLowerCase(), `${group}/virtualNetworkGateways/vpngw`.toLowerCase()],
    ]);
    expect(edges[0]?.properties).toMatchObject({ destination: '10.0.3.0/24', hop: 'VirtualNetworkGateway' });
  });

  it('keep no secret: keys, passwords and signatures are replaced by a word', async () => {
    const text = JSON.stringify((await bodies()).map(({ body }) => convertAzureRow(body)));
    expect(text).not.toContain('Abc123');
    expect(text).not.toMatch(/[?&]sig=[^(]/u);
  });
});
