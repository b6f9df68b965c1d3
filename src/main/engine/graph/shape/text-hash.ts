/** FNV-1a over UTF-16 units, as 32 bits with a sign: http://www.isthe.com/chongo/tech/comp/fnv/ */
export function textHash(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
