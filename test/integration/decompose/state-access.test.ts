import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/orchestrator/tool-workbench.ts';
import {
  applyRoot,
  prove,
  splitCall,
  splitRequest,
  splitService,
  startStateServer,
} from '#test/support/split/index.ts';

describe('a state that is pulled without access', () => {
  it('is told with what the tool said and the ways out; nothing is proven or kept', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const split = splitService();
    const root = await applyRoot(folder.path, {
      'main.tf': `terraform {
  backend "http" { address = "${server.url}/live" }
}
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" { input = terraform_data.net.id }
`,
    });
    const out = path.join(folder.path, 'out');
    await split.emit(splitRequest({ root, out }), splitCall);
    const before = await readdir(out, { recursive: true });
    server.deny();
    await expect(prove(split, { root, out })).rejects.toMatchObject({
      code: 'tool-failed',
      message: expect.stringMatching(/^The state of .*root cannot be pulled: .*invalid auth/s),
      advice: 'Run init in the root, sign in to where its state lies, or give the state as a file.',
    });
    expect(await readdir(out, { recursive: true })).toEqual(before);
    expect((await split.standing(splitRequest({ root, out }), splitCall)).provenAt).toBeNull();
  });
});
