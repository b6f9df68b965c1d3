import { setTimeout as wait } from 'node:timers/promises';
import { toAppError } from '#shared/errors/index.ts';
import type { CloudAccess, Logger } from '../../../ports/index.ts';
import type { Invoker } from './invoke.ts';
import { isNetworkTrouble, toolFailure } from './tool-failure.ts';

const pausesMs = [1000, 4000];

export interface InitializeOptions {
  readonly invoker: Invoker;
  readonly directory: string;
  readonly access: CloudAccess;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** The backend is ours: a folder that was moved meanwhile is simply configured anew. */
  readonly localBackend: boolean;
}

/** `init`, tried up to three times, but again only where the network was the trouble. */
export async function initialize(options: InitializeOptions): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await options.invoker.attempt({
      command: 'init',
      args: ['init', '-input=false', '-no-color', ...(options.localBackend ? ['-reconfigure'] : [])],
      directory: options.directory,
      access: options.access,
      signal: options.signal,
      messages: false,
    });
    if (outcome.succeeded) return;
    const pause = pausesMs[attempt];
    if (outcome.cancelled || pause === undefined || !isNetworkTrouble(outcome)) throw toolFailure(outcome);
    options.logger.warn('terraform.init-again', { attempt: attempt + 1, pauseMs: pause });
    await wait(pause, undefined, { signal: options.signal }).catch((thrown: unknown) => {
      throw toAppError(thrown);
    });
  }
}
