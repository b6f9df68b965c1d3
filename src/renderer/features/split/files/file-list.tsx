import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState, type ReactElement } from 'react';
import type { SplitMember, SplitProposal } from '#shared/model/index.ts';
import { pickOf } from '../decisions/selection.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import { MemberCard } from '../board/member-card.tsx';
import { memberDrag } from '../board/member-drag.ts';
import classes from '../split.module.css';
import { filesOf, type SourceFile } from './files-of.ts';

interface FileListProps {
  readonly proposal: SplitProposal;
  /** The resources that are shown. */
  readonly shown: readonly SplitMember[];
}

/** The root as its author wrote it: files and what stands in them, each to be chosen and dragged whole. */
export function FileList({ proposal, shown }: FileListProps): ReactElement {
  const files = useMemo(() => filesOf(proposal, shown), [proposal, shown]);
  const moved = useMemo(() => new Set(proposal.moves.map(({ address }) => address)), [proposal]);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = (file: string): void =>
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(file)) after.add(file);
      return after;
    });
  return (
    <nav className={classes.files} aria-label="Files of the root">
      <h2>
        {files.length} {files.length === 1 ? 'file' : 'files'}
      </h2>
      <ul>
        {files.map((one) => (
          <FileEntry key={one.file} one={one} moved={moved} open={opened.has(one.file)} onToggle={toggle} />
        ))}
      </ul>
      {files.length === 0 && <p className={classes.none}>Nothing found</p>}
    </nav>
  );
}

interface FileEntryProps {
  readonly one: SourceFile;
  readonly moved: ReadonlySet<string>;
  readonly open: boolean;
  readonly onToggle: (file: string) => void;
}

function FileEntry({ one, moved, open, onToggle }: FileEntryProps): ReactElement {
  const { file, members, total, parts } = one;
  const pick = useSplitStore((state) => state.pick);
  const select = useSplitStore((state) => state.select);
  const addresses = members.map(({ address }) => address);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li>
      <div
        className={classes.file}
        draggable
        title={`Drag ${file} to a part`}
        onDragStart={(event) => memberDrag.start(event, addresses)}
      >
        <button type="button" className={classes.fileName} aria-expanded={open} onClick={() => onToggle(file)}>
          <Chevron size={12} aria-hidden />
          <span className={classes.address}>{file}</span>
          <span className="gp-dimmed">{members.length === total ? total : `${members.length} of ${total}`}</span>
        </button>
        <button
          type="button"
          className={classes.fileAll}
          aria-label={`Choose all ${addresses.length} of ${file}`}
          onClick={() => select(addresses)}
        >
          choose
        </button>
      </div>
      <p className={classes.fileParts}>→ {parts.join(', ')}</p>
      {open && (
        <ul className={classes.members}>
          {members.map((member) => (
            <li key={member.address}>
              <MemberCard
                member={member}
                stop
                moved={moved.has(member.address)}
                onPick={(address, event) => pick({ address, how: pickOf(event), list: addresses })}
              />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
