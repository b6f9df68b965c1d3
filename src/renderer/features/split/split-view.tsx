import { Redo2, Undo2 } from 'lucide-react';
import { useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { finenesses, type SplitProposal } from '#shared/model/index.ts';
import {
  ActionIcon,
  Button,
  Checkbox,
  Loader,
  Screen,
  SegmentedControl,
  SplitPane,
  Tabs,
  TextInput,
  Tooltip,
  useHotkeys,
  useRemembered,
} from '../../ui/index.ts';
import { Board } from './board/board.tsx';
import { startOfHistory } from './decisions/decision-history.ts';
import { PinsFile } from './decisions/pins-file.tsx';
import { useSplitStore } from './decisions/split-store.ts';
import { InterfacesTable } from './facts/interfaces-table.tsx';
import { MemberInspector } from './facts/member-inspector.tsx';
import { MovesTable } from './facts/moves-table.tsx';
import { ReachTable } from './facts/reach-table.tsx';
import { RootProblems } from './facts/root-problems.tsx';
import { ProofPane } from './proof/proof-pane.tsx';
import { FileList } from './files/file-list.tsx';
import classes from './split.module.css';
import { WriteDialog } from './write/write-dialog.tsx';

interface SplitViewProps {
  readonly proposal: SplitProposal;
  readonly computing: boolean;
  readonly onOther: () => void;
  /** Stops computing, and takes back the step that asked for it. */
  readonly onCancel: () => void;
  /** What is wrong with the last step, if anything. */
  readonly children: ReactNode;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function sentenceOf({ members, lines, groups, scores, moves }: SplitProposal): string {
  return [
    `${members.length} resources in ${lines.toLocaleString('en')} lines`,
    `${groups.length} parts, the largest ${percent(scores.largestShare)}`,
    `${scores.crossingReferences} references cross over ${scores.interfaceWidth} values`,
    moves.length === 0 ? 'none moved' : `${moves.length} moved (${percent(scores.movedShare)})`,
    `${scores.mixedGroups} parts mix data and what runs on it`,
  ].join(' · ');
}

/** The parts as columns, what they take from one another, and the proof. */
export function SplitView({ proposal, computing, onOther, onCancel, children }: SplitViewProps): ReactElement {
  const { history, decide, undo, redo, select } = useSplitStore();
  const [wanted, setWanted] = useState('');
  const [writing, setWriting] = useState(false);
  const [filesShown, setFilesShown] = useRemembered('split-files-shown', true);
  // In a field these undo what is typed; at a choice of boundaries nothing is.
  useHotkeys(
    [
      ['mod+Z', undo],
      ['mod+shift+Z', redo],
      ['mod+Y', redo],
    ],
    ['INPUT', 'TEXTAREA'],
  );
  const decisions = history.present;
  const text = wanted.trim().toLowerCase();
  const shown = useMemo(
    () => proposal.members.filter(({ address, file }) => `${address} ${file}`.toLowerCase().includes(text)),
    [proposal, text],
  );
  const blocked = proposal.cycles.length > 0 || proposal.problems.some(({ severity }) => severity === 'error');
  return (
    <Screen
      title={`Split ${proposal.name}`}
      state={
        <span aria-live="polite" className={classes.computing}>
          {computing ? (
            <>
              <Loader size={12} aria-hidden /> Computing the parts anew…
              <Button size="compact-xs" variant="default" onClick={onCancel}>
                Cancel
              </Button>
            </>
          ) : (
            sentenceOf(proposal)
          )}
        </span>
      }
      actions={
        <>
          <Tooltip label="Undo (Ctrl+Z)">
            <ActionIcon
              variant="default"
              size={30}
              aria-label="Undo"
              disabled={history.past.length === 0}
              onClick={undo}
            >
              <Undo2 size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Redo (Ctrl+Shift+Z)">
            <ActionIcon
              variant="default"
              size={30}
              aria-label="Redo"
              disabled={history.future.length === 0}
              onClick={redo}
            >
              <Redo2 size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Button variant="default" onClick={onOther}>
            Another root
          </Button>
          <Button disabled={blocked} onClick={() => setWriting(true)}>
            Write the {proposal.groups.length} parts
          </Button>
        </>
      }
      bar={
        <div className={classes.choices}>
          <SegmentedControl
            size="xs"
            aria-label="How fine"
            value={decisions.fineness}
            data={finenesses.map((fineness) => ({
              value: fineness,
              label: `${fineness}: ${proposal.resolutions.find((one) => one.fineness === fineness)?.groups ?? 0} parts`,
            }))}
            onChange={(value) => {
              const fineness = finenesses.find((one) => one === value) ?? 'medium';
              decide((before) => ({ ...before, fineness, groups: null }));
            }}
          />
          <Checkbox
            size="xs"
            label="Files tell what belongs together"
            checked={decisions.files}
            onChange={(event) => {
              const files = event.currentTarget.checked;
              decide((before) => ({ ...before, files }));
            }}
          />
          <Checkbox
            size="xs"
            label="Show files"
            checked={filesShown}
            onChange={(event) => setFilesShown(event.currentTarget.checked)}
          />
          <TextInput
            size="xs"
            aria-label="Find resources"
            placeholder="Find resources"
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          {text !== '' && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={shown.length === 0}
              onClick={() => select(shown.map(({ address }) => address))}
            >
              Choose the {shown.length} found
            </Button>
          )}
          <PinsFile proposal={proposal} />
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={decisions === startOfHistory.present}
            onClick={() => decide(() => startOfHistory.present)}
          >
            Start over
          </Button>
        </div>
      }
    >
      <SplitPane
        id="split-facts"
        at="bottom"
        initial={260}
        min={120}
        max={700}
        label="Height of the facts"
        side={<Facts proposal={proposal} />}
      >
        <div className={classes.main}>
          {children}
          {proposal.cycles.map(({ groups, why }) => (
            <p key={groups.join()} role="alert" className={classes.cycle}>
              ✕ {why}
            </p>
          ))}
          <RootProblems problems={proposal.problems} />
          <SplitPane
            id="split-files"
            at="left"
            initial={220}
            min={140}
            max={480}
            label="Width of the files"
            closed={!filesShown}
            side={<FileList proposal={proposal} shown={shown} />}
          >
            <Board proposal={proposal} shown={shown} filtered={text !== ''} />
          </SplitPane>
        </div>
      </SplitPane>
      <MemberInspector proposal={proposal} />
      {writing && <WriteDialog proposal={proposal} onClose={() => setWriting(false)} />}
    </Screen>
  );
}

function Facts({ proposal }: { proposal: SplitProposal }): ReactElement {
  return (
    <Tabs defaultValue="proof" className={classes.facts} keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="proof">Proof</Tabs.Tab>
        <Tabs.Tab value="interfaces">Interfaces ({proposal.interfaces.length})</Tabs.Tab>
        <Tabs.Tab value="moves">Moved ({proposal.moves.length})</Tabs.Tab>
        <Tabs.Tab value="reach">Reach of a change</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="proof" className={classes.factsPanel}>
        <ProofPane proposal={proposal} />
      </Tabs.Panel>
      <Tabs.Panel value="interfaces" className={classes.factsPanel}>
        <InterfacesTable proposal={proposal} />
      </Tabs.Panel>
      <Tabs.Panel value="moves" className={classes.factsPanel}>
        <MovesTable proposal={proposal} />
      </Tabs.Panel>
      <Tabs.Panel value="reach" className={classes.factsPanel}>
        <ReachTable proposal={proposal} />
      </Tabs.Panel>
    </Tabs>
  );
}
