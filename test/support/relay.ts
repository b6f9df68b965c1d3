import { createServer, request as forward } from 'node:http';

/** A relay on loopback that adds a bearer token, for test programs that cannot send one. */
export interface Relay extends AsyncDisposable {
  readonly url: string;
}

/** Relays to `target`. A Host of the relay's own becomes the target's; any other Host passes unchanged. */
export async function startRelay(target: string, token: string): Promise<Relay> {
  const to = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const address = server.address();
    const own = typeof address === 'object' && address !== null ? address.port : 0;
    const swap = (text: string | undefined) =>
      text?.replace(
        /^(http:\/\/)?(localhost|127\.0\.0\.1):(\d+)/,
        (whole, scheme: string | undefined, host: string, port: string) =>
          Number(port) === own ? `${scheme ?? ''}${host}:${to.port}` : whole,
      );
    const headers = { ...incoming.headers, authorization: `Bearer ${token}`, host: swap(incoming.headers.host) };
    if (incoming.headers.origin !== undefined) headers.origin = swap(incoming.headers.origin) ?? '';
    const passed = forward(
      { host: to.hostname, port: to.port, path: incoming.url, method: incoming.method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on('error', () => outgoing.destroy());
    outgoing.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${to.pathname}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
