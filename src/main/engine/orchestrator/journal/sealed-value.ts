import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';

const ivLength = 12;
const tagLength = 16;

/** Encrypts a value (AES-256-GCM): initialisation vector, tag, cipher text. `place` binds it to where it is kept. */
export function seal(value: Json, key: Buffer, place: string): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(place));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

/** Opens what `seal` made. Throws `journal-damaged` when key, place or bytes are not the same. */
export function unseal(sealed: Uint8Array, key: Buffer, place: string): Json {
  try {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
    const text = Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as Json;
  } catch (thrown) {
    throw new AppError('journal-damaged', `The secret output ${place} cannot be opened with this desktop's key.`, {
      advice: 'Put back .groundplan/keys, or deploy the step again to read its outputs anew.',
      cause: thrown,
    });
  }
}
