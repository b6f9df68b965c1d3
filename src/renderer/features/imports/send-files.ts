import type { EngineClient } from '../../rpc/index.ts';

/** Divisible by three, so that the pieces' base64 needs no filling in between. */
const pieceBytes = 3 * 2 ** 19;

export interface SendProgress {
  /** The file that is being sent. */
  readonly file: string;
  readonly sent: number;
  readonly total: number;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SendProgress) => void;
}

/**
 * Sends files to the engine piece by piece and starts their import; answers with the run. Only one piece is in memory
 * at a time. When it fails or is cancelled, what was sent is thrown away.
 */
export async function sendFiles(client: EngineClient, files: readonly File[], options: SendOptions): Promise<number> {
  const { onProgress, signal } = options;
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const announced = files.map((file) => ({
    name: nameOf(file),
    bytes: file.size,
    modifiedAt: Math.round(file.lastModified),
  }));
  const { upload } = await client.imports.receive({ files: announced }, { signal });
  try {
    let sent = 0;
    for (const [index, file] of files.entries()) {
      for (let offset = 0; offset < file.size; offset += pieceBytes) {
        const piece = file.slice(offset, offset + pieceBytes);
        const data = await base64Of(piece);
        await client.imports.append({ upload, file: index, offset, data }, { signal });
        sent += piece.size;
        onProgress({ file: file.name, sent, total });
      }
    }
    return (await client.imports.startReceived({ upload }, { signal })).run;
  } catch (error) {
    // Best effort: the engine also throws away what nobody finished, when the next files come.
    await client.imports.discard({ upload }).catch(() => undefined);
    throw error;
  }
}

/** With its folders where a whole folder was chosen: they may name a workspace. */
function nameOf(file: File): string {
  return file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
}

/** Throws what the browser says when the file has changed or gone since it was chosen. */
function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const text = typeof reader.result === 'string' ? reader.result : '';
      resolve(text.slice(text.indexOf(',') + 1));
    });
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')));
    reader.readAsDataURL(piece);
  });
}
