/** What the language has since JSON keeps the source of a number; the type library does not know it yet. */
interface SourceJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}

const json = JSON as unknown as SourceJson;

/**
 * Parses JSON so that `JSON.stringify` gives back every number as it was written: those that this language's numbers
 * cannot hold, or write differently (`1.0`, `12345678901234567890`), are kept as raw texts. Throws `SyntaxError`.
 */
export function parseExactJson(text: string): unknown {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source ? json.rawJSON(source) : value,
  );
}
