import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBench, person, single, temporaryFolder } from '#test/support/orchestrator/index.ts';

const simple = single('resource "terraform_data" "one" {\n  input = 1\n}\n');

describe('a journal that is damaged', () => {
  it('is told, shows its last good state, and lets nothing be deployed', async () => {
    await using folder = await temporaryFolder();
    {
      await using bench = await createBench({ root: folder.path, blueprints: [simple] });
      await bench.deploy('single');
    }
    await writeFile(path.join(folder.path, '.groundplan', 'journal.sqlite'), 'no journal '.repeat(2000));
    await using bench = await createBench({ root: folder.path, blueprints: [simple] });
    expect(bench.notices).toMatchObject([{ id: 'journal-damaged', severity: 'error' }]);
    const [deployment] = await bench.orchestrator.deployments.list({ waiting: false }, person);
    expect(deployment).toMatchObject({ state: 'SUCCEEDED', environment: 'test' });
    const review = await bench.orchestrator.deployments.review({ id: deployment?.id ?? '' }, person);
    expect(review.approvable).toBe(false);
    expect(review.blockers[0]).toContain('damaged');
    await expect(bench.propose('single')).rejects.toMatchObject({ code: 'journal-damaged' });
    expect(bench.orchestrator.overlay().managed).toHaveLength(1);
  });
});
