import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { Modal } from '../modal.tsx';
import classes from './finder.module.css';

/** One thing that can be found, and what choosing it does. */
export interface FinderEntry {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

/** Entries of one sort under their heading. */
export interface FinderGroup {
  readonly label: string;
  readonly entries: readonly FinderEntry[];
}

export interface FinderProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** What fits the text; groups without entries are left out. */
  readonly groups: readonly FinderGroup[];
  /** What is said when nothing fits. */
  readonly note: string;
}

/** A dialog with a field and what it finds: arrows walk the entries, Enter takes one, the focus stays in the field. */
export function Finder({ opened, onClose, title, ...content }: FinderProps): ReactElement {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      attributes={{ content: { 'aria-label': title } }}
      withCloseButton={false}
      size={600}
      yOffset={80}
      padding={0}
      overlayProps={{ backgroundOpacity: 0.35 }}
      // Typed into at once: it has to stand before the next key is pressed.
      transitionProps={{ duration: 0 }}
    >
      <FinderContent {...content} onClose={onClose} />
    </Modal>
  );
}

type ContentProps = Omit<FinderProps, 'opened' | 'title'>;

function FinderContent({ onClose, placeholder, text, onText, groups, note }: ContentProps): ReactElement {
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string>();
  const entries = groups.flatMap((group) => group.entries);
  // The first entry is the one Enter takes, until the arrows choose another; what is found later pushes neither away.
  const index = Math.max(
    0,
    entries.findIndex(({ id }) => id === chosen),
  );
  const active = entries[index];
  const optionId = (id: string) => `${listId}-${id}`;

  useEffect(() => {
    // The first entry is shown with its heading.
    if (index === 0) list.current?.scrollTo({ top: 0 });
    else list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [index]);

  const take = (entry: FinderEntry) => {
    onClose();
    entry.run();
  };
  const walk = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || active === undefined) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setChosen(entries[(index + step + entries.length) % entries.length]?.id);
    else if (event.key === 'Enter') take(active);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <input
        className={classes.field}
        // The dialog's own way to give the focus comes a moment later, and letters typed until then would be lost.
        autoFocus
        data-autofocus
        role="combobox"
        aria-label={placeholder}
        aria-autocomplete="list"
        aria-expanded={active !== undefined}
        aria-controls={listId}
        aria-activedescendant={active === undefined ? undefined : optionId(active.id)}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setChosen(undefined);
          onText(event.currentTarget.value);
        }}
        onKeyDown={walk}
      />
      {active === undefined ? (
        <div className={classes.note} role="status">
          {note}
        </div>
      ) : (
        <div className={classes.list} ref={list} id={listId} role="listbox" aria-label="What was found">
          {groups
            .filter((group) => group.entries.length > 0)
            .map((group) => (
              <div key={group.label} role="group" aria-label={group.label}>
                <div className={classes.group} role="presentation">
                  {group.label}
                </div>
                {group.entries.map((entry) => (
                  <div
                    key={entry.id}
                    id={optionId(entry.id)}
                    className={classes.entry}
                    role="option"
                    aria-selected={entry === active}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => take(entry)}
                  >
                    <span className={classes.icon}>{entry.icon}</span>
                    <span className={classes.words}>
                      <span>{entry.label}</span>
                      <span className={classes.description}>{entry.description}</span>
                    </span>
                  </div>
                ))}
              </div>
            ))}
        </div>
      )}
    </>
  );
}
