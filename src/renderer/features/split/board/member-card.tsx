import { ArrowRightLeft, Database, Pin } from 'lucide-react';
import type { MouseEvent, ReactElement } from 'react';
import type { SplitMember } from '#shared/model/index.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';
import { memberDrag } from './member-drag.ts';

interface MemberCardProps {
  readonly member: SplitMember;
  /** It was moved to remove a cycle. */
  readonly moved: boolean;
  /** The Tab key stops at it; the others are reached by the arrow keys. */
  readonly stop: boolean;
  readonly onPick: (address: string, event: MouseEvent) => void;
}

/** One resource or module call: dragged to another part, or chosen and moved in the inspector. */
export function MemberCard({ member, moved, stop, onPick }: MemberCardProps): ReactElement {
  const chosen = useSplitStore((state) => state.chosen.includes(member.address));
  return (
    <button
      type="button"
      className={classes.member}
      draggable
      tabIndex={stop ? 0 : -1}
      aria-pressed={chosen}
      title={`${member.file}:${member.line}`}
      onDragStart={(event) => {
        // One of several that are chosen takes the others along.
        memberDrag.start(event, chosen ? useSplitStore.getState().chosen : [member.address]);
      }}
      onClick={(event) => onPick(member.address, event)}
    >
      <span className={classes.address}>{member.address}</span>
      {member.stateful && <Database size={12} aria-label="holds data" />}
      {member.pinned && <Pin size={12} aria-label="pinned" />}
      {moved && <ArrowRightLeft size={12} aria-label="moved to remove a cycle" />}
    </button>
  );
}
