/** How many queries are remembered. */
const most = 50;

/** The history with a query at its beginning; one that was run before moves there. */
export function withQuery(history: readonly string[], cypher: string): readonly string[] {
  return [cypher, ...history.filter((earlier) => earlier !== cypher)].slice(0, most);
}
