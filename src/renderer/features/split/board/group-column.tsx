import { memo, useState, type DragEvent, type KeyboardEvent, type ReactElement } from 'react';
import type { SplitGroup, SplitMember, SplitProposal, SplitReach } from '#shared/model/index.ts';
import { pickOf } from '../decisions/selection.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';
import { GroupHead } from './group-head.tsx';
import { memberDrag } from './member-drag.ts';
import { MemberCard } from './member-card.tsx';

interface GroupColumnProps {
  readonly group: SplitGroup;
  /** Its place in the order the parts are built. */
  readonly number: number;
  readonly members: readonly SplitMember[];
  readonly groups: readonly SplitGroup[];
  readonly crossings: SplitProposal['crossings'];
  readonly reach: SplitReach | undefined;
  /** Addresses that were moved to remove a cycle. */
  readonly moved: ReadonlySet<string>;
  /** A change to the part the pointer is at reaches this one. */
  readonly reached: boolean;
  /** What to say when no members are shown. */
  readonly none: string;
  readonly onNear: (name: string | null) => void;
  readonly onDrop: (addresses: readonly string[], part: string) => void;
}

/** The first card of the part before or after, over parts that show none. */
function cardOfNeighbour(list: Element, by: 'previousElementSibling' | 'nextElementSibling'): HTMLElement | null {
  for (let part = list.parentElement?.[by] ?? null; part !== null; part = part[by]) {
    const card = part.querySelector<HTMLElement>('ul button');
    if (card !== null) return card;
  }
  return null;
}

/**
 * The cards of a part are one stop of the Tab key. Up and down go to the card before and after, with Shift they are
 * chosen besides; left and right go to the part before and after.
 */
function step(event: KeyboardEvent<HTMLUListElement>): void {
  const list = event.currentTarget;
  const cards = [...list.querySelectorAll('button')];
  const at = cards.findIndex((card) => card === document.activeElement);
  const neighbours: Readonly<Record<string, () => HTMLElement | null | undefined>> = {
    ArrowDown: () => cards[at + 1],
    ArrowUp: () => cards[at - 1],
    ArrowLeft: () => cardOfNeighbour(list, 'previousElementSibling'),
    ArrowRight: () => cardOfNeighbour(list, 'nextElementSibling'),
  };
  const next = neighbours[event.key]?.();
  if (next === undefined || next === null) return;
  event.preventDefault();
  next.focus();
  if (event.shiftKey) next.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }));
}

/**
 * One part: what it is, and its resources. Resources dropped on it stay there. Kept as it is while nothing of it
 * changes: a root may hold thousands of resources.
 */
export const GroupColumn = memo(function GroupColumn(props: GroupColumnProps): ReactElement {
  const { group, number, members, moved, onNear, onDrop } = props;
  const [over, setOver] = useState(false);
  const pick = useSplitStore((state) => state.pick);
  const takeOver = (event: DragEvent): void => {
    if (!memberDrag.isOne(event)) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      className={classes.column}
      data-over={over}
      data-reached={props.reached}
      aria-label={`Part ${group.name}`}
      onMouseEnter={() => onNear(group.name)}
      onMouseLeave={() => onNear(null)}
      onFocus={() => onNear(group.name)}
      onBlur={() => onNear(null)}
      onDragEnter={takeOver}
      onDragOver={takeOver}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const addresses = memberDrag.addressesIn(event);
        if (addresses.length > 0) onDrop(addresses, group.name);
      }}
    >
      <GroupHead group={group} number={number} taken={props.groups} crossings={props.crossings} reach={props.reach} />
      <ul className={classes.members} onKeyDown={step}>
        {members.map((member, at) => (
          <li key={member.address}>
            <MemberCard
              member={member}
              stop={at === 0}
              moved={moved.has(member.address)}
              onPick={(address, event) =>
                pick({ address, how: pickOf(event), list: members.map((one) => one.address) })
              }
            />
          </li>
        ))}
        {members.length === 0 && <li className={classes.none}>{props.none}</li>}
      </ul>
    </section>
  );
});
