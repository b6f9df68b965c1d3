/** How files begin that people pack exports into and that are not unpacked here. Source: each format's own description. */
const marks: readonly { readonly is: string; readonly at: number; readonly bytes: readonly number[] }[] = [
  { is: 'a tar archive', at: 257, bytes: [...Buffer.from('ustar')] },
  { is: 'a 7z archive', at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { is: 'a RAR archive', at: 0, bytes: [...Buffer.from('Rar!'), 0x1a, 0x07] },
  { is: 'packed with xz', at: 0, bytes: [0xfd, ...Buffer.from('7zXZ'), 0x00] },
  { is: 'packed with zstd', at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { is: 'packed with bzip2', at: 0, bytes: [...Buffer.from('BZh')] },
  // Of what was unpacked already: a file of these by itself is read.
  { is: 'a zip archive inside of another archive', at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
  { is: 'gzipped more than once', at: 0, bytes: [0x1f, 0x8b] },
];

/** What a text is instead of one, as in "It is …", by its first bytes; null for a text. */
export function otherPackingOf(head: Uint8Array): string | null {
  return marks.find(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte))?.is ?? null;
}
