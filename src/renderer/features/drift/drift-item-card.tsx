import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { Json } from '#shared/base/json.ts';
import type { DriftItem } from '#shared/model/index.ts';
import { ActionSign, Checkbox, CopyButton, RelativeTime, ShortId, Table } from '../../ui/index.ts';
import { describeItem } from './drift-state.ts';
import classes from './drift.module.css';

interface DriftItemCardProps {
  item: DriftItem;
  selected: boolean;
  onSelect: (on: boolean) => void;
}

/** One difference: the address, and each attribute as it should be and as it is. */
export function DriftItemCard({ item, selected, onSelect }: DriftItemCardProps): ReactElement {
  return (
    <article className={classes.item} aria-label={item.address}>
      <div className={classes.itemHeader}>
        {item.decision === null && (
          <Checkbox
            aria-label={`Select ${item.address}`}
            checked={selected}
            onChange={(event) => onSelect(event.currentTarget.checked)}
          />
        )}
        <ActionSign action={item.change === 'deleted' ? 'delete' : item.change === 'changed' ? 'update' : 'import'} />
        <code className={classes.address}>{item.address}</code>
        <CopyButton text={item.address} label="Copy the address" />
        <span className={classes.dim}>{item.node}</span>
        {item.cloudId !== null && <ShortId id={item.cloudId} />}
        {item.resourceId !== null && (
          <Link to="/estate" search={{ id: item.resourceId }}>
            Show in the estate
          </Link>
        )}
      </div>
      <p className={classes.dim}>{describeItem(item)}</p>
      {item.attributes.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Attribute</Table.Th>
              <Table.Th>Deployed</Table.Th>
              <Table.Th>Runs now</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {item.attributes.map((attribute) => (
              <Table.Tr key={attribute.path}>
                <Table.Td>
                  <code>{attribute.path}</code>
                </Table.Td>
                <Table.Td className={classes.value}>{shown(attribute.expected, attribute.sensitive)}</Table.Td>
                <Table.Td className={classes.value}>{shown(attribute.actual, attribute.sensitive)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {item.decision !== null && <Decision decision={item.decision} />}
    </article>
  );
}

function Decision({ decision }: { decision: NonNullable<DriftItem['decision']> }): ReactElement {
  const words = { revert: 'To be put back', accept: 'Taken over', ignore: 'Ignored' };
  return (
    <p className={classes.decision}>
      {words[decision.action]} by {decision.by} <RelativeTime at={decision.at} />
      {decision.reason !== '' && `: ${decision.reason}`}
      {decision.until !== null && (
        <>
          {' until '}
          <RelativeTime at={decision.until} />
        </>
      )}
      {decision.action === 'revert' && decision.result !== null && (
        <>
          {' · '}
          <Link to="/review/$id" params={{ id: decision.result }}>
            Open the review
          </Link>
        </>
      )}
    </p>
  );
}

function shown(value: Json, sensitive: boolean): string {
  if (sensitive) return '(sensitive)';
  if (value === null) return 'not set';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}
