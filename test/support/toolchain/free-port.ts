import { createServer } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on now. Another program may take it before the caller does: try again then. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The operating system gave no port.');
  return address.port;
}
