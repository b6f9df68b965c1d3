import { useMemo, type ReactElement } from 'react';
import type { AlignedResource, Comparison } from '#shared/model/index.ts';
import { DataTable, EmptyState, SplitPane, StatusBadge, Tooltip, type DataColumn } from '../../../ui/index.ts';
import classes from '../patterns.module.css';
import { lookOfVerdict, missingIn, sortAttributes, valueText } from './attribute-rows.ts';

export interface ResourcePaneProps {
  comparison: Comparison;
  selected: string | null;
  onSelect: (key: string) => void;
}

/** The resources of the pattern, and the attributes of the chosen one instance by instance. */
export function ResourcePane({ comparison, selected, onSelect }: ResourcePaneProps): ReactElement {
  const resource = comparison.resources.find((candidate) => candidate.key === selected) ?? comparison.resources[0];
  return (
    <SplitPane
      id="patterns.resources"
      at="left"
      initial={440}
      min={240}
      max={900}
      label="Width of the list of resources"
      side={
        <DataTable
          id="patterns.resources"
          label="Resources of the pattern"
          columns={resourceColumns}
          rows={comparison.resources}
          rowId={(candidate) => candidate.key}
          active={resource?.key ?? null}
          onActive={(candidate) => onSelect(candidate.key)}
          empty="No resource is common to the instances."
        />
      }
    >
      {resource === undefined ? (
        <EmptyState title="Nothing to compare">The instances hold no resources that can be written as code.</EmptyState>
      ) : (
        <AttributeTable comparison={comparison} resource={resource} />
      )}
    </SplitPane>
  );
}

const resourceColumns: readonly DataColumn<AlignedResource>[] = [
  { id: 'address', title: 'Resource', width: 210, cell: (row) => row.address, sortBy: (row) => row.address },
  { id: 'node', title: 'Part', width: 90, cell: (row) => row.node, sortBy: (row) => row.node },
  {
    id: 'differs',
    title: 'Differs',
    width: 70,
    align: 'end',
    cell: (row) => differing(row),
    sortBy: differing,
  },
  {
    id: 'missing',
    title: 'Missing in',
    width: 110,
    cell: (row) => {
      const missing = missingIn(row);
      return missing.length === 0 ? '' : <StatusBadge tone="unknown">{missing.join(', ')}</StatusBadge>;
    },
    sortBy: (row) => missingIn(row).length,
  },
  { id: 'kind', title: 'Kind', width: 180, cell: (row) => row.kind, sortBy: (row) => row.kind },
];

function differing(row: AlignedResource): number {
  return row.attributes.filter((attribute) => attribute.verdict === 'input').length;
}

type Attribute = AlignedResource['attributes'][number];

function AttributeTable(props: { comparison: Comparison; resource: AlignedResource }): ReactElement {
  const { comparison, resource } = props;
  const columns = useMemo(() => attributeColumns(comparison, resource), [comparison, resource]);
  const rows = useMemo(() => sortAttributes(resource.attributes), [resource]);
  return (
    <DataTable
      id="patterns.attributes"
      label={`Attributes of ${resource.address}`}
      columns={columns}
      rows={rows}
      rowId={(attribute) => attribute.path}
      empty="No attribute was read."
    />
  );
}

function attributeColumns(comparison: Comparison, resource: AlignedResource): DataColumn<Attribute>[] {
  return [
    { id: 'path', title: 'Attribute', width: 190, cell: (row) => row.path, sortBy: (row) => row.path },
    {
      id: 'verdict',
      title: 'Verdict',
      width: 110,
      cell: (row) => {
        const look = lookOfVerdict(row.verdict);
        return (
          <Tooltip label={look.meaning}>
            <span>
              <StatusBadge tone={look.tone}>{look.word}</StatusBadge>
            </span>
          </Tooltip>
        );
      },
      sortBy: (row) => row.verdict,
    },
    ...comparison.instances.map(({ name }): DataColumn<Attribute> => {
      const member = resource.members.find((candidate) => candidate.instance === name);
      return {
        id: `instance ${name}`,
        title: member?.id == null ? `${name} (has none)` : name,
        width: 190,
        cell: (row) => <Value text={valueText(row.values[name])} />,
        sortBy: (row) => valueText(row.values[name]),
      };
    }),
    { id: 'becomes', title: 'Becomes', width: 220, cell: (row) => <Value text={row.becomes ?? ''} /> },
  ];
}

function Value({ text }: { text: string }): ReactElement {
  return (
    <span className={classes.value} title={text}>
      {text}
    </span>
  );
}
