import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors/index.ts';
import type { SecretSource } from '../engine/ports/index.ts';
import type { HostMessage, EngineMessage } from '../engine-host/messages.ts';

interface Parent {
  send(message: EngineMessage): void;
  onMessage(listener: (message: HostMessage) => void): void;
}

/** Secrets kept by the desktop: every request goes to Electron's main process, which asks the OS keychain. */
export function createParentSecrets(parent: Parent): SecretSource {
  const waiting = new Map<string, (message: Extract<HostMessage, { type: 'secret' }>) => void>();
  parent.onMessage((message) => {
    if (message.type !== 'secret') return;
    waiting.get(message.request)?.(message);
    waiting.delete(message.request);
  });
  const ask = (
    message: { type: 'secret-get'; name: string } | { type: 'secret-put'; name: string; value: string },
  ): Promise<string | null> =>
    new Promise((resolve, reject) => {
      const request = randomUUID();
      waiting.set(request, (answer) => {
        if (answer.error === null) resolve(answer.value);
        else
          reject(
            new AppError('no-secret-store', answer.error, {
              advice: 'Give the value through the environment instead.',
            }),
          );
      });
      parent.send({ ...message, request });
    });
  return {
    store: 'os',
    get: (name) => ask({ type: 'secret-get', name }),
    async put(name, value) {
      await ask({ type: 'secret-put', name, value });
    },
  };
}
