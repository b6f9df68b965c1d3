import type { ArtifactDiff } from '#shared/model/index.ts';
import { table } from './output.ts';

function shown(value: unknown): string {
  return value === null ? '' : JSON.stringify(value);
}

/** A difference of two states of an artifact, for people: what changed, then what it means for those that use it. */
export function artifactDiffText({ from, to, changes, uses }: ArtifactDiff): string {
  if (changes.length === 0) return `Nothing changed between ${from.label} and ${to.label}.`;
  const broken = uses.filter(({ breaks }) => breaks.length > 0);
  return [
    table(
      ['change', 'path', 'before', 'after', 'breaking', 'why'],
      changes.map((one) => [
        one.change,
        one.path,
        shown(one.before),
        shown(one.after),
        one.breaking ? 'yes' : '',
        one.why,
      ]),
    ),
    '',
    uses.length === 0
      ? 'No blueprint uses it.'
      : `${uses.length} ${uses.length === 1 ? 'place uses' : 'places use'} it, ${broken.length} cannot follow as they are.`,
    ...broken.flatMap(({ blueprint, version, node, breaks }) =>
      breaks.map((why) => `  ${blueprint} ${version ?? 'draft'}, ${node}: ${why}`),
    ),
  ].join('\n');
}
