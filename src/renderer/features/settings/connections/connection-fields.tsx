import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { CloudSource } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Checkbox, FailedNotice, MultiSelect, Select, Stack, TagsInput, Text, TextInput } from '../../../ui/index.ts';
import { KindsField } from './kinds-field.tsx';
import { cloudNames, type ConnectionForm, type ConnectionFormProblems } from './connection-form.ts';

// Offered while typing; any other region can be typed. Empty means all of them.
const commonRegions = {
  aws: [
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
  ],
  azure: ['eastus', 'eastus2', 'westus2', 'westeurope', 'northeurope', 'uksouth', 'southeastasia', 'japaneast'],
  gcp: ['us-central1', 'us-east1', 'us-west1', 'europe-west1', 'europe-west4', 'asia-southeast1', 'asia-northeast1'],
};

interface FieldsProps {
  readonly form: ConnectionForm;
  readonly problems: ConnectionFormProblems;
  readonly change: (patch: Partial<ConnectionForm>) => void;
  readonly found: readonly CloudSource[];
}

/** The fields of a connection to one cloud; ways to sign in that were found on this machine are named. */
export function ConnectionFields(props: {
  form: ConnectionForm;
  problems: ConnectionFormProblems;
  onChange: (form: ConnectionForm) => void;
}): ReactElement {
  const { form, problems } = props;
  const { api } = useEngine();
  const sources = useQuery(api.discovery.sources.queryOptions());
  const found = (sources.data ?? []).filter(({ cloud }) => cloud === form.cloud);
  const change = (patch: Partial<ConnectionForm>): void => props.onChange({ ...form, ...patch });
  const fields: FieldsProps = { form, problems, change, found };
  return (
    <Stack gap={12}>
      {sources.error !== null && (
        <FailedNotice title="The sign-ins on this machine could not be read." error={errorOf(sources.error)} />
      )}
      {form.cloud === 'aws' ? <AwsFields {...fields} /> : <TokenFields {...fields} />}
      <TagsInput
        label="Regions"
        description={
          form.cloud === 'aws' ? 'Leave empty for every region that is enabled.' : 'Leave empty for every region.'
        }
        data={commonRegions[form.cloud]}
        value={[...form.regions]}
        error={problems.regions}
        onChange={(value) => change({ regions: value })}
      />
      <KindsField cloud={form.cloud} kinds={form.kinds} onChange={(kinds) => change({ kinds })} />
      <TextInput
        label="Endpoint"
        description={endpointWords[form.cloud]}
        placeholder={form.cloud === 'azure' ? 'https://management.usgovcloudapi.net' : 'http://127.0.0.1:5000'}
        value={form.endpoint}
        error={problems.endpoint}
        onChange={(event) => change({ endpoint: event.currentTarget.value })}
      />
    </Stack>
  );
}

const endpointWords = {
  aws: 'Only for an AWS-compatible service elsewhere; leave empty for AWS.',
  azure: 'Only for another cloud of Azure; leave empty for the public one.',
  gcp: 'Only for a service that speaks the same protocol elsewhere; leave empty for Google Cloud.',
};

/** Azure and Google Cloud: what to keep to, and a token where the machine's own sign-in is not meant. */
function TokenFields({ form, problems, change, found }: FieldsProps): ReactElement {
  const signIn = form.cloud === 'azure' ? '`az login`' : '`gcloud auth application-default login`';
  return (
    <>
      <Text c="dimmed">
        {found.length === 0
          ? `No sign-in was found on this machine. Run ${signIn}, or name the variable of a token below.`
          : `Found on this machine: ${found.map(({ name }) => name).join(', ')}.`}
      </Text>
      <TagsInput
        label={form.cloud === 'azure' ? 'Subscriptions or management groups' : 'Organisation, folders or projects'}
        description={
          form.cloud === 'azure'
            ? 'By id or name. Leave empty for every subscription that can be seen.'
            : 'organizations/N, folders/N or projects/ID.'
        }
        value={[...form.scopes]}
        error={problems.scopes}
        onChange={(value) => change({ scopes: value })}
      />
      <TextInput
        label="Variable with a bearer token"
        description={`Its name is kept, never its value. Leave empty to use what ${cloudNames[form.cloud]}’s own tools are signed in with.`}
        placeholder={form.cloud === 'azure' ? 'AZURE_ACCESS_TOKEN' : 'GOOGLE_ACCESS_TOKEN'}
        value={form.accessTokenEnv}
        error={problems.accessTokenEnv}
        onChange={(event) => change({ accessTokenEnv: event.currentTarget.value })}
      />
      {form.cloud === 'gcp' && (
        <Select
          label="Transport"
          description="How to talk to Google; REST where a proxy lets no gRPC through."
          data={[
            { value: 'grpc', label: 'gRPC' },
            { value: 'rest', label: 'REST' },
          ]}
          placeholder="gRPC"
          clearable
          value={form.transport === '' ? null : form.transport}
          onChange={(value) => change({ transport: value === 'grpc' || value === 'rest' ? value : '' })}
        />
      )}
    </>
  );
}

/** AWS: profiles, accounts and the role to take in them. */
function AwsFields({ form, problems, change, found }: FieldsProps): ReactElement {
  const profiles = found.filter((source) => source.kind === 'profile');
  const environment = found.find((source) => source.kind === 'environment');
  return (
    <>
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
      <TextInput
        label="External id"
        description="Where the trust policy of the role asks for one. It is kept with the connection: it is no secret."
        value={form.externalId}
        error={problems.externalId}
        onChange={(event) => change({ externalId: event.currentTarget.value })}
      />
      <TagsInput
        label="Keep to"
        description="Accounts or organisational units of the organisation. Leave empty for all of them."
        value={[...form.scopes]}
        error={problems.scopes}
        onChange={(value) => change({ scopes: value })}
      />
    </>
  );
}
