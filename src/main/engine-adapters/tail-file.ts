import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as wait } from 'node:timers/promises';

interface TailOptions {
  /** Byte to begin at. */
  readonly offset: number;
  readonly write: (chunk: string) => void;
  /** When this fires, what is there is read to its end and the promise resolves. */
  readonly until: AbortSignal;
}

const intervalMs = 30;

/**
 * Hands over what is appended to a file. Reading by interval, because change notifications are lost on some file
 * systems and a child's last line must not be.
 */
export async function tailFile(file: string, options: TailOptions): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const buffer = Buffer.allocUnsafe(64 * 1024);
    let position = options.offset;
    const readAll = async (): Promise<void> => {
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        options.write(decoder.write(buffer.subarray(0, bytesRead)));
      }
    };
    while (!options.until.aborted) {
      await readAll();
      // Aborting only ends the pause; the last read follows below.
      await wait(intervalMs, undefined, { signal: options.until }).catch(() => undefined);
    }
    await readAll();
    const last = decoder.end();
    if (last !== '') options.write(last);
  } finally {
    await handle.close();
  }
}
