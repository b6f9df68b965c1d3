import { countIds, type InstanceSelection } from '#shared/model/index.ts';

/** What an instance consists of, in one line. */
export function describeInstance(instance: InstanceSelection, nameOfScope: (id: string) => string): string {
  if (instance.ids.length > 0) {
    const count = countIds(instance.ids);
    return count === 1 ? '1 resource by hand' : `${count.toLocaleString('en')} resources by hand`;
  }
  const parts = [
    instance.scope === null ? null : nameOfScope(instance.scope),
    instance.region,
    ...instance.tags.map((tag) => `${tag.key}=${tag.value}`),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'the whole estate' : parts.join(' · ');
}
