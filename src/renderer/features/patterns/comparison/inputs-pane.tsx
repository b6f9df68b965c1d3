import type { ReactElement } from 'react';
import type { Comparison } from '#shared/model/index.ts';
import { EmptyState, StatusBadge, Table, Text, TextInput } from '../../../ui/index.ts';
import classes from '../patterns.module.css';
import { valueText } from './attribute-rows.ts';
import { problemsOfRenames } from './renames.ts';

export interface InputsPaneProps {
  comparison: Comparison;
  renames: Readonly<Record<string, string>>;
  onRename: (renames: Record<string, string>) => void;
}

/** The inputs the blueprint would get, with each instance's value; every name can be changed. */
export function InputsPane({ comparison, renames, onRename }: InputsPaneProps): ReactElement {
  if (comparison.inputs.length === 0) {
    return (
      <EmptyState title="No inputs">Nothing differs between the instances but what follows from the target.</EmptyState>
    );
  }
  const names = comparison.inputs.map((input) => input.name);
  const problems = problemsOfRenames(names, renames);

  function rename(input: string, next: string): void {
    const others = Object.entries(renames).filter(([name]) => name !== input);
    onRename(Object.fromEntries(next === '' || next === input ? others : [...others, [input, next]]));
  }

  return (
    <div className={classes.padded}>
      <Text c="dimmed" mb={8}>
        What differs becomes an input; each instance’s value goes into its environment.
      </Text>
      <Table aria-label="Proposed inputs" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th miw={220}>Name</Table.Th>
            <Table.Th>Type</Table.Th>
            {comparison.instances.map(({ name }) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
            <Table.Th>Used by</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {comparison.inputs.map((input) => (
            <Table.Tr key={input.name}>
              <Table.Td>
                <TextInput
                  aria-label={`Name of the input ${input.name}`}
                  defaultValue={renames[input.name] ?? input.name}
                  error={problems[input.name]}
                  onBlur={(event) => rename(input.name, event.currentTarget.value.trim())}
                />
              </Table.Td>
              <Table.Td>
                {input.schema.type ?? 'any'}
                {input.schema.format === undefined ? '' : ` (${input.schema.format})`}{' '}
                {input.schema['x-sensitive'] === true && <StatusBadge tone="attention">sensitive</StatusBadge>}
                {input.schema.default !== undefined && (
                  <div className={`${classes.wrapped} gp-dimmed`}>default {valueText(input.schema.default)}</div>
                )}
              </Table.Td>
              {comparison.instances.map(({ name }) => (
                <Table.Td key={name} className={classes.wrapped}>
                  {input.schema['x-sensitive'] === true ? '••••' : valueText(input.values[name])}
                </Table.Td>
              ))}
              <Table.Td className={classes.wrapped}>{input.from.join(', ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
