import type { LogLine } from '#shared/model/index.ts';

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** A line as it is shown: time, step where several are mixed, text. */
export function lineText(line: LogLine, withNode: boolean): string {
  return `${clock.format(line.at)} ${withNode ? `${line.node} ` : ''}${line.text}`;
}

/** All lines as a text file, with full times. */
export function logFile(lines: readonly LogLine[]): string {
  return lines.map((line) => `${new Date(line.at).toISOString()} ${line.node} ${line.text}\n`).join('');
}
