import type { Advice, AdvisedCell, CoverageCell, Remedy, ScopeFact, StepDeclaration } from '#shared/model/index.ts';
import type { CloudProvider, Need } from '../cloud-provider.ts';
import { eachOf } from './stretches.ts';

/** What tells advice: the steps' declarations and the cloud's own words. */
export type Adviser = Pick<CloudProvider, 'cloud' | 'steps' | 'advise'>;

interface Known {
  readonly advisers: readonly Adviser[];
  readonly scopes: readonly ScopeFact[];
}

interface Gap {
  readonly adviser: Adviser;
  readonly remedy: Remedy;
  readonly scope: Need['scope'];
  /** What was refused; where the cloud did not say it, what the step declares. */
  readonly refused: readonly string[];
  /** What the step declares, so that the next run does not meet the next refusal. */
  readonly declared: readonly string[];
}

/** One act and all that it opens. */
interface Act extends Pick<Gap, 'adviser' | 'remedy' | 'scope'> {
  readonly refused: Set<string>;
  readonly declared: Set<string>;
  readonly places: Map<string, Advice['places'][number]>;
  cells: number;
}

/**
 * Says of a denied or disabled cell what would open it. A denied cell without a permission is not a matter of
 * permissions, such as credentials that ended: its error tells what to do.
 */
export function createCellAdviser(known: Known): (cell: CoverageCell) => AdvisedCell {
  const gapOf = createGapFinder(known);
  return (cell) => {
    const gap = gapOf(cell);
    if (gap === null) return cell;
    const { adviser, remedy, scope, refused } = gap;
    return { ...cell, advice: adviser.advise({ remedy, scope, permissions: refused }).text };
  };
}

/** Puts together the cells that one act opens; the acts that open most come first. */
export async function adviseActs(cells: readonly CoverageCell[], known: Known): Promise<readonly Advice[]> {
  const gapOf = createGapFinder(known);
  const acts = new Map<string, Act>();
  await eachOf(cells, (cell) => {
    const gap = gapOf(cell);
    if (gap === null) return;
    const { adviser, remedy, scope } = gap;
    const key = JSON.stringify([adviser.cloud, remedy, remedy.on ?? scope.nativeId]);
    const nothing = { refused: new Set<string>(), declared: new Set<string>(), places: new Map(), cells: 0 };
    const act: Act = acts.get(key) ?? { adviser, remedy, scope, ...nothing };
    acts.set(key, act);
    for (const permission of gap.refused) act.refused.add(permission);
    for (const permission of gap.declared) act.declared.add(permission);
    act.places.set(`${cell.scope} ${cell.region}`, { scope: cell.scope, region: cell.region });
    act.cells += 1;
  });
  const advice: Advice[] = [];
  await eachOf([...acts.values()], (act) => advice.push(adviceOf(act)));
  return advice.sort((one, other) => other.cells - one.cells);
}

interface Found {
  readonly adviser: Adviser;
  readonly step: StepDeclaration;
}

function stepsByKind(adviser: Adviser): readonly (readonly [string, Found])[] {
  return adviser.steps.flatMap((step) => step.kinds.map((kind) => [kind, { adviser, step }] as const));
}

function createGapFinder(known: Known): (cell: CoverageCell) => Gap | null {
  const steps = new Map(known.advisers.flatMap((adviser) => stepsByKind(adviser)));
  const scopes = new Map(known.scopes.map((scope) => [scope.id, scope]));
  return (cell) => {
    if (cell.status !== 'denied' && cell.status !== 'disabled') return null;
    // A cell about a scope itself, such as its regions, has no step.
    const adviser =
      steps.get(cell.kind)?.adviser ?? known.advisers.find(({ cloud }) => cell.kind.startsWith(`${cloud}.`));
    if (adviser === undefined) return null;
    const remedy = cell.remedy ?? (cell.permission === null ? null : { do: 'grant' as const, to: null });
    if (remedy === null) return null;
    // A permission that no step declares stands before all of them, such as taking the account's role.
    const { permissions = [] } = steps.get(cell.kind)?.step ?? {};
    const declared = cell.permission === null || permissions.includes(cell.permission) ? permissions : [];
    const refused = cell.permission === null ? permissions : [cell.permission];
    return { adviser, remedy, scope: scopes.get(cell.scope) ?? unnamedScope(cell.scope), refused, declared };
  };
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

function adviceOf({ adviser, remedy, scope, refused, declared, places, cells }: Act): Advice {
  const everything = [...new Set([...refused, ...declared])].sort();
  return {
    text: adviser.advise({ remedy, scope, permissions: shortened([...refused].sort()) }).text,
    copy: adviser.advise({ remedy, scope, permissions: everything }).copy,
    cells,
    places: [...places.values()],
  };
}
