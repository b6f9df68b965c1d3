import { Autocomplete, Select, Stack } from '@mantine/core';
import type { ReactElement } from 'react';
import { targetClouds, targetWords, type TargetCloud } from '#shared/model/index.ts';
import { awsRegions } from './aws-regions.ts';

/** A target as it is typed: nothing of it need be right yet. */
export interface TypedTarget {
  readonly cloud: TargetCloud;
  readonly account: string;
  readonly region: string;
}

export interface TargetFieldsProps {
  readonly value: TypedTarget;
  readonly onChange: (value: TypedTarget) => void;
  /** What is shown of what is wrong. */
  readonly problems: { readonly account: string | null; readonly region: string | null };
  /** Accounts, subscriptions and projects to choose from, with their names. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
  readonly description?: string;
}

const accountHints: Readonly<Record<TargetCloud, string>> = {
  aws: 'Twelve digits',
  azure: 'The subscription’s id, not its name',
  gcp: 'The project’s id, not its number',
};

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** Asks for a cloud, and for an account and a region of it by the names that cloud has for them. */
export function TargetFields(props: TargetFieldsProps): ReactElement {
  const { value, onChange, problems, accounts, description } = props;
  const words = targetWords[value.cloud];
  return (
    <Stack>
      <Select
        label="Cloud"
        description={description}
        allowDeselect={false}
        data={targetClouds.map((cloud) => ({ value: cloud, label: targetWords[cloud].cloud }))}
        value={value.cloud}
        onChange={(chosen) => {
          const cloud = targetClouds.find((one) => one === chosen);
          // An account of one cloud is none of another.
          if (cloud !== undefined && cloud !== value.cloud) onChange({ cloud, account: '', region: '' });
        }}
      />
      <Autocomplete
        label={capital(words.account)}
        description={accountHints[value.cloud]}
        data={[...new Set(accounts.map(({ id }) => id))]}
        renderOption={({ option }) => {
          const name = accounts.find(({ id }) => id === option.value)?.name ?? '';
          return name === '' ? option.value : `${option.value} ${name}`;
        }}
        value={value.account}
        error={problems.account}
        onChange={(account) => onChange({ ...value, account })}
      />
      <Autocomplete
        label={capital(words.region)}
        description={value.cloud === 'aws' ? undefined : `For example ${words.example.split('/').at(-1) ?? ''}`}
        data={value.cloud === 'aws' ? [...awsRegions] : []}
        value={value.region}
        error={problems.region}
        onChange={(region) => onChange({ ...value, region })}
      />
    </Stack>
  );
}
