import { hash } from 'node:crypto';

const blockBytes = 64;
const digestBytes = 32;

/**
 * SHA-256, with a key HMAC, in the shape the SDK takes. A signature takes seven of them, six with a key, and Node
 * needs ten times as long to set one with a key up as to compute it: so it is made of two hashes here (RFC 2104).
 */
export class Sha256 {
  readonly #key: Uint8Array | null;
  #parts: Uint8Array[] = [];

  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.#key = key === undefined ? null : bytesOf(key);
  }

  update(part: string | ArrayBuffer | ArrayBufferView): void {
    this.#parts.push(bytesOf(part));
  }

  digest(): Promise<Uint8Array> {
    const [only, ...more] = this.#parts;
    const text = only !== undefined && more.length === 0 ? only : Buffer.concat(this.#parts);
    return Promise.resolve(this.#key === null ? hash('sha256', text, 'buffer') : hmac(this.#key, text));
  }

  reset(): void {
    this.#parts = [];
  }
}

function hmac(key: Uint8Array, text: Uint8Array): Uint8Array {
  const short = key.length > blockBytes ? hash('sha256', key, 'buffer') : key;
  const inner = Buffer.alloc(blockBytes + text.length, 0x36);
  const outer = Buffer.alloc(blockBytes + digestBytes, 0x5c);
  for (const [at, byte] of short.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  inner.set(text, blockBytes);
  outer.set(hash('sha256', inner, 'buffer'), blockBytes);
  return hash('sha256', outer, 'buffer');
}

function bytesOf(value: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}
