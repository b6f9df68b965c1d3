import { AppError } from '#shared/errors/index.ts';

/** Real exports unpack to 10 to 50 times their size; beyond this somebody packed nothing to fill a machine. */
const maximumRatio = 300;
/** So much may come out of anything. */
const freeBytes = 64 * 2 ** 20;

/** Passes on what is unpacked and ends with `bad-input` once it is far more than what went in. */
export async function* limited(
  pieces: AsyncIterable<unknown>,
  { name, packedBytes }: { readonly name: string; readonly packedBytes: () => number },
): AsyncGenerator<Buffer> {
  let unpacked = 0;
  for await (const piece of pieces) {
    const bytes = piece as Buffer;
    unpacked += bytes.length;
    if (unpacked > freeBytes && unpacked > packedBytes() * maximumRatio) {
      throw new AppError('bad-input', `${name} unpacks to more than ${maximumRatio} times its size.`, {
        advice: 'No export does that. If it is one nevertheless, unpack it and import what comes out.',
        details: { file: name },
      });
    }
    yield bytes;
  }
}
