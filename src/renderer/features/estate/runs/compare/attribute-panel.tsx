import type { ReactElement } from 'react';
import type { RunDifference } from '#shared/model/index.ts';
import { ActionSign, Button, Group, PartialNotice, ShortId, Stack, Table } from '../../../../ui/index.ts';
import classes from './compare.module.css';
import type { RunPair } from './compare-view.tsx';
import { actionOfChange, wholeValue } from './difference-words.ts';

export interface AttributePanelProps {
  difference: RunDifference;
  pair: RunPair;
  onResource: (id: string, asOf: number | null) => void;
}

/** One resource: each attribute that changed, as the two runs saw it. */
export function AttributePanel({ difference, pair, onResource }: AttributePanelProps): ReactElement {
  const { change, name, kind, id, changes, unread } = difference;
  return (
    <section className={classes.panel} aria-label={`Differences of ${name}`}>
      <Stack gap={8} p={12}>
        <Group gap={8}>
          <ActionSign action={actionOfChange(change)} said={change} />
          <strong>{name}</strong>
          <span className="gp-dimmed">{kind}</span>
        </Group>
        <Group gap={8}>
          <ShortId id={id} />
          {change === 'removed' ? (
            <Button variant="default" size="compact-xs" onClick={() => onResource(id, pair.from)}>
              Show as it was after run {pair.from}
            </Button>
          ) : (
            <Button variant="default" size="compact-xs" onClick={() => onResource(id, null)}>
              Show in the estate
            </Button>
          )}
        </Group>
        {unread && (
          <PartialNotice>One of the two bodies can not be read any more; that it changed is certain.</PartialNotice>
        )}
        {change === 'added' && (
          <p className="gp-dimmed">
            Run {pair.to} saw it; run {pair.from} had not.
          </p>
        )}
        {change === 'removed' && (
          <p className="gp-dimmed">
            Run {pair.from} saw it; run {pair.to} did not any more.
          </p>
        )}
        {changes.length > 0 && (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Attribute</Table.Th>
                <Table.Th>Run {pair.from}</Table.Th>
                <Table.Th>Run {pair.to}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changes.map((attribute) => (
                <Table.Tr key={attribute.path}>
                  <Table.Td className={classes.value}>{attribute.path}</Table.Td>
                  <Table.Td className={classes.value}>{wholeValue(attribute.before)}</Table.Td>
                  <Table.Td className={classes.value}>{wholeValue(attribute.after)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </section>
  );
}
