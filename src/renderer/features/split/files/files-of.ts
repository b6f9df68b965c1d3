import type { SplitMember, SplitProposal } from '#shared/model/index.ts';

/** A source file with the resources that stand in it. */
export interface SourceFile {
  readonly file: string;
  /** Those that are shown, in the order of their lines. */
  readonly members: readonly SplitMember[];
  /** How many there are, shown or not. */
  readonly total: number;
  /** Parts its resources go to, in the order these are built. */
  readonly parts: readonly string[];
}

/** The files of a root by name, each with what stands in it. Files of which nothing is shown are left out. */
export function filesOf(
  { members, groups }: Pick<SplitProposal, 'members' | 'groups'>,
  shown: readonly SplitMember[],
): readonly SourceFile[] {
  const all = Map.groupBy(members, ({ file }) => file);
  const order = new Map(groups.map(({ name }, at) => [name, at]));
  return [...Map.groupBy(shown, ({ file }) => file)]
    .map(([file, own]) => {
      const whole = all.get(file) ?? own;
      const parts = [...new Set(whole.map(({ group }) => group))];
      return {
        file,
        members: own.toSorted((one, other) => one.line - other.line),
        total: whole.length,
        parts: parts.sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0)),
      };
    })
    .sort((one, other) => (one.file < other.file ? -1 : 1));
}
