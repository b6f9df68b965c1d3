import { ArrowRightLeft, Database, Pin } from 'lucide-react';
import type { ReactElement } from 'react';
import type { SplitMember } from '#shared/model/index.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';
import { memberDrag } from './member-drag.ts';

/** One resource or module call: dragged to another part, or chosen and moved in the inspector. */
export function MemberCard({ member, moved }: { member: SplitMember; moved: boolean }): ReactElement {
  const select = useSplitStore((state) => state.select);
  const chosen = useSplitStore((state) => state.selected === member.address);
  return (
    <button
      type="button"
      className={classes.member}
      draggable
      aria-pressed={chosen}
      title={`${member.file}:${member.line}`}
      onDragStart={(event) => memberDrag.start(event, member.address)}
      onClick={() => select(chosen ? null : member.address)}
    >
      <span className={classes.address}>{member.address}</span>
      {member.stateful && <Database size={12} aria-label="holds data" />}
      {member.pinned && <Pin size={12} aria-label="pinned" />}
      {moved && <ArrowRightLeft size={12} aria-label="moved to remove a cycle" />}
    </button>
  );
}
