import { hash } from 'node:crypto';
import path from 'node:path';
import { type Schedule } from '#shared/model/index.ts';

/** The systems whose own timers Groundplan can write. */
export const timerPlatforms = ['linux', 'darwin', 'win32'] as const;
export type TimerPlatform = (typeof timerPlatforms)[number];

/** What of a machine decides where its timers lie. */
export interface TimerHost {
  readonly platform: TimerPlatform;
  readonly homeFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's number, where the system has one. */
  readonly userId: number;
}

export interface TimerOrder {
  readonly schedule: Schedule;
  /** The workspace's folder, absolute. */
  readonly workspace: string;
  /** The program and what stands before a verb: Node and the command line, absolute. */
  readonly program: readonly [string, ...string[]];
}

/** The files of one timer, and what tells the system of them. */
export interface Timer {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly content: Buffer }[];
  /** What has to be there besides and the system does not make. */
  readonly folders?: readonly string[];
  /** In their order; what is `optional` may fail, as stopping what was not running does. */
  readonly start: readonly TimerCommand[];
  readonly stop: readonly TimerCommand[];
  /** Once its files are gone. */
  readonly forget: readonly TimerCommand[];
  /** How to look at it. */
  readonly look: readonly string[];
  /** What the user has to know about this system. */
  readonly notes: readonly string[];
}

export interface TimerCommand {
  readonly command: readonly [string, ...string[]];
  readonly optional?: true;
}

/** One name for each workspace and connection, so that installing again replaces, and two of a name do not meet. */
export function timerName(workspace: string, connection: string): string {
  const words = [path.basename(workspace), connection].map((text) =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, '-')
      .replaceAll(/^-|-$/gu, '')
      .slice(0, 30),
  );
  const mark = hash('sha256', `${workspace}\n${connection}`, 'hex').slice(0, 8);
  return ['groundplan', ...words.filter((word) => word !== ''), mark].join('-');
}

/** What the timer runs. Whether anything is due is found out there, so that timer and app do not both map. */
export function argumentsOf({ program, workspace, schedule }: TimerOrder): readonly string[] {
  return [...program, '--workspace', workspace, 'schedule', 'run', '--connection', schedule.connection];
}
