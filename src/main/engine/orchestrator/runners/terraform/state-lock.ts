import { stripVTControlCharacters } from 'node:util';
import { AppError } from '#shared/errors/index.ts';
import type { StateLock } from '../../../ports/index.ts';
import { failureText, type FailedCommand } from './tool-failure.ts';

/** Who has the lock that a command was refused for; null when something else was the matter. */
export function lockInTheWay(failure: FailedCommand): StateLock | null {
  const text = stripVTControlCharacters(failureText(failure));
  if (!/Error acquiring the state lock/i.test(text)) return null;
  const field = (name: string): string => new RegExp(`^[│ ]*${name}: +(.+)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  const id = field('ID');
  // Without an id nobody has it: the backend could not be asked, or did not let this person lock.
  if (id === '') return null;
  const operation = field('Operation').replace(/^OperationType/, '');
  return {
    id,
    who: field('Who'),
    // What the tool calls invalid is a command that changes nothing, such as `console`.
    operation: operation === 'Invalid' ? 'reading' : operation.toLowerCase(),
    created: field('Created'),
  };
}

/** Somebody else works on the state. */
export function lockedBy({ id, who, operation, created }: StateLock, folder: string): AppError {
  const details = { id, who, operation, created };
  const holder = who === '' ? 'somebody' : who;
  const more = [operation, created === '' ? '' : `since ${created}`, `lock ${id}`].filter((text) => text !== '');
  return new AppError('conflict', `The state of ${folder} is locked by ${holder} (${more.join(', ')}).`, {
    advice: `Nothing was changed. Wait until they are done; if nobody is at work there any more, release it with force-unlock ${id} in the root.`,
    details,
  });
}
