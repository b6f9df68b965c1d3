import type { Advice, AdvisedCell, CoverageCell, Remedy, ScopeFact, StepDeclaration } from '#shared/model/index.ts';
import type { CloudProvider, Need } from './cloud-provider.ts';

/** What tells advice: the steps' declarations and the cloud's own words. */
export type Adviser = Pick<CloudProvider, 'cloud' | 'steps' | 'advise'>;

export interface AdvisedCoverage {
  readonly cells: AdvisedCell[];
  readonly advice: Advice[];
}

interface Gap {
  readonly cell: CoverageCell;
  readonly adviser: Adviser;
  readonly remedy: Remedy;
  readonly scope: Need['scope'];
  /** What was refused; where the cloud did not say it, what the step declares. */
  readonly refused: readonly string[];
  /** What the step declares, so that the next run does not meet the next refusal. */
  readonly declared: readonly string[];
}

/**
 * Says of every denied or disabled cell what would open it, and puts together the cells that one act opens. A denied
 * cell without a permission is not a matter of permissions, such as credentials that ended: its error tells what to do.
 */
export function adviseCoverage(
  cells: readonly CoverageCell[],
  known: { readonly advisers: readonly Adviser[]; readonly scopes: readonly ScopeFact[] },
): AdvisedCoverage {
  const steps = new Map(known.advisers.flatMap((adviser) => stepsByKind(adviser)));
  const scopes = new Map(known.scopes.map((scope) => [scope.id, scope]));
  const acts = new Map<string, Gap[]>();

  const advised = cells.map((cell) => {
    const gap = gapOf(cell, { steps, scopes, advisers: known.advisers });
    if (gap === null) return cell;
    const { adviser, remedy, scope } = gap;
    const act = JSON.stringify([adviser.cloud, remedy, remedy.on ?? scope.nativeId]);
    acts.set(act, [...(acts.get(act) ?? []), gap]);
    return { ...cell, advice: adviser.advise({ remedy, scope, permissions: gap.refused }).text };
  });
  const advice = [...acts.values()].flatMap((gaps) => adviceOf(gaps) ?? []);
  return { cells: advised, advice: advice.sort((one, other) => other.cells - one.cells) };
}

interface Found {
  readonly adviser: Adviser;
  readonly step: StepDeclaration;
}

function stepsByKind(adviser: Adviser): readonly (readonly [string, Found])[] {
  return adviser.steps.flatMap((step) => step.kinds.map((kind) => [kind, { adviser, step }] as const));
}

interface Known {
  readonly steps: ReadonlyMap<string, Found>;
  readonly scopes: ReadonlyMap<string, ScopeFact>;
  readonly advisers: readonly Adviser[];
}

function gapOf(cell: CoverageCell, { steps, scopes, advisers }: Known): Gap | null {
  if (cell.status !== 'denied' && cell.status !== 'disabled') return null;
  // A cell about a scope itself, such as its regions, has no step.
  const adviser = steps.get(cell.kind)?.adviser ?? advisers.find(({ cloud }) => cell.kind.startsWith(`${cloud}.`));
  if (adviser === undefined) return null;
  const remedy = cell.remedy ?? (cell.permission === null ? null : { do: 'grant' as const, to: null });
  if (remedy === null) return null;
  // A permission that no step declares stands before all of them, such as taking the account's role.
  const { permissions = [] } = steps.get(cell.kind)?.step ?? {};
  const declared = cell.permission === null || permissions.includes(cell.permission) ? permissions : [];
  const refused = cell.permission === null ? permissions : [cell.permission];
  return { cell, adviser, remedy, scope: scopes.get(cell.scope) ?? unnamedScope(cell.scope), refused, declared };
}

/** `aws:account:123456789012`, when no run told its name. */
function unnamedScope(id: string): Need['scope'] {
  const [, kind = '', ...rest] = id.split(':');
  const nativeId = rest.join(':');
  return { nativeId, name: nativeId, kind: kind as ScopeFact['kind'] };
}

/** Permissions named in one sentence; what is to be pasted has them all. */
const mostNamed = 4;

function shortened(permissions: readonly string[]): readonly string[] {
  const more = permissions.length - mostNamed;
  return more <= 1 ? permissions : [...permissions.slice(0, mostNamed), `${more} more`];
}

function adviceOf(gaps: readonly Gap[]): Advice | null {
  const [first] = gaps;
  if (first === undefined) return null;
  const { adviser, remedy, scope } = first;
  const refused = [...new Set(gaps.flatMap((gap) => gap.refused))].sort();
  const everything = [...new Set(gaps.flatMap((gap) => [...gap.refused, ...gap.declared]))].sort();
  const places = new Map(gaps.map(({ cell: { scope, region } }) => [`${scope} ${region}`, { scope, region }]));
  return {
    text: adviser.advise({ remedy, scope, permissions: shortened(refused) }).text,
    copy: adviser.advise({ remedy, scope, permissions: everything }).copy,
    cells: gaps.length,
    places: [...places.values()],
  };
}
