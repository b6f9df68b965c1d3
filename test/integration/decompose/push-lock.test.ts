import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Processes, SplitService } from '#engine/ports/index.ts';
import type { SplitPush } from '#shared/model/index.ts';
import { realRootTool, temporaryFolder } from '#test/support/orchestrator/tool-workbench.ts';
import {
  backendOf,
  heldIn,
  push,
  rollBack,
  splitCall,
  splitService,
  startStateServer,
  tofu,
  twoParts,
  writtenAndProven,
} from '#test/support/split/index.ts';
import { startMoto } from '#test/support/toolchain/index.ts';
import { createNodeProcesses } from '../../../src/main/engine-adapters/node-processes.ts';

const keptLocally = 'terraform {\n  backend "local" {\n    path = "kept/live.tfstate"\n  }\n}\n';

type Written = Awaited<ReturnType<typeof writtenAndProven>>;

/** Pushes until the first part has its state, and does something then. */
async function inTheMiddle(
  split: SplitService,
  { request }: Written,
  middle: () => Promise<void> | void,
  signal = splitCall.signal,
): Promise<SplitPush | null> {
  let last: SplitPush | null = null;
  for await (const step of await split.push({ ...request, confirm: 'root' }, { ...splitCall, signal })) {
    last = step;
    if (step.places.map(({ status }) => status).join() === 'changed,untouched,untouched') await middle();
  }
  return last;
}

/** What the tool says when somebody else uses it in a root; the lock is not waited for. */
async function refusal(root: string, args: readonly string[]): Promise<string> {
  try {
    await tofu(root, [...args, '-input=false', '-no-color', '-lock-timeout=0s']);
    return 'not refused';
  } catch (error) {
    return String((error as { readonly stderr?: string }).stderr);
  }
}

/** The tool, with the processes it holds locks by. */
function withHolders(): { readonly split: SplitService; readonly pids: readonly number[] } {
  const processes = createNodeProcesses();
  const pids: number[] = [];
  const noting: Processes = {
    ...processes,
    run: (options) =>
      processes.run(
        options.args.some((one) => one.startsWith('-var-file='))
          ? { ...options, onStart: ({ pid }) => void pids.push(pid) }
          : options,
      ),
  };
  return { split: splitService(realRootTool({}, noting)), pids };
}

describe('the lock of the root’s state during a push', () => {
  it('keeps everybody else out until the last step, on a backend over the network', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const split = splitService();
    const files = { 'main.tf': twoParts.code, 'backend.tf': backendOf(server) };
    const written = await writtenAndProven(split, folder.path, files);
    const before = server.stateAt('/live');
    let id: string | null = null;
    const pushed = await inTheMiddle(split, written, async () => {
      id = server.lockAt('/live');
      expect(server.stateAt('/live')).toEqual(before);
      for (const command of [['plan'], ['apply', '-auto-approve']]) {
        expect(await refusal(written.root, command)).toMatch(`ID:        ${id ?? 'no lock'}`);
      }
    });
    expect(pushed).toMatchObject({ status: 'pushed', lock: { status: 'held', id } });
    expect(server.lockAt('/live')).toBeNull();
    expect(heldIn(server.stateAt('/live'))).toEqual([]);
    const back = (await rollBack(split, written.request)).at(-1);
    expect(back).toMatchObject({ status: 'rolled-back', lock: { status: 'held' } });
    expect(back?.lock?.id).not.toBe(id);
    expect(server.lockAt('/live')).toBeNull();
  });

  it.for([
    ['beside the code', null, ''],
    ['beside the code', 'live', ''],
    ['of a backend "local"', null, keptLocally],
    ['of a backend "local"', 'live', keptLocally],
  ] as const)('keeps everybody else out of a file %s, in workspace %s', async ([, workspace, backend]) => {
    await using folder = await temporaryFolder();
    const split = splitService();
    const files = { 'main.tf': twoParts.code, 'backend.tf': backend };
    const written = await writtenAndProven(split, folder.path, files, workspace);
    const pushed = await inTheMiddle(split, written, async () => {
      expect(await refusal(written.root, ['plan'])).toContain('Error acquiring the state lock');
    });
    expect(pushed).toMatchObject({ status: 'pushed', lock: { status: 'held' } });
    expect((await rollBack(split, written.request)).at(-1)?.status).toBe('rolled-back');
    expect(await tofu(written.root, ['plan', '-input=false', '-no-color'])).toContain('No changes');
  });

  it('is a lock file in a bucket, where the backend "s3" is told to use one', async () => {
    await using folder = await temporaryFolder();
    await using moto = await startMoto();
    const settings = {
      bucket: 'states',
      key: 'live.tfstate',
      region: 'us-east-1',
      use_lockfile: true,
      use_path_style: true,
      skip_credentials_validation: true,
      skip_requesting_account_id: true,
      endpoints: { s3: moto.endpoint },
    };
    await fetch(`${moto.endpoint}/states`, { method: 'PUT' });
    const objects = async (): Promise<readonly string[]> =>
      [...(await (await fetch(`${moto.endpoint}/states`)).text()).matchAll(/<Key>([^<]+)/g)].map(([, key = '']) => key);
    const split = splitService();
    const files = {
      'main.tf': twoParts.code,
      'backend.tf.json': JSON.stringify({ terraform: { backend: { s3: settings } } }),
    };
    const written = await writtenAndProven(split, folder.path, files);
    const pushed = await inTheMiddle(split, written, async () => {
      expect(await objects()).toEqual(['live.tfstate', 'live.tfstate.tflock', 'net/live.tfstate']);
      expect(await refusal(written.root, ['plan'])).toContain('Error acquiring the state lock');
    });
    expect(pushed).toMatchObject({ status: 'pushed', lock: { status: 'held' } });
    expect(await objects()).toEqual(['app/live.tfstate', 'live.tfstate', 'net/live.tfstate']);
    expect((await rollBack(split, written.request)).at(-1)).toMatchObject({ lock: { status: 'held' } });
    expect(await tofu(written.root, ['plan', '-input=false', '-no-color'])).toContain('No changes');
  });

  it('that somebody else has refuses the push and names them; nothing is changed', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const split = splitService();
    const files = { 'main.tf': twoParts.code, 'backend.tf': backendOf(server) };
    const { root, request } = await writtenAndProven(split, folder.path, files);
    const before = server.stateAt('/live');
    const unlock = server.lock('/live');
    await expect(push(split, request)).rejects.toMatchObject({
      code: 'conflict',
      message: `The state of ${root} is locked by somebody@else (apply, since 2024-05-06 07:08:09 +0000 UTC, lock other).`,
      details: { id: 'other', who: 'somebody@else', operation: 'apply' },
    });
    expect([server.stateAt('/live'), server.stateAt('/live/net')]).toEqual([before, null]);
    expect((await split.standing(request, splitCall)).push).toBeNull();
    unlock();
    expect((await push(split, request)).at(-1)?.status).toBe('pushed');
    server.lock('/live');
    await expect(rollBack(split, request)).rejects.toMatchObject({ code: 'conflict', details: { id: 'other' } });
    expect(heldIn(server.stateAt('/live'))).toEqual([]);
  });

  it('cannot be taken in a root that is not initialised; nothing is changed', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const split = splitService();
    const files = { 'main.tf': twoParts.code, 'backend.tf': backendOf(server) };
    const { root, request } = await writtenAndProven(split, folder.path, files);
    await rm(path.join(root, '.terraform'), { recursive: true });
    await expect(push(split, request)).rejects.toMatchObject({
      message: expect.stringMatching(/^The lock of the state of .* cannot be taken: Error: Backend initialization/),
      advice: 'Nothing was changed. Run init in the root and sign in to where its state lies, then try again.',
    });
    expect([server.stateAt('/live/net'), server.lockAt('/live')]).toEqual([null, null]);
  });

  it('is told to be none where the backend has no locks', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const split = splitService();
    const backend = `terraform {\n  backend "http" {\n    address = "${server.url}/live"\n  }\n}\n`;
    const { request } = await writtenAndProven(split, folder.path, { 'main.tf': twoParts.code, 'backend.tf': backend });
    expect((await push(split, request)).at(-1)).toMatchObject({ status: 'pushed', lock: { status: 'none', id: null } });
    expect((await rollBack(split, request)).at(-1)).toMatchObject({ status: 'rolled-back', lock: { status: 'none' } });
  });

  it('is handed over where nobody may write beside it', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer({ asksForLock: true });
    const split = splitService();
    const files = { 'main.tf': twoParts.code, 'backend.tf': backendOf(server) };
    const written = await writtenAndProven(split, folder.path, files);
    const pushed = await inTheMiddle(split, written, async () => {
      expect(await refusal(written.root, ['plan'])).toContain('Error acquiring the state lock');
    });
    expect(pushed).toMatchObject({ status: 'pushed', lock: { status: 'handed-over' } });
    expect(heldIn(server.stateAt('/live'))).toEqual([]);
    expect((await rollBack(split, written.request)).at(-1)).toMatchObject({
      status: 'rolled-back',
      lock: { status: 'handed-over' },
    });
  });

  it.for(['its process is killed', 'somebody releases it by force'])(
    'is missed before the root is emptied when %s',
    async (how) => {
      await using folder = await temporaryFolder();
      await using server = await startStateServer();
      const { split, pids } = withHolders();
      const files = { 'main.tf': twoParts.code, 'backend.tf': backendOf(server) };
      const written = await writtenAndProven(split, folder.path, files);
      const before = server.stateAt('/live');
      const pushing = inTheMiddle(split, written, () => {
        if (how === 'its process is killed') process.kill(pids[0] ?? 0, 'SIGKILL');
        else server.unlock('/live');
      });
      await expect(pushing).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('is not held any more'),
        advice: expect.stringContaining('Roll the push back'),
      });
      expect(server.stateAt('/live')).toEqual(before);
      // A lock whose process was killed stays with the backend, as after any kill of the tool.
      server.unlock('/live');
      expect((await rollBack(split, written.request)).at(-1)?.status).toBe('rolled-back');
      expect(server.stateAt('/live')).toEqual(before);
    },
  );

  it('is given back when the push is cancelled', async () => {
    await using folder = await temporaryFolder();
    await using server = await startStateServer();
    const split = splitService();
    const files = { 'main.tf': twoParts.code, 'backend.tf': backendOf(server) };
    const written = await writtenAndProven(split, folder.path, files);
    const cancel = new AbortController();
    await expect(inTheMiddle(split, written, () => cancel.abort(), cancel.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(server.lockAt('/live')).toBeNull();
    const { push: standing } = await split.standing(written.request, splitCall);
    expect(standing).toMatchObject({ status: 'pushing', lock: { status: 'held' } });
    expect((await rollBack(split, written.request)).at(-1)?.status).toBe('rolled-back');
  });

  it('leaves nothing beside the root but what a push of the tool does', async () => {
    await using folder = await temporaryFolder();
    const split = splitService();
    const { root, request } = await writtenAndProven(split, folder.path, { 'main.tf': twoParts.code });
    const state = path.join(root, 'terraform.tfstate');
    const before = await readFile(state, 'utf8');
    const tool = realRootTool();
    const hold = await tool.holdState({
      folder: root,
      access: tool.ownAccess(),
      workspace: null,
      isUsers: true,
      signal: splitCall.signal,
    });
    await hold.release();
    await hold.release();
    expect(await readFile(state, 'utf8')).toBe(before);
    expect((await push(split, request)).at(-1)?.status).toBe('pushed');
  });
});
