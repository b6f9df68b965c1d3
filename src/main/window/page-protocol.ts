import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Protocol } from 'electron';
import { securityHeaders } from './page-headers.ts';

/** The origin of the page: a scheme of our own, so that the page is no `file:` and has a policy. */
export const pageOrigin = 'groundplan://app';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** Serves the built page under its own scheme; nothing outside the page's folder can be asked for. */
export function servePage(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle('groundplan', async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'app') return new Response('There is no such host.', { status: 404 });
    const wanted = path.normalize(decodeURIComponent(url.pathname));
    const file = path.join(folder, wanted === '/' ? 'index.html' : wanted);
    if (!file.startsWith(folder + path.sep)) return new Response('Outside the page.', { status: 403 });
    const body = await readFile(file).catch(() => null);
    if (body === null) return new Response('There is no such file.', { status: 404 });
    return new Response(new Uint8Array(body), {
      headers: { ...securityHeaders, 'content-type': mediaTypes[path.extname(file)] ?? 'application/octet-stream' },
    });
  });
}
