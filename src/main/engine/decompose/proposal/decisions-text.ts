import type { SplitDecisions } from '#shared/model/index.ts';

function list(name: string, entries: Readonly<Record<string, string>>): readonly string[] {
  const told = Object.entries(entries).map(([key, value]) => `${key}: ${value}`);
  return told.length === 0 ? [] : [`${name} ${told.join(', ')}`];
}

/** What was decided as one sentence's worth of text, each decision by the name it has in a file of pins. */
export function decisionsText({ fineness, groups, files, pins, names, boundaries }: SplitDecisions): string {
  return [
    groups === null ? `fineness ${fineness}` : `groups ${groups}`,
    ...(files ? [] : ['files false']),
    ...list('pins', pins),
    ...list('names', names),
    ...list('boundaries', boundaries),
  ].join('; ');
}
