import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Waypoints } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { ResourceDetail, StateContents } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';
import {
  Button,
  CategoryIcon,
  CloseButton,
  CodeBlock,
  Group,
  Inspector,
  KeyValues,
  RelativeTime,
  ShortId,
  Stack,
  StatusBadge,
  Table,
  Tabs,
  Text,
} from '../../../ui/index.ts';
import { useAsOf } from '../as-of.ts';
import classes from '../estate.module.css';
import { QuestionPanel } from '../questions/question-panel.tsx';
import type { Question } from '../questions/questions.ts';
import { useSelectionStore } from '../selection-store.ts';
import { StaleNotice } from './stale-notice.tsx';
import { RelationshipList } from './relationship-list.tsx';
import { StateContentsList } from './state-contents.tsx';
import { StatesOf } from './states-of.tsx';

export interface ResourceInspectorProps {
  id: string;
  /** The question asked about it; null shows the facts. */
  ask: Question | null;
  onAsk: (ask: Question | null) => void;
  /** The other end of the path asked for. */
  to: string | null;
  onTo: (id: string | null) => void;
  onSelect: (id: string) => void;
  onClose: () => void;
  onAround: (id: string) => void;
}

const everywhere = { scopes: [], regions: [] };

/** The facts of one resource and questions about it, in the frame's inspector. */
export function ResourceInspector(props: ResourceInspectorProps): ReactElement {
  const { api } = useEngine();
  const asOf = useAsOf();
  const detail = useQuery(api.estate.resource.queryOptions({ input: { asOf, id: props.id } }));
  return (
    <Inspector>
      <QueryView query={detail} loading="Reading the resource" failed="The resource could not be read">
        {(data) => <Detail {...props} detail={data} />}
      </QueryView>
    </Inspector>
  );
}

function Detail(props: ResourceInspectorProps & { detail: ResourceDetail }): ReactElement {
  const { detail } = props;
  const { row, manages } = detail;
  const [tab, setTab] = useState<string | null>('facts');
  const show = (next: string | null) => {
    if (next === 'questions') props.onAsk('dependents');
    else if (props.ask !== null) props.onAsk(null);
    if (next !== 'questions') setTab(next);
  };
  const isManaged = row.managedBy !== null || row.states.length > 0;
  const isPicked = useSelectionStore((state) => state.picked.has(row.id));
  const pickedRows = useSelectionStore((state) => state.pickedRows);
  return (
    <>
      <header className={classes.inspectorHead}>
        <CategoryIcon category={row.category} size={18} />
        <div style={{ flex: 1, minWidth: 0 }}>
          <h2>{row.name === '' ? row.nativeId : row.name}</h2>
          <div className="gp-dimmed">{row.kind}</div>
        </div>
        <CloseButton aria-label="Close the inspector" onClick={props.onClose} />
      </header>
      <div className={classes.inspectorBody}>
        <Stack gap={12}>
          <Group gap={4}>
            {isManaged && <StatusBadge tone="good">managed</StatusBadge>}
            {!isManaged && !row.isStub && manages === null && <StatusBadge tone="neutral">not managed</StatusBadge>}
            {row.gone && <StatusBadge tone="attention">gone: no longer listed</StatusBadge>}
            {row.isStub && !row.gone && <StatusBadge tone="unknown">referred to, not discovered</StatusBadge>}
            {row.stale && <StatusBadge tone="unknown">last seen in run {row.lastRun}</StatusBadge>}
            {row.public === true && <StatusBadge tone="attention">public</StatusBadge>}
          </Group>
          <StaleNotice detail={detail} />
          <Group gap={8}>
            <Button
              variant="default"
              leftSection={<Waypoints size={14} aria-hidden />}
              onClick={() => props.onAround(row.id)}
            >
              Show around it
            </Button>
            <Button variant="default" disabled={isPicked} onClick={() => pickedRows([row])}>
              {isPicked ? 'Selected' : 'Select'}
            </Button>
          </Group>
          <Tabs value={props.ask === null ? tab : 'questions'} onChange={show}>
            <Tabs.List mb={12}>
              <Tabs.Tab value="facts">Facts</Tabs.Tab>
              <Tabs.Tab value="relationships">
                Relationships {detail.relationships.length + (manages?.total ?? 0)}
              </Tabs.Tab>
              <Tabs.Tab value="questions">Questions</Tabs.Tab>
              <Tabs.Tab value="raw">Raw</Tabs.Tab>
              <Tabs.Tab value="history">History</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="facts">
              <Facts detail={detail} />
            </Tabs.Panel>
            <Tabs.Panel value="relationships">
              {manages === null ? (
                <RelationshipList
                  relationships={detail.relationships}
                  unfollowed={detail.unfollowedReferences}
                  onSelect={props.onSelect}
                />
              ) : (
                <StateContentsList state={row.id} manages={manages} onSelect={props.onSelect} />
              )}
            </Tabs.Panel>
            <Tabs.Panel value="questions">
              {props.ask !== null && (
                <QuestionPanel
                  subject="resource"
                  question={props.ask}
                  onQuestion={props.onAsk}
                  ids={[row.id]}
                  place={everywhere}
                  to={props.to}
                  onTo={props.onTo}
                  onSelect={props.onSelect}
                />
              )}
            </Tabs.Panel>
            <Tabs.Panel value="raw">
              {detail.raw === null ? (
                <Text c="dimmed">No body: the resource is only referred to.</Text>
              ) : (
                <CodeBlock text={JSON.stringify(detail.raw, null, 2)} label="raw body" maxHeight="60vh" />
              )}
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <History history={detail.history} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      </div>
    </>
  );
}

function Facts({ detail }: { detail: ResourceDetail }): ReactElement {
  const { row, manages } = detail;
  const tags = Object.entries(row.tags);
  return (
    <Stack gap={16}>
      <KeyValues
        entries={[
          ['Id', <ShortId key="native" id={row.nativeId} most={40} />],
          ['Full id', row.id === row.nativeId ? null : <ShortId key="id" id={row.id} most={40} />],
          ['Account', row.scopeName],
          ['Region', row.zone === null ? row.region : `${row.region}, ${row.zone}`],
          ['State', row.state],
          ['CIDR', row.cidr],
          ['Address', row.ip],
          ['Created', row.createdAt === null ? null : <RelativeTime key="created" at={row.createdAt} />],
          [
            'Managed by',
            row.managedBy === null ? null : (
              <span key="managed">
                environment{' '}
                <Link to="/drift/$environment" params={{ environment: row.managedBy.environment }}>
                  {row.managedBy.environment}
                </Link>
                ,{' '}
                <Link to="/catalog/$name" params={{ name: row.managedBy.blueprint }}>
                  {row.managedBy.blueprint}
                </Link>{' '}
                {row.managedBy.version}
                <div className="gp-mono">{row.managedBy.address}</div>
              </span>
            ),
          ],
          ['Managed by state', row.states.length === 0 ? null : <StatesOf key="states" claims={row.states} />],
          ['Manages', manages === null ? null : managesText(manages)],
          ['Seen in runs', row.firstRun === row.lastRun ? String(row.lastRun) : `${row.firstRun} to ${row.lastRun}`],
        ]}
      />
      <div>
        <Text fw={600} mb={4}>
          Tags <span className="gp-dimmed">{tags.length}</span>
        </Text>
        {tags.length === 0 ? <Text c="dimmed">No tags.</Text> : <KeyValues entries={tags} />}
      </div>
    </Stack>
  );
}

function managesText({ total, gone, replacedBy }: StateContents): string {
  if (replacedBy !== null) return `nothing: it was imported again later, as ${replacedBy.name}`;
  return `${total} ${total === 1 ? 'resource' : 'resources'}${gone === 0 ? '' : `, ${gone} of them gone`}`;
}

function History({ history }: { history: ResourceDetail['history'] }): ReactElement {
  if (history.length === 0) return <Text c="dimmed">No run has recorded its body.</Text>;
  return (
    <Table aria-label="History">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Run</Table.Th>
          <Table.Th>When</Table.Th>
          <Table.Th>Body</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {history.map((entry, index) => (
          <Table.Tr key={entry.run}>
            <Table.Td>{entry.run}</Table.Td>
            <Table.Td>
              <RelativeTime at={entry.at} />
            </Table.Td>
            <Table.Td>
              <ShortId id={entry.contentHash} most={14} /> {index === history.length - 1 ? 'first seen' : 'changed'}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
