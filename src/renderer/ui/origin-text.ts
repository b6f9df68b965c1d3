import type { Origin } from '#shared/model/index.ts';

function factText({ how, where }: Pick<Origin, 'how' | 'where'>): string {
  return how === 'unknown' ? 'unknown' : `${how}, ${where}`;
}

/** Where a port was read from: its type, and the facts that come from elsewhere. */
export function originText(origin: Origin | undefined): string {
  if (origin === undefined) return '';
  const facts = Object.entries(origin.facts ?? {}).filter(
    ([, fact]) => fact.where !== origin.where || fact.how !== origin.how,
  );
  return [factText(origin), ...facts.map(([name, fact]) => `${name.replace(/^x-/, '')} ${factText(fact)}`)].join('; ');
}
