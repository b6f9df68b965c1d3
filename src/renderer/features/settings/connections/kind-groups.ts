import type { DiscoverableCloud, StepDeclaration } from '#shared/model/index.ts';

/** The kinds of one service of a cloud. */
export interface KindGroup {
  readonly group: string;
  readonly items: string[];
}

/** What the steps of a cloud make, parts of other kinds included, by service; services and kinds in order. */
export function kindGroups(steps: readonly StepDeclaration[], cloud: DiscoverableCloud): KindGroup[] {
  const made = steps.filter((step) => step.cloud === cloud).flatMap(({ kinds, parts = [] }) => [...kinds, ...parts]);
  const groups = new Map<string, string[]>();
  for (const kind of [...new Set(made)].sort()) {
    const [, service = ''] = kind.split('.');
    const items = groups.get(service) ?? [];
    items.push(kind);
    groups.set(service, items);
  }
  return [...groups].map(([group, items]) => ({ group, items }));
}
