import { mkdir } from 'node:fs/promises';

/** Makes a folder, and those above it, that only the user can enter. */
export async function privateFolder(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
}
