import type { SplitDecisions } from '#shared/model/index.ts';

function block(name: string, entries: Readonly<Record<string, string>>): readonly string[] {
  const lines = Object.entries(entries).map(([key, value]) => `  ${JSON.stringify(key)}: ${value}`);
  return lines.length === 0 ? [] : [`${name}:`, ...lines];
}

/** Decisions as the file that the command line takes with `--pins`. Names and boundaries need no quotes. */
export function pinsText({ fineness, groups, files, pins, names, boundaries }: SplitDecisions): string {
  return [
    `fineness: ${fineness}`,
    ...(groups === null ? [] : [`groups: ${groups}`]),
    `files: ${files}`,
    ...block('pins', pins),
    ...block('names', names),
    ...block('boundaries', boundaries),
    '',
  ].join('\n');
}
