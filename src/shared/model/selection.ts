/** So many ids may stand in an address or a request; more are kept by the engine and named by one id. */
export const mostIdsByName = 50;

const pattern = /^selection:([0-9a-f]{32}):(\d+)$/;

/** The id that stands for a kept selection: its digest, and how many resources it holds. */
export function selectionId(digest: string, count: number): string {
  return `selection:${digest}:${count}`;
}

/** What a kept selection's id says; null for any other id. */
export function readSelectionId(id: string): { readonly digest: string; readonly count: number } | null {
  const [, digest, count] = pattern.exec(id) ?? [];
  return digest === undefined ? null : { digest, count: Number(count) };
}

/** How many resources some ids stand for, kept selections counted by what they hold. */
export function countIds(ids: readonly string[]): number {
  return ids.reduce((sum, id) => sum + (readSelectionId(id)?.count ?? 1), 0);
}
