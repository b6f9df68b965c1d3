import { removed } from './secret-fields.ts';

/** A setting whose name ends in what it is, such as `--db_password=abc`; what is quoted goes up to its closing quote. */
const assigned =
  /((?:password|passwd|pwd|secret|token|(?:access|account|api|private|secret)[-_]?key)[ \t]*=[ \t]*)((?:\\*"[^"]*"?|'[^']*'?|[^;&\s"']+))/giu;

/** Words that name a secret wherever they stand; `secret` alone is as often the name of one, as in Kubernetes. */
const names =
  'password|passwd|passphrase|pwd|token|(?:app|client|consumer|hmac|jwt|shared|signing|webhook)[-_ ]?secret|(?:access|account|api|auth|encryption|private|secret)[-_ ]?key';

/** What is quoted, up to its closing quote, or one word. */
const value = String.raw`(\\*"[^"\n]+"?|'[^'\n]+'?|[^\s"',;&<>\\]+)`;

/**
 * `password: abc`, as in YAML, JSON, headers and notes. Only a blank or a quote makes the colon one of a setting:
 * `secret:db-1` is part of an ARN. The name is looked back at from its end, so that each text is read once.
 */
const listed = new RegExp(
  String.raw`((?:${names})(?<=(?:^|[\s"'{,;([\\])[\w.-]{0,64})(?:\\*"|')?[ \t]*:(?:[ \t]+|(?=\\*"|')))${value}`,
  'giu',
);

/** `--password abc`. */
const given = new RegExp(
  String.raw`((?:${names})(?<=(?:^|[\s"'[,(])--?[A-Za-z][\w-]{0,64})(?:(?:\\*"|')[ \t]*,[ \t]*|[ \t]+))${value}`,
  'giu',
);

/** An option by itself, as in a list of arguments; its value is the next one. */
const option = new RegExp(String.raw`^--?(?=[A-Za-z])[\w-]{0,64}(?:${names})$`, 'iu');

/** What people and tools write where a value would stand. */
const ordinaryWords = new Set(
  `a accepted after an and any are argument as at auto boolean by can cannot could default denied disabled does empty
  enabled error expired failed file flag for found from generated given has hidden if in incorrect instead into invalid
  is issued it known leave managed may mismatch missing must needed needs no none not null number of off on one only
  option optional options or parameter parameters prompt read redacted refused rejected required rotated secret see
  sensitive set should stored string text that the their this through to token true type undefined unknown unset use
  used using valid value via was when which will with without wrong yes you your false password`.split(/\s+/),
);

/** A reference to where the value comes from, something that opens a structure, or a word of a tool for no value. */
const standsForAnother = /^(?:\$|\{|\[|<|\(|!|%|\*+$|&\w|[|>][+-]?\d?$|@|arn:|var\.|local\.|data\.|-|~$|\.{3})/i;

function bare(text: string): string {
  return text.replaceAll(/^[\\"']+|[\\"',.:;)\]}]+$/g, '');
}

/** Whether the text where a value stands is none. */
export function isNoValue(text: string): boolean {
  const word = bare(text);
  return word === '' || standsForAnother.test(word) || ordinaryWords.has(word.toLowerCase());
}

/** In the middle of a sentence only what does not look like a word, a number, a date or a measure is a value. */
function looksMade(word: string): boolean {
  return (/[a-z][A-Z]|[A-Za-z].*\d|\d.*[A-Za-z]/.test(word) && word.length >= 6) || /[!#$%^&*+=@~]/.test(word);
}

/** `follows` is what stands behind the value, at least up to the end of its line. */
function endsThere(follows: string): boolean {
  return /^[ \t]*(?:$|\\?[nr]|[\n\r,;}\])"'&]|#|\/\/)/.test(follows);
}

/** What opens a quoted value: the quote, with the signs that stand before it in a quoted text. */
const opening = /^\\*["']/;

/** The place of a value, with what belongs to the text around it. */
function emptied(found: string): string {
  const quote = opening.exec(found)?.[0];
  if (quote === undefined) return removed + (/[)\]}]+$/.exec(found)?.[0] ?? '');
  return quote + removed + (found.length > quote.length && found.endsWith(quote.slice(-1)) ? quote : '');
}

/** A sign or a tool's word for a value that is not shown, and switches that only sound like a secret. */
const shown = /^(?:\((?:sensitive|known)\b|(?:true|false|null|\*{3},?)$)/;

/** The same for what follows a colon, where sentences have words of their own. */
function withoutListed(text: string): string {
  let clean = '';
  let done = 0;
  for (const { 0: all, 1: name = '', 2: found = '', index } of text.matchAll(listed)) {
    if (isNoValue(found)) continue;
    const end = index + all.length;
    if (!opening.test(found) && !endsThere(text.slice(end, end + 16)) && !looksMade(bare(found))) continue;
    clean += text.slice(done, index) + name + emptied(found);
    done = end;
  }
  return clean + text.slice(done);
}

const mayName = /pass|pwd|token|secret|key/i;

/** A text without values of settings, fields and options that are called passwords, tokens, keys and the like. */
export function withoutSecretSettings(text: string): string {
  if (!mayName.test(text)) return text;
  let clean = text;
  if (clean.includes('=')) {
    clean = clean.replace(assigned, (all, name: string, found: string) => (shown.test(found) ? all : name + removed));
  }
  if (clean.includes(':')) clean = withoutListed(clean);
  if (!clean.includes('-')) return clean;
  return clean.replace(given, (all, name: string, found: string) => (isNoValue(found) ? all : name + emptied(found)));
}

/** True for the value of an option that names a secret, where a command's arguments are a list: `--password`, `abc`. */
export function isSecretArgument(value: unknown, before: unknown): boolean {
  return typeof before === 'string' && typeof value === 'string' && option.test(before) && !isNoValue(value);
}
