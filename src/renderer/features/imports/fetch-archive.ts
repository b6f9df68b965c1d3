import type { Redaction } from '#shared/model/index.ts';
import type { EngineClient } from '../../rpc/index.ts';

export interface FetchedArchive {
  readonly parts: readonly Blob[];
  readonly bytes: number;
  readonly resources: number;
  readonly relationships: number;
}

/** Has the engine make an archive and fetches it piece by piece; the pieces are the browser's to keep, not the page's. */
export async function fetchArchive(
  client: EngineClient,
  { redact, asOf }: { readonly redact: readonly Redaction[]; readonly asOf: number | null },
): Promise<FetchedArchive> {
  const made = await client.archives.prepare({ redact: [...redact], asOf });
  const { archive, bytes, relationships, resources } = made;
  try {
    const parts: Blob[] = [];
    let offset = 0;
    for (let last = false; !last;) {
      const piece = await client.archives.piece({ archive, offset });
      parts.push(new Blob([bytesOf(piece.data)]));
      offset = piece.next;
      last = piece.last;
    }
    return { parts, bytes, resources, relationships };
  } finally {
    await client.archives.discard({ archive });
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
