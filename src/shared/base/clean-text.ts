// Controls except tab and line feed, format characters (bidirectional, zero-width, tags), line separators, and whatever
// Unicode says is drawn as nothing: all that can make a text read differently from what it is.
const misleading = /(?![\t\n])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu;

/** A cloud's text without characters that a person would not see as they are, or that a terminal would obey. */
export function cleanText(text: string): string {
  return text.replaceAll(misleading, '');
}
