import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SafeStorage } from 'electron';

/** Secrets in the OS keychain's protection. Every failure is a sentence for the user; values never appear in it. */
export interface DesktopSecrets {
  get(name: string): Promise<string | null>;
  put(name: string, value: string): Promise<void>;
}

/**
 * Keeps each value encrypted by the OS in one file of the user's data folder (mode 0600). Refuses where the OS has no
 * real store: on Linux without a keyring the library would fall back to a fixed key, which protects nothing.
 */
export function createDesktopSecrets(
  safeStorage: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
  >,
  folder: string,
  platform: NodeJS.Platform = process.platform,
): DesktopSecrets {
  const file = path.join(folder, 'secrets.json');

  function assertStore(): void {
    const weak = platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
    if (!safeStorage.isEncryptionAvailable() || weak) {
      throw new Error('This system has no keyring that Groundplan could keep secrets in.');
    }
  }

  async function load(): Promise<Record<string, string>> {
    const text = await readFile(file, 'utf8').catch(() => '{}');
    return JSON.parse(text) as Record<string, string>;
  }

  return {
    async get(name) {
      assertStore();
      const kept = (await load())[name];
      return kept === undefined ? null : safeStorage.decryptString(Buffer.from(kept, 'base64'));
    },
    async put(name, value) {
      assertStore();
      const values = { ...(await load()), [name]: safeStorage.encryptString(value).toString('base64') };
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const temporary = `${file}.${process.pid}.tmp`;
      await writeFile(temporary, JSON.stringify(values), { mode: 0o600 });
      await rename(temporary, file);
    },
  };
}
