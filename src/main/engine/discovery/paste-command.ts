/** Words that a shell takes for nothing but a word, quoted, and a command for no option. */
const plainWord = /^[\w.:/@][\w.:/@+=,-]*$/;

/**
 * A command to paste with words in it, each of them quoted: pasteCommand`tool --name ${name}`. Words come from clouds
 * and files, so that there is no command, null, when one of them could do more than name something.
 */
export function pasteCommand(texts: TemplateStringsArray, ...words: readonly string[]): string | null {
  if (!words.every((word) => plainWord.test(word))) return null;
  return String.raw({ raw: texts }, ...words.map((word) => `"${word}"`));
}
