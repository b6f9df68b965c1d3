import type { Origin, Ports } from '#shared/model/index.ts';

function factText({ how, where }: Pick<Origin, 'how' | 'where'>): string {
  return how === 'unknown' ? 'unknown' : `${how}, ${where}`;
}

/** Where a port was read from: its type, and the facts that come from elsewhere. */
export function originText(origin: Origin | undefined): string {
  if (origin === undefined) return '';
  // What is unknown is told once for all ports, beside the table.
  const facts = Object.entries(origin.facts ?? {}).filter(
    ([, fact]) => fact.how !== 'unknown' && (fact.where !== origin.where || fact.how !== origin.how),
  );
  return [factText(origin), ...facts.map(([name, fact]) => `${name.replace(/^x-/, '')} ${factText(fact)}`)].join('; ');
}

const markWords: Readonly<Record<string, string>> = {
  'x-immutable': 'Whether they may change after creation',
  'x-sensitive': 'Whether they are sensitive',
};

/** What is not known of the marks of ports: one sentence for each mark, naming the ports unless it is all of them. */
export function unknownMarks(ports: Ports): readonly string[] {
  const entries = Object.entries(ports.properties);
  return Object.entries(markWords).flatMap(([mark, words]) => {
    const names = entries
      .filter(([, schema]) => schema['x-origin']?.facts?.[mark]?.how === 'unknown')
      .map(([name]) => name);
    if (names.length === 0) return [];
    const which = names.length === entries.length ? '' : ` of ${names.join(', ')}`;
    return [`${words} is unknown${which}: the code does not say it.`];
  });
}
