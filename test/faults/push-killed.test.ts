import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/support/orchestrator/tool-workbench.ts';
import {
  backendOf,
  heldIn,
  rollBack,
  splitService,
  startStateServer,
  twoParts,
  writtenAndProven,
} from '#test/support/split/index.ts';

describe('an engine that is killed in the middle of a push', () => {
  it('leaves no lock behind, and what it did is taken back', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const { root, request } = await writtenAndProven(splitService(), folder.path, {
      'main.tf': twoParts.code,
      'backend.tf': backendOf(server),
    });
    const before = server.stateAt('/live');
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('./push-until-killed.ts', import.meta.url)), root, request.out ?? ''],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    expect(server.lockAt('/live')).not.toBeNull();
    expect(heldIn(server.stateAt('/live/net'))).toEqual(['terraform_data.net']);
    child.kill('SIGKILL');
    await once(child, 'exit');
    while (server.lockAt('/live') !== null) await wait(50);
    expect(server.stateAt('/live')).toEqual(before);
    const steps = await rollBack(splitService(), request);
    expect(steps.at(-1)).toMatchObject({ status: 'rolled-back', lock: { status: 'held' } });
    expect(heldIn(server.stateAt('/live/net'))).toEqual([]);
    expect(server.stateAt('/live')).toEqual(before);
    expect(server.lockAt('/live')).toBeNull();
  });
});
