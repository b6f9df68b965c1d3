import { InvalidArgumentError } from 'commander';
import type { ZodType } from 'zod';
import type { Json } from '#shared/base/json.ts';
import { targetClouds, targetWords, typedTarget, type Target } from '#shared/model/index.ts';

// Readers of single options and arguments. What they refuse is wrong usage: it ends the command with 2 before an
// engine starts or a file is written.

/** Collects a repeatable option. */
export function collect(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}

/** Takes texts that a schema accepts. */
export function checkedBy(schema: ZodType<unknown, string>): (text: string) => string {
  return (text) => {
    const parsed = schema.safeParse(text);
    if (!parsed.success) throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? 'It cannot be used.');
    return text;
  };
}

/** Collects a repeatable option whose values a schema accepts. */
export function collectCheckedBy(schema: ZodType<unknown, string>): (text: string, earlier: string[]) => string[] {
  const check = checkedBy(schema);
  return (text, earlier) => [...earlier, check(text)];
}

/** Takes whole numbers from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

/** Takes a share between 0 and 1. */
export function share(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Give a number from 0 to 1.');
}

/** Takes the address of an API. */
export function readEndpoint(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('Give an address such as http://127.0.0.1:5000.');
}

/** Takes a moment such as 2026-11-27T12:00:00Z; in milliseconds since 1970. */
export function readTime(text: string): number {
  const value = Date.parse(text);
  if (!Number.isNaN(value)) return value;
  throw new InvalidArgumentError('Give a moment such as 2026-11-27T12:00:00Z.');
}

/** A thing of the catalog as it is named on the command line; version null means the newest. */
export interface Reference {
  readonly name: string;
  readonly version: string | null;
}

/** Reads `NAME` or `NAME@VERSION`. */
export function readReference(text: string): Reference {
  const [, name, version] = /^([^\s@]+)(?:@([^\s@]+))?$/.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Use NAME or NAME@VERSION.');
  return { name, version: version ?? null };
}

/** Reads `aws/ACCOUNT/REGION`, `azure/SUBSCRIPTION/LOCATION` or `gcp/PROJECT/REGION`. */
export function readTarget(text: string): Target {
  const [given, account = '', region, ...rest] = text.split('/');
  const cloud = targetClouds.find((one) => one === given);
  if (cloud === undefined || region === undefined || rest.length > 0) {
    const { aws, azure, gcp } = targetWords;
    throw new InvalidArgumentError(
      'Give aws/ACCOUNT/REGION, azure/SUBSCRIPTION/LOCATION or gcp/PROJECT/REGION, for example ' +
        `${aws.example}, ${azure.example} or ${gcp.example}.`,
    );
  }
  const { target, problems } = typedTarget(cloud, account, region);
  if (target !== null) return target;
  throw new InvalidArgumentError(problems.account ?? problems.region ?? 'It cannot be used.');
}

/** `NAME=VALUE`, its value as it was written. */
export interface Assignment {
  readonly name: string;
  readonly text: string;
}

/** Collects `NAME=VALUE` options. */
export function collectAssignments(text: string, earlier: Assignment[]): Assignment[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Give NAME=VALUE.');
  return [...earlier, { name: text.slice(0, at), text: text.slice(at + 1) }];
}

/**
 * The value an assignment means: JSON where it is JSON, else the text as it stands, such as a CIDR or a name. An
 * input that takes a text gets the text even where it looks like a number, such as an account's id.
 */
export function valueOf({ text }: Assignment, takesText: boolean): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    // Not JSON: a text.
    return text;
  }
  return takesText && typeof value !== 'string' ? text : value;
}

/** One instance of a pattern: its name and where it is. */
export interface InstancePlace {
  readonly name: string;
  readonly scope: string;
  readonly region: string;
}

/** Collects `NAME=SCOPE/REGION`. */
export function collectInstances(text: string, earlier: InstancePlace[] | undefined): InstancePlace[] {
  const [, name, scope, region] = /^([^=\s]+)=(\S+)\/([^/\s]+)$/.exec(text) ?? [];
  if (name === undefined || scope === undefined || region === undefined) {
    throw new InvalidArgumentError('Give NAME=SCOPE/REGION, for example us=aws:account:123456789012/us-east-1.');
  }
  return [...(earlier ?? []), { name, scope, region }];
}
