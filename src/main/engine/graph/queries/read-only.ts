import { AppError } from '#shared/errors/index.ts';
import { describePlace, tokenize, type Token } from './tokens.ts';

/**
 * Words that change data or tables, reach files or other databases, or change the connection. The graph file is
 * opened read-only as well, but the database lets a read-only connection write and read files (`COPY … TO`,
 * `EXPORT`, `LOAD FROM`, `ATTACH`), so the words are what protects the machine.
 */
const refusedWords = new Set([
  'ALTER',
  'ATTACH',
  'BEGIN',
  'CHECKPOINT',
  'COMMENT',
  'COMMIT',
  'COPY',
  'CREATE',
  'DELETE',
  'DETACH',
  'DROP',
  'EXPORT',
  'FORCE',
  'IMPORT',
  'INSTALL',
  'LOAD',
  'MERGE',
  'REMOVE',
  'ROLLBACK',
  'SET',
  'UNINSTALL',
  'UPDATE',
  'USE',
]);

/** Table functions that only tell about the graph. */
const harmlessCalls = new Set(['SHOW_TABLES', 'TABLE_INFO', 'SHOW_CONNECTION', 'SHOW_FUNCTIONS', 'DB_VERSION']);

/**
 * Functions that build a value as large as a number says. Measured: `range(1, 20000000)` takes ten gigabytes outside
 * the database's own limit and ignores the timeout.
 */
const growingCalls = new Set(['RANGE', 'REPEAT', 'LPAD', 'RPAD']);
const largestGrowth = 100_000;

function refusal(statement: string, token: Token, what: string): AppError {
  const { line, column } = describePlace(statement, token);
  return new AppError('query-not-read-only', `${what} is not possible here (line ${line}, column ${column}).`, {
    advice: 'Only reading is: MATCH, UNWIND, WITH, RETURN. A name that is spelt like a keyword goes into backquotes.',
    details: { word: token.text, line, column },
  });
}

/** True where a word is a name: a property after a dot, a label or type after a colon, a parameter. */
function isName(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (before?.kind !== 'sign') return false;
  if (before.text === '$' || before.text === ':') return true;
  if (before.text !== '.') return false;
  const owner = tokens[index - 2];
  return owner !== undefined && owner.kind !== 'number' && owner.text !== '.';
}

/** Sizes must be plain numbers: a computed one cannot be judged before it runs. */
function checkGrowth(statement: string, tokens: readonly Token[], index: number): void {
  const name = tokens[index];
  if (name === undefined || tokens[index + 1]?.text !== '(') return;
  // The text to repeat or pad comes first and may be anything.
  let isSize = name.text.toUpperCase() === 'RANGE';
  let depth = 0;
  for (const token of tokens.slice(index + 1)) {
    if (token.kind === 'sign' && token.text === '(') depth += 1;
    if (token.kind === 'sign' && token.text === ')') depth -= 1;
    if (depth === 0) return;
    if (depth === 1 && token.kind === 'sign' && token.text === ',') isSize = true;
    if (!isSize) continue;
    const isSmall = token.kind === 'number' && Number(token.text) <= largestGrowth;
    if (isSmall || token.kind === 'text' || (token.kind === 'sign' && '(,-'.includes(token.text))) continue;
    const { line, column } = describePlace(statement, token);
    const limit = largestGrowth.toLocaleString('en');
    const message = `${name.text} takes plain numbers up to ${limit} here (line ${line}, column ${column}).`;
    throw new AppError('query-failed', message, {
      advice: 'Use smaller numbers, or match what is in the graph.',
      details: { word: name.text, line, column },
    });
  }
}

/**
 * Checks that a user's statement only reads, and returns it with blanks for comments and without closing semicolon. Throws
 * `query-not-read-only` naming the word and its place, `query-failed` for more than one statement.
 */
export function guardReadOnly(statement: string): string {
  const tokens = tokenize(statement);
  const last = tokens.findLastIndex((token) => token.text !== ';' || token.kind !== 'sign');
  const body = tokens.slice(0, last + 1);
  if (body.length === 0) {
    throw new AppError('query-failed', 'The query is empty.', { advice: 'Write MATCH … RETURN ….' });
  }
  for (const [index, token] of body.entries()) {
    if (token.kind === 'sign' && token.text === ';') {
      const place = { ...describePlace(statement, token) };
      throw new AppError('query-failed', `One statement at a time; a second begins at line ${place.line}.`, {
        advice: 'Run them one after the other.',
        details: place,
      });
    }
    if (token.kind !== 'word' || isName(body, index)) continue;
    const upper = token.text.toUpperCase();
    if (refusedWords.has(upper)) throw refusal(statement, token, upper);
    if (upper === 'CALL') {
      const called = body[index + 1];
      const known =
        called?.kind === 'word' && harmlessCalls.has(called.text.toUpperCase()) && body[index + 2]?.text === '(';
      if (!known) throw refusal(statement, called ?? token, `CALL ${called?.text ?? ''}`.trim());
    }
    if (growingCalls.has(upper)) checkGrowth(statement, body, index);
  }
  // Put together again from the tokens: what was skipped as a comment cannot run.
  return joinTokens(statement, body);
}

/** Everything keeps its line and column, so that what the database says of a place is true of the user's text. */
function joinTokens(statement: string, tokens: readonly Token[]): string {
  let text = '';
  let end = 0;
  for (const token of tokens) {
    text += statement.slice(end, token.at).replaceAll(/[^\n]/gu, ' ') + token.text;
    end = token.at + token.text.length;
  }
  return text;
}

/**
 * Adds a LIMIT to a statement's last RETURN when it has none, so that the database stops early instead of building
 * a million rows that nobody reads. UNION and EXPLAIN stay as they are.
 */
export function withLimit(statement: string, limit: number): string {
  const tokens = tokenize(statement);
  const isWord = (index: number, text: string): boolean =>
    tokens[index]?.kind === 'word' && tokens[index].text.toUpperCase() === text && !isName(tokens, index);
  let lastReturn = -1;
  for (let index = 0; index < tokens.length; index += 1) {
    if (isWord(index, 'UNION') || isWord(index, 'EXPLAIN') || isWord(index, 'PROFILE')) return statement;
    if (isWord(index, 'RETURN')) lastReturn = index;
  }
  if (lastReturn < 0) return statement;
  for (let index = lastReturn; index < tokens.length; index += 1) if (isWord(index, 'LIMIT')) return statement;
  return `${statement}\nLIMIT ${limit}`;
}
