import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The keys of one workspace on this desktop; they never leave `.groundplan/keys`. */
export interface DesktopKeys {
  /** Seals secret outputs (AES-256). */
  readonly outputs: Buffer;
  /** Signs approvals (Ed25519). */
  readonly approvals: KeyObject;
}

/** Reads the keys, or makes them at first use: files of mode 0600 in a folder of mode 0700. */
export function desktopKeys(folder: string): DesktopKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const outputs = readOrMake(path.join(folder, 'outputs.key'), () => randomBytes(32));
  const pem = readOrMake(path.join(folder, 'approvals.pem'), () =>
    Buffer.from(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })),
  );
  return { outputs, approvals: createPrivateKey(pem) };
}

function readOrMake(file: string, make: () => Buffer): Buffer {
  try {
    return readFileSync(file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  }
  const made = make();
  // `wx`: of two programs that make one at the same time, the second reads what the first wrote.
  try {
    writeFileSync(file, made, { mode: 0o600, flag: 'wx', flush: true });
    return made;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    return readFileSync(file);
  }
}
