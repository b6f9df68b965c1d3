import { RPCLink } from '@orpc/client/message-port';
import type { Transport, TransportListener } from './connection.ts';

/**
 * Electron: the preload script hands over a port with each engine that is started. The page says `groundplan:ready`
 * first, so that no port is lost by coming before the page listens.
 */
export function messagePortTransport(page: Window): Transport {
  let port: MessagePort | null = null;
  let stop: () => void = () => undefined;

  return {
    start(listener: TransportListener) {
      const onMessage = (event: MessageEvent<unknown>) => {
        const next = event.ports[0];
        if (event.source !== page || next === undefined || nameOf(event.data) !== 'groundplan:port') return;
        port?.close();
        port = next;
        next.addEventListener('close', () => {
          if (port === next) listener.lost('gone');
        });
        next.start();
        listener.connected(new RPCLink({ port: next }));
      };
      page.addEventListener('message', onMessage);
      stop = () => page.removeEventListener('message', onMessage);
      page.postMessage('groundplan:ready', page.location.origin === 'null' ? '*' : page.location.origin);
    },
    close() {
      stop();
      port?.close();
    },
  };
}

function nameOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'type' in data ? data.type : data;
}
