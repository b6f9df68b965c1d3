import { RPCLink } from '@orpc/client/websocket';
import type { Transport, TransportListener } from './connection.ts';

const firstPauseMs = 250;
const longestPauseMs = 5000;

/** The browser shell: a WebSocket on the page's own origin, opened again whenever it closes. */
export function webSocketTransport(url: string): Transport {
  let closed = false;
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = firstPauseMs;

  function open(listener: TransportListener): void {
    const current = new WebSocket(url);
    current.binaryType = 'arraybuffer';
    socket = current;
    let wasOpen = false;
    current.addEventListener('open', () => {
      wasOpen = true;
      pauseMs = firstPauseMs;
      listener.connected(new RPCLink({ websocket: current }));
    });
    current.addEventListener('close', () => {
      if (closed) return;
      void tellLoss(listener, wasOpen);
      timer = setTimeout(() => open(listener), pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    });
  }

  /** A browser hides the status of a refused upgrade, so the page itself is asked whether we are still let in. */
  async function tellLoss(listener: TransportListener, wasOpen: boolean): Promise<void> {
    const status = wasOpen ? null : await pageStatus();
    if (closed || socket?.readyState === WebSocket.OPEN) return;
    listener.lost(status === 401 || status === 403 ? 'refused' : 'gone');
  }

  return {
    start: open,
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}

async function pageStatus(): Promise<number | null> {
  try {
    const answer = await fetch('/', { method: 'HEAD', cache: 'no-store' });
    return answer.status;
  } catch {
    // Nobody answers at all: that is "gone", which null stands for.
    return null;
  }
}
