import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Checkbox, FailedNotice, MultiSelect, Stack, TagsInput, Text, TextInput } from '../../../ui/index.ts';
import type { ConnectionForm, ConnectionFormProblems } from './connection-form.ts';

// Offered while typing; any other region can be typed. Empty means "all that are enabled".
const commonRegions = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-central-1',
  'eu-north-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'ap-south-1',
  'sa-east-1',
];

/** The fields of an AWS connection; profiles found on this machine are offered. */
export function ConnectionFields(props: {
  form: ConnectionForm;
  problems: ConnectionFormProblems;
  onChange: (form: ConnectionForm) => void;
}): ReactElement {
  const { form, problems } = props;
  const { api } = useEngine();
  const sources = useQuery(api.discovery.sources.queryOptions());
  const found = sources.data ?? [];
  const profiles = found.filter((source) => source.kind === 'profile');
  const environment = found.find((source) => source.kind === 'environment');
  const change = (patch: Partial<ConnectionForm>) => props.onChange({ ...form, ...patch });
  return (
    <Stack gap={12}>
      {sources.error !== null && (
        <FailedNotice title="The profiles on this machine could not be read." error={errorOf(sources.error)} />
      )}
      <MultiSelect
        label="Profiles"
        description={
          profiles.length === 0
            ? 'No profile was found in ~/.aws/config or ~/.aws/credentials.'
            : `Found on this machine: ${profiles.length}. Only names are kept, never secrets.`
        }
        placeholder={form.profiles.length === 0 ? 'Choose profiles' : ''}
        data={profiles.map((profile) => ({
          value: profile.name,
          label: profile.region === null ? profile.name : `${profile.name} (${profile.region})`,
        }))}
        value={[...form.profiles]}
        onChange={(value) => change({ profiles: value })}
        searchable
        clearable
      />
      {environment !== undefined && form.profiles.length === 0 && (
        <Text c="dimmed">Without a profile, the credentials in this machine’s environment are used.</Text>
      )}
      <Checkbox
        label="Every account of the organisation"
        description="Lists the organisation’s accounts and assumes the role below in each."
        checked={form.organization}
        onChange={(event) => change({ organization: event.currentTarget.checked })}
      />
      <TagsInput
        label="Accounts"
        description="Twelve digits each. Leave empty for the caller’s own account, or the whole organisation."
        value={[...form.accounts]}
        error={problems.accounts}
        onChange={(value) => change({ accounts: value })}
      />
      <TextInput
        label="Role to assume in other accounts"
        value={form.role}
        error={problems.role}
        onChange={(event) => change({ role: event.currentTarget.value })}
      />
      <TagsInput
        label="Regions"
        description="Leave empty for every region that is enabled."
        data={commonRegions}
        value={[...form.regions]}
        error={problems.regions}
        onChange={(value) => change({ regions: value })}
      />
      <TextInput
        label="Endpoint"
        description="Only for an AWS-compatible service elsewhere; leave empty for AWS."
        placeholder="http://127.0.0.1:5000"
        value={form.endpoint}
        error={problems.endpoint}
        onChange={(event) => change({ endpoint: event.currentTarget.value })}
      />
    </Stack>
  );
}
