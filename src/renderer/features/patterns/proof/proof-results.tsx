import type { ReactElement } from 'react';
import type { InstanceProof } from '#shared/model/index.ts';
import { Accordion, Group, Stack, StatusBadge, Table, Text, type StatusTone } from '../../../ui/index.ts';
import { valueText } from '../comparison/attribute-rows.ts';
import classes from '../patterns.module.css';

const tones: Record<InstanceProof['status'], StatusTone> = {
  proven: 'good',
  differs: 'attention',
  failed: 'bad',
  'not-run': 'unknown',
};

/** Each instance's parts: what the tool would do, every difference by attribute, and what lives in its state only. */
export function ProofResults({ instances }: { instances: readonly InstanceProof[] }): ReactElement {
  const open = instances.filter((proof) => proof.status !== 'proven').map(keyOf);
  return (
    <Accordion multiple defaultValue={open} variant="separated">
      {instances.map((proof) => (
        <Accordion.Item key={keyOf(proof)} value={keyOf(proof)}>
          <Accordion.Control>
            <Group gap={8}>
              <StatusBadge tone={tones[proof.status]}>{proof.status.replace('-', ' ')}</StatusBadge>
              <strong>
                {proof.instance} / {proof.node}
              </strong>
              <span>
                {proof.imports} imports, {proof.add} to add, {proof.change} to change, {proof.destroy} to destroy
              </span>
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            <Stack gap={12}>
              {proof.problem !== null && <Text>{proof.problem}</Text>}
              {proof.differences.length > 0 && <Differences differences={proof.differences} />}
              <StateOnly stateOnly={proof.stateOnly} />
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function keyOf(proof: InstanceProof): string {
  // Becomes part of an element's id, so it must not hold a space.
  return `${proof.instance}.${proof.node}`;
}

function Differences({ differences }: { differences: InstanceProof['differences'] }): ReactElement {
  return (
    <Table aria-label="Differences" verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Address</Table.Th>
          <Table.Th>Attribute</Table.Th>
          <Table.Th>In the code</Table.Th>
          <Table.Th>In the cloud</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {differences.map((difference) => (
          <Table.Tr key={`${difference.address} ${difference.path}`} className={classes.value}>
            <Table.Td>{difference.address}</Table.Td>
            <Table.Td>{difference.path}</Table.Td>
            <Table.Td>{valueText(difference.code)}</Table.Td>
            <Table.Td>{valueText(difference.cloud)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function StateOnly({ stateOnly }: { stateOnly: InstanceProof['stateOnly'] }): ReactElement {
  if (stateOnly.length === 0) return <Text c="dimmed">No attribute lives in the tool’s state only.</Text>;
  return (
    <div>
      <Text fw={600}>Only in the tool’s state ({stateOnly.length})</Text>
      <Text c="dimmed">These change nothing in the cloud; each with why.</Text>
      <ul style={{ margin: '4px 0', paddingLeft: 18 }}>
        {stateOnly.map((entry) => (
          <li key={`${entry.address} ${entry.attribute}`}>
            <code>
              {entry.address} {entry.attribute}
            </code>{' '}
            {entry.why}
          </li>
        ))}
      </ul>
    </div>
  );
}
