import type { IpcMain, MessageChannelMain } from 'electron';
import type { Supervisor } from '../engine-host/index.ts';
import { isPage } from './guards.ts';

interface ConnectOptions {
  readonly ipcMain: Pick<IpcMain, 'on'>;
  readonly createChannel: () => MessageChannelMain;
  readonly supervisor: Pick<Supervisor, 'send'>;
  /** Tells whether an id is that of our window's contents. */
  readonly isOurs: (contentsId: number) => boolean;
  readonly onRefused: (url: string) => void;
}

/**
 * Hands a page one port to the engine when it asks. The sender is checked: our window, its top frame, our origin.
 * Returns a function that hands a new port to the page that asked last, for a restarted engine.
 */
export function connectPages(options: ConnectOptions): () => void {
  let last: (() => void) | null = null;
  options.ipcMain.on('groundplan:connect', (event) => {
    const frame = event.senderFrame;
    const url = frame?.url ?? '';
    if (frame === null || frame.parent !== null || !isPage(url) || !options.isOurs(event.sender.id)) {
      options.onRefused(url);
      return;
    }
    const { sender } = event;
    last = () => {
      if (sender.isDestroyed()) return;
      const { port1, port2 } = options.createChannel();
      options.supervisor.send({ type: 'connect' }, [port1]);
      sender.postMessage('groundplan:port', null, [port2]);
    };
    last();
  });
  return () => last?.();
}
