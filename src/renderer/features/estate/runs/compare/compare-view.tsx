import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, ArrowLeftRight } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Run, RunChange, RunComparison, RunDifference } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../../rpc/index.ts';
import {
  absoluteText,
  ActionIcon,
  Button,
  Chip,
  Group,
  PartialNotice,
  Select,
  SplitPane,
  TextInput,
  useDebouncedValue,
} from '../../../../ui/index.ts';
import estate from '../../estate.module.css';
import { AttributePanel } from './attribute-panel.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { ExportButtons } from './export-buttons.tsx';
import { GapTable } from './gap-table.tsx';

export interface RunPair {
  readonly from: number;
  readonly to: number;
}

export interface CompareViewProps {
  runs: readonly Run[];
  pair: RunPair;
  nameOfScope: (id: string) => string;
  onPair: (pair: RunPair | null) => void;
  onResource: (id: string, asOf: number | null) => void;
}

/** What two runs saw differently: counts, resources with their attributes side by side, and what cannot be told. */
export function CompareView(props: CompareViewProps): ReactElement {
  const { runs, pair, onPair } = props;
  const { api } = useEngine();
  const compared = useQuery(api.runs.compare.queryOptions({ input: pair }));
  const choices = runs.map((run) => ({
    value: String(run.id),
    label: `Run ${run.id}, ${absoluteText(run.startedAt)}`,
  }));
  return (
    <div className={estate.pane}>
      <Group gap={8} p={8} px={16} align="flex-end">
        <Button variant="default" leftSection={<ArrowLeft size={14} aria-hidden />} onClick={() => onPair(null)}>
          All runs
        </Button>
        <Select
          label="From"
          w={260}
          data={choices}
          allowDeselect={false}
          value={String(pair.from)}
          onChange={(value) => onPair({ ...pair, from: Number(value) })}
        />
        <ActionIcon
          variant="default"
          size={30}
          aria-label="Swap the two runs"
          onClick={() => onPair({ from: pair.to, to: pair.from })}
        >
          <ArrowLeftRight size={14} aria-hidden />
        </ActionIcon>
        <Select
          label="To"
          w={260}
          data={choices}
          allowDeselect={false}
          value={String(pair.to)}
          onChange={(value) => onPair({ ...pair, to: Number(value) })}
        />
      </Group>
      <div className={estate.fill}>
        <QueryView query={compared} loading="Comparing the runs" failed="The runs could not be compared">
          {(comparison) => <Result key={`${pair.from} ${pair.to}`} {...props} comparison={comparison} />}
        </QueryView>
      </div>
    </div>
  );
}

type Shown = RunChange | 'gaps';

function Result(props: CompareViewProps & { comparison: RunComparison }): ReactElement {
  const { comparison, pair, nameOfScope, onResource } = props;
  const [shown, setShown] = useState<Shown | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [searched] = useDebouncedValue(text, 150);
  const [active, setActive] = useState<RunDifference | null>(null);
  const filter = {
    ...pair,
    changes: shown === null || shown === 'gaps' ? [] : [shown],
    kinds: kind === null ? [] : [kind],
    text: searched,
  };
  const choose = (next: Shown) => {
    setShown(next === shown ? null : next);
    setActive(null);
  };
  return (
    <div className={estate.pane}>
      <Group gap={8} px={16} pb={8}>
        <Count shown={shown} of="added" sign="+" count={comparison.added} onChoose={choose} />
        <Count shown={shown} of="removed" sign="−" count={comparison.removed} onChoose={choose} />
        <Count shown={shown} of="changed" sign="~" count={comparison.changed} onChoose={choose} />
        <Count shown={shown} of="gaps" sign="?" count={comparison.gaps} onChoose={choose} />
        <span className="gp-dimmed">{comparison.unchanged.toLocaleString('en')} unchanged</span>
        {shown !== 'gaps' && (
          <>
            <Select
              aria-label="Kind"
              placeholder="Every kind"
              clearable
              searchable
              data={comparison.kinds.map((one) => one.kind)}
              value={kind}
              onChange={setKind}
            />
            <TextInput
              aria-label="Search the differences"
              placeholder="Name or id"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </>
        )}
        <ExportButtons filter={filter} />
      </Group>
      {comparison.gaps > 0 && shown !== 'gaps' && (
        <PartialNotice>
          In {comparison.gaps === 1 ? '1 place' : `${comparison.gaps.toLocaleString('en')} places`} one of the runs did
          not see everything, so nothing is told about{' '}
          {comparison.unknown === 1 ? '1 resource' : `${comparison.unknown.toLocaleString('en')} resources`} there.
        </PartialNotice>
      )}
      <div className={estate.fill}>
        {shown === 'gaps' ? (
          <GapTable pair={pair} nameOfScope={nameOfScope} />
        ) : (
          <SplitPane
            id="estate.compare"
            at="right"
            initial={460}
            min={260}
            max={1000}
            label="Width of what changed"
            closed={active === null}
            side={active === null ? null : <AttributePanel difference={active} pair={pair} onResource={onResource} />}
          >
            <DifferenceTable
              key={JSON.stringify(filter)}
              filter={filter}
              nameOfScope={nameOfScope}
              active={active?.id ?? null}
              onActive={setActive}
            />
          </SplitPane>
        )}
      </div>
    </div>
  );
}

const words: Record<Shown, string> = { added: 'added', removed: 'removed', changed: 'changed', gaps: 'cannot tell' };

function Count(props: {
  shown: Shown | null;
  of: Shown;
  sign: string;
  count: number;
  onChoose: (of: Shown) => void;
}): ReactElement {
  return (
    <Chip size="xs" checked={props.shown === props.of} onChange={() => props.onChoose(props.of)}>
      <span aria-hidden>{props.sign} </span>
      {props.count.toLocaleString('en')} {words[props.of]}
    </Chip>
  );
}
