import { z } from 'zod';
import { AppError } from '#shared/errors/index.ts';
import { linesOf } from '../offline/input/lines.ts';
import { ArchiveDigest, sealStart } from './archive-lines.ts';

const sealSchema = z.object({
  seal: z.object({ lines: z.number(), sha256: z.string() }),
  end: z.boolean().optional(),
});

/** Reads an archive to its end and checks it against the digests in it. Throws `bad-input` that says where it is damaged. */
export async function verifyArchive(pieces: AsyncIterable<Buffer>): Promise<void> {
  const digest = new ArchiveDigest();
  let good = 0;
  let last = 0;
  let ended = false;
  const start = Buffer.from(sealStart);
  for await (const { bytes, place } of linesOf(pieces)) {
    last = place.line;
    if (ended) throw damaged(`something was added to it from line ${place.line} on (byte ${place.offset})`);
    if (!bytes.subarray(0, start.length).equals(start)) {
      digest.add(bytes);
      continue;
    }
    const told = sealOf(bytes);
    const { lines, sha256 } = digest.seal();
    if (told?.seal.sha256 !== sha256 || told.seal.lines !== lines) {
      throw damaged(
        `between line ${good + 1} and line ${place.line} (up to byte ${place.offset}) it is not as it was written`,
      );
    }
    good = place.line;
    ended = told.end === true;
  }
  if (!ended) throw damaged(`it was cut off: it ends before its end, in or after line ${last}`);
}

function sealOf(bytes: Buffer): z.infer<typeof sealSchema> | null {
  try {
    return sealSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    // Told by the caller as damage, with its place.
    return null;
  }
}

function damaged(where: string): AppError {
  return new AppError('bad-input', `The archive is damaged: ${where}.`, {
    advice: 'Nothing of it was taken. Copy it again, or export the estate again.',
  });
}
