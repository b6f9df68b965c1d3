import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';

const decompress = promisify(gunzip);

/** Below this size unpacking at once costs the event loop less than handing it to another thread and back. */
const smallBytes = 16 * 1024;
/** Deflate can not pack more tightly than this. */
const tightest = 1032;

/**
 * The size that a gzip member says it has when it is unpacked (RFC 1952, section 2.3.1); null when it is too short to
 * say so, or damaged, as it claims more than deflate could ever pack.
 */
function unpackedSize(packed: Buffer): number | null {
  if (packed.length < 18) return null;
  const claimed = packed.readUInt32LE(packed.length - 4);
  return claimed > packed.length * tightest ? null : claimed;
}

const leastRoom = 64;
const defaultRoom = 16 * 1024;

/** Unpacks members that follow each other. `size` is what they should come to, so that the room is made once. */
async function unpack(packed: Buffer, size: number | null): Promise<Buffer> {
  // One byte more than is needed: in a room that is filled to its end a second one of the same size is made.
  const room = { chunkSize: size === null ? defaultRoom : Math.max(leastRoom, size + 1) };
  return packed.length < smallBytes ? gunzipSync(packed, room) : decompress(packed, room);
}

/**
 * Gives the memory of bytes back that nobody needs any more, where they have it to themselves. The garbage collector
 * would be in no hurry, and takes such memory as a reason to look through everything else.
 */
function giveBack({ length, buffer }: Buffer): void {
  // Small ones share theirs with others; the room of those that were unpacked has one byte more than they need.
  if (buffer.byteLength === length + 1 && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** The text of one member. Throws when its checksum does not match. */
export async function unpackMember(packed: Buffer): Promise<string> {
  const bytes = await unpack(packed, unpackedSize(packed));
  const text = bytes.toString('utf8');
  giveBack(bytes);
  return text;
}

/** The texts of some members, each by itself; null for one that is damaged. */
async function unpackSingly(members: readonly Buffer[]): Promise<readonly (string | null)[]> {
  const texts = await Promise.allSettled(members.map(unpackMember));
  return texts.map((text) => (text.status === 'fulfilled' ? text.value : null));
}

/** About this many packed bytes are unpacked at once. */
const togetherBytes = 256 * 1024;

/**
 * The texts of many members, in their order; null for one that is damaged. They are unpacked as one row, which is a
 * gzip file as well: most are so small that making ready for each of them takes longer than unpacking it.
 */
export async function unpackMembers(members: readonly Buffer[]): Promise<readonly (string | null)[]> {
  const groups: Buffer[][] = [];
  let bytes = togetherBytes;
  for (const member of members) {
    if (bytes >= togetherBytes) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(member);
    bytes += member.length;
  }
  return (await Promise.all(groups.map(unpackTogether))).flat();
}

function joined(members: readonly Buffer[]): Buffer {
  const [only, second] = members;
  return only !== undefined && second === undefined ? only : Buffer.concat(members);
}

async function unpackTogether(members: readonly Buffer[]): Promise<readonly (string | null)[]> {
  const ends: number[] = [];
  let size = 0;
  for (const member of members) {
    const own = unpackedSize(member);
    if (own === null) return unpackSingly(members);
    size += own;
    ends.push(size);
  }
  let bytes: Buffer;
  try {
    bytes = await unpack(joined(members), size);
  } catch {
    // One is damaged: which of them is found out one by one.
    return unpackSingly(members);
  }
  // Each member was checked against its own size and checksum, but a row may end early at one that is none.
  if (bytes.length !== size) return unpackSingly(members);
  const text = bytes.toString('utf8');
  // Mostly each letter takes one byte, and making one long text is done in half the time of making many short ones.
  const isPlain = text.length === bytes.length;
  return ends.map((end, at) => {
    const start = ends[at - 1] ?? 0;
    return isPlain ? text.slice(start, end) : bytes.toString('utf8', start, end);
  });
}
