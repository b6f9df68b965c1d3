import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A state backend of the tool's `http` type on loopback, with locks. */
export interface StateServer extends AsyncDisposable {
  readonly url: string;
  /** What is kept under a path such as `/root`; null for nothing. */
  stateAt(path: string): Record<string, unknown> | null;
  /** Id of the lock of a path; null for none. */
  lockAt(path: string): string | null;
  /** Locks a path as somebody else would, until the returned function is called. */
  lock(path: string): () => void;
  /** Releases whatever lock a path has, as `force-unlock` does. */
  unlock(path: string): void;
  /** Answers nobody any more, as to one who is not signed in. */
  deny(): void;
}

export interface StateServerOptions {
  /** While a path is locked, only who names the lock's id may write there. */
  readonly asksForLock?: boolean;
}

function idOf(lock: string): string {
  return (JSON.parse(lock) as { readonly ID: string }).ID;
}

export async function startStateServer({ asksForLock = false }: StateServerOptions = {}): Promise<StateServer> {
  const states = new Map<string, string>();
  const locks = new Map<string, string>();
  let isDenied = false;
  const server = createServer((request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://state');
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const answer = (status: number, text = ''): void => void response.writeHead(status).end(text);
      if (isDenied) return answer(403);
      const held = locks.get(path);
      switch (request.method) {
        case 'GET':
          return answer(states.has(path) ? 200 : 404, states.get(path));
        case 'POST':
          if (asksForLock && held !== undefined && searchParams.get('ID') !== idOf(held)) return answer(409);
          states.set(path, body);
          return answer(200);
        case 'LOCK':
          if (held !== undefined) return answer(423, held);
          locks.set(path, body);
          return answer(200);
        case 'UNLOCK':
          if (held === undefined || idOf(held) !== idOf(body)) return answer(409);
          locks.delete(path);
          return answer(200);
        default:
          return answer(405);
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stateAt: (path) => {
      const text = states.get(path);
      return text === undefined ? null : (JSON.parse(text) as Record<string, unknown>);
    },
    lockAt(path) {
      const held = locks.get(path);
      return held === undefined ? null : idOf(held);
    },
    lock(path) {
      const Created = '2024-05-06T07:08:09Z';
      locks.set(path, JSON.stringify({ ID: 'other', Operation: 'OperationTypeApply', Who: 'somebody@else', Created }));
      return () => locks.delete(path);
    },
    unlock: (path) => void locks.delete(path),
    deny() {
      isDenied = true;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
