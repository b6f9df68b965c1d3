import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GcpConverter } from '#engine/discovery/providers/gcp/index.ts';
import { relationshipFactSchema, resourceFactSchema } from '#shared/model/index.ts';

const corpus = path.resolve(process.env['GROUNDPLAN_CORPUS'] ?? '../shared/corpus');
const folder = path.join(corpus, 'gcp-assets');

async function assets(): Promise<readonly unknown[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const read = async (file: string): Promise<unknown[]> =>
    JSON.parse(await readFile(path.join(folder, file), 'utf8')) as unknown[];
  return (await Promise.all(files.map(read))).flat();
}

describe.skipIf(!existsSync(folder))('real Google bodies (GROUNDPLAN_CORPUS)', () => {
  it('all become resources and policies, with the kinds and references that the report counts', async () => {
    const all = await assets();
    const converter = new GcpConverter();
    for (const asset of all) converter.learn(asset);
    const facts = [...all.flatMap((asset) => converter.convert(asset)), ...converter.join()];
    const resources = facts.flatMap((one) => one.resources);
    const edges = facts.flatMap((one) => one.relationships);
    for (const fact of resources) resourceFactSchema.parse(fact);
    for (const fact of edges) relationshipFactSchema.parse(fact);
    const known = new Set(resources.map(({ id }) => id));
    const report = {
      records: all.length,
      resources: resources.filter(({ kind }) => kind !== 'gcp.iam.policy').length,
      policies: resources.filter(({ kind }) => kind === 'gcp.iam.policy').length,
      kinds: new Set(resources.map(({ kind }) => kind)).size,
      edges: edges.length,
      resolved: edges.filter(({ from, to }) => known.has(from) && known.has(to)).length,
      problems: facts.flatMap(({ problems }) => problems).length,
    };
    console.info('gcp-assets corpus:', report);
    // 85 bodies, 12 policies; two assets hold an organisation policy alone, which is named and not read.
    expect(report).toMatchObject({ records: 93, resources: 85, policies: 12, problems: 2 });
    expect(report.edges).toBeGreaterThan(60);
  });

  it('keep no secret', async () => {
    const converter = new GcpConverter();
    const text = JSON.stringify((await assets()).map((asset) => converter.convert(asset)));
    expect(text).not.toMatch(/"(?:root)?password":"(?!\(removed\)|")/iu);
  });
});
