import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import type { Json } from '#shared/base/json.ts';
import { nameSchema, targetSchema, type PublishedBlueprint } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import {
  Autocomplete,
  Button,
  FailedNotice,
  Group,
  SchemaField,
  Stack,
  Textarea,
  valueProblem,
} from '../../../ui/index.ts';
import { awsRegions } from './aws-regions.ts';

type Values = Readonly<Record<string, Json | undefined>>;

/** Asks for a deployment of a published blueprint. Nothing runs before somebody approves it on the review screen. */
export function ProposeForm({ published }: { published: PublishedBlueprint }): ReactElement {
  const { api, client } = useEngine();
  const navigate = useNavigate();
  const { release } = published.entry;
  const [environment, setEnvironment] = useState('');
  const [account, setAccount] = useState('');
  const [region, setRegion] = useState('');
  const [reason, setReason] = useState('');
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState(false);
  const scopes = useQuery(api.estate.scopes.queryOptions());
  const environments = useQuery(api.catalog.environments.queryOptions());
  const accounts = (scopes.data ?? []).filter((scope) => scope.kind === 'account');
  const known = environments.data?.environments ?? [];

  const fromTarget = new Set(
    Object.entries(published.document?.inputs ?? {}).flatMap(([name, input]) =>
      input.from === 'target' ? [name] : [],
    ),
  );
  const asked = Object.entries(published.inputs.properties).filter(([name]) => !fromTarget.has(name));
  const fields = asked.filter(([, schema]) => schema['x-sensitive'] !== true);
  const secrets = asked.filter(([, schema]) => schema['x-sensitive'] === true).map(([name]) => name);

  const existing = known.find(({ name }) => name === environment);
  const problems = {
    environment: issueOf(nameSchema.safeParse(environment)),
    account: issueOf(targetSchema.shape.account.safeParse(account)),
    region: issueOf(targetSchema.shape.region.safeParse(region)),
  };
  const valueIssues = fields.map(([name, schema]) => valueProblem(schema, values[name]));
  const isSound = [...Object.values(problems), ...valueIssues].every((problem) => problem === null);
  const propose = useMutation({
    mutationFn: () =>
      client.deployments.propose({
        blueprint: `${release.name}@${release.version}`,
        environment,
        target: { cloud: 'aws', account, region },
        inputs: Object.fromEntries(
          Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined),
        ),
        reason,
      }),
    onSuccess: (deployment) => void navigate({ to: '/review/$id', params: { id: deployment.id } }),
  });

  function chooseEnvironment(name: string): void {
    setEnvironment(name);
    const match = known.find((candidate) => candidate.name === name);
    if (match === undefined) return;
    setAccount(match.target.account);
    setRegion(match.target.region);
  }

  const shown = (problem: string | null, text: string) => (tried || text !== '' ? problem : null);
  return (
    <form
      aria-label="Propose for a region"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isSound) propose.mutate();
      }}
    >
      <Stack maw={640}>
        <p className="gp-dimmed">
          A proposal is planned and then waits on the review screen. Nothing changes before a person approves it there.
        </p>
        <Autocomplete
          label="Environment"
          description="A new name, or an environment to change"
          placeholder="ap"
          data={known.map(({ name }) => name)}
          value={environment}
          error={shown(problems.environment, environment)}
          onChange={chooseEnvironment}
        />
        {existing !== undefined && (
          <p>
            {existing.status === 'adoptable'
              ? `${existing.name} runs already and is not managed yet; this proposal adopts what is there.`
              : `${existing.name} exists and runs ${existing.blueprint} ${existing.version}; this proposal changes it.`}
          </p>
        )}
        <Autocomplete
          label="Account"
          description="Twelve digits"
          data={[
            ...new Set([...accounts.map((scope) => scope.nativeId), ...known.map(({ target }) => target.account)]),
          ]}
          renderOption={({ option }) => {
            const scope = accounts.find(({ nativeId }) => nativeId === option.value);
            return scope === undefined ? option.value : `${option.value} ${scope.name}`;
          }}
          value={account}
          error={shown(problems.account, account)}
          onChange={setAccount}
        />
        <Autocomplete
          label="Region"
          data={[...awsRegions]}
          value={region}
          error={shown(problems.region, region)}
          onChange={setRegion}
        />
        {fields.map(([name, schema]) => (
          <SchemaField
            key={name}
            label={name}
            schema={schema}
            value={values[name]}
            error={valueProblem(schema, values[name])}
            onChange={(value) => setValues({ ...values, [name]: value })}
          />
        ))}
        {secrets.length > 0 && (
          <p className="gp-dimmed">{`Filled in on the review screen, because they are secret: ${secrets.join(', ')}.`}</p>
        )}
        <Textarea
          label="Reason"
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {propose.error !== null && <FailedNotice title="Not proposed." error={errorOf(propose.error)} />}
        <Group>
          <Button type="submit" loading={propose.isPending}>
            {`Propose ${release.name} ${release.version}`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function issueOf(result: {
  success: boolean;
  error?: { issues: readonly { message: string }[] } | undefined;
}): string | null {
  return result.success ? null : (result.error?.issues[0]?.message ?? 'This is not right.');
}
