import { expect, test } from 'vitest';
import type { EngineMessage, HostMessage } from './messages.ts';
import { superviseEngine, type EngineProcess } from './supervisor.ts';

/** An engine process that the test drives: it stands for the operating system, not for the engine. */
function drivenProcess() {
  const sent: HostMessage[] = [];
  let tell: (message: EngineMessage) => void = () => undefined;
  let exit: (code: number | null) => void = () => undefined;
  const engine: EngineProcess = {
    send: (message) => void sent.push(message),
    onMessage: (listener) => void (tell = listener),
    onExit: (listener) => void (exit = listener),
    kill: () => exit(null),
  };
  return { engine, sent, tell: (message: EngineMessage) => tell(message), exit: (code: number | null) => exit(code) };
}

const ready: EngineMessage = { type: 'ready', url: 'http://127.0.0.1:1', port: 1, usedOtherPort: false };

function supervised() {
  const launched: ReturnType<typeof drivenProcess>[] = [];
  const log: string[] = [];
  const supervisor = superviseEngine({
    launch: () => {
      const next = drivenProcess();
      launched.push(next);
      return next.engine;
    },
    start: () => ({
      shell: 'browser',
      workspace: null,
      port: 0,
      exactPort: false,
      page: null,
      resources: '',
      version: '0',
    }),
    onMessage: (message) => log.push(message.type),
    onRestart: (deaths) => log.push(`restart ${deaths}`),
    onGiveUp: (code) => log.push(`give up ${code}`),
    now: () => 0,
  });
  return { supervisor, launched, log };
}

test('an engine that dies is started again with the same session key, five times in a minute at most', () => {
  const { launched, log } = supervised();
  for (let death = 1; death <= 5; death += 1) {
    launched.at(-1)?.tell(ready);
    launched.at(-1)?.exit(134);
  }
  expect(log.filter((line) => line !== 'ready')).toEqual([
    'restart 1',
    'restart 2',
    'restart 3',
    'restart 4',
    'give up 134',
  ]);
  const keys = launched.map(({ sent }) => (sent[0]?.type === 'start' ? sent[0].sessionKey : null));
  expect(new Set(keys).size).toBe(1);
});

test('an engine that never got ready is not started again: the reason would be the same', () => {
  const { launched, log } = supervised();
  launched[0]?.exit(1);
  expect(log).toEqual(['give up 1']);
});

test('stopping asks the engine to end and does not restart it', async () => {
  const { supervisor, launched, log } = supervised();
  launched[0]?.tell(ready);
  const stopped = supervisor.stop();
  expect(launched[0]?.sent.at(-1)).toEqual({ type: 'stop' });
  launched[0]?.exit(0);
  await stopped;
  expect(log).toEqual(['ready']);
});
