import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { composeNodeEngine } from '../../../src/main/compose.ts';
import type { Call } from '#engine/ports/index.ts';

const call: Call = { signal: new AbortController().signal, actor: { kind: 'person', name: 'me' } };

test('a version stands in the graph once it is published, without another mapping', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-compose-'));
  const { engine } = composeNodeEngine({ version: '0', shell: 'headless', resources: path.resolve('resources') });
  try {
    await writeFile(path.join(folder, 'groundplan.yaml'), 'groundplan: 1\nname: compose\n');
    const module = path.join(folder, 'source', 'greeting');
    await mkdir(module, { recursive: true });
    await writeFile(path.join(module, 'main.tf'), 'resource "terraform_data" "greeting" {\n  input = "hello"\n}\n');
    await engine.openWorkspace(folder);
    const { artifacts, blueprints, catalog, estate } = engine.services();
    const { imported } = await artifacts.import({ paths: [module] }, call);
    const artifact = imported[0];
    if (artifact === undefined) throw new Error('Nothing was imported.');
    const draft = await blueprints.create({ name: 'hello', boundary: artifact.boundary, summary: '' }, call);
    const nodes = { greeting: { use: `${artifact.name}@${artifact.version}` } };
    if (draft.document === null) throw new Error('The draft does not parse.');
    const document = { ...draft.document, nodes };
    await blueprints.save({ name: 'hello', document, canvas: draft.canvas, baseRevision: draft.revision }, call);
    await catalog.publish({ name: 'hello', audience: { people: 'everyone', agents: 'no' }, notes: '' }, call);
    const cypher = "MATCH (b:BlueprintVersion {name: 'hello'}) RETURN b.version AS version";
    await expect
      .poll(async () => (await estate.query({ cypher, limit: 10, timeoutMs: 5000 }, call)).rows, { timeout: 30_000 })
      .toEqual([{ version: '0.1.0' }]);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
});
