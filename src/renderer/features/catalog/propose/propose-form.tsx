import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import type { Json } from '#shared/base/json.ts';
import { nameSchema, targetWords, typedTarget, type PublishedBlueprint, type Target } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import {
  Autocomplete,
  Button,
  FailedNotice,
  Group,
  SchemaField,
  Stack,
  TargetFields,
  Textarea,
  valueProblem,
  type TypedTarget,
} from '../../../ui/index.ts';

type Values = Readonly<Record<string, Json | undefined>>;

/** Asks for a deployment of a published blueprint. Nothing runs before somebody approves it on the review screen. */
export function ProposeForm({ published }: { published: PublishedBlueprint }): ReactElement {
  const { api, client } = useEngine();
  const navigate = useNavigate();
  const { release } = published.entry;
  const [environment, setEnvironment] = useState('');
  const [place, setPlace] = useState<TypedTarget>({ cloud: 'aws', account: '', region: '' });
  const [reason, setReason] = useState('');
  const [values, setValues] = useState<Values>({});
  const [tried, setTried] = useState(false);
  const scopes = useQuery(api.estate.scopes.queryOptions());
  const environments = useQuery(api.catalog.environments.queryOptions());
  const accounts = (scopes.data ?? []).filter((scope) => scope.kind === targetWords[place.cloud].account);
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
  const typed = typedTarget(place.cloud, place.account, place.region);
  const problems = { environment: issueOf(nameSchema.safeParse(environment)), ...typed.problems };
  const valueIssues = fields.map(([name, schema]) => valueProblem(schema, values[name]));
  const isSound = [...Object.values(problems), ...valueIssues].every((problem) => problem === null);
  const propose = useMutation({
    mutationFn: (target: Target) =>
      client.deployments.propose({
        blueprint: `${release.name}@${release.version}`,
        environment,
        target,
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
    setPlace(match.target);
  }

  const shown = (problem: string | null, text: string) => (tried || text !== '' ? problem : null);
  return (
    <form
      aria-label="Propose for a region"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isSound && typed.target !== null) propose.mutate(typed.target);
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
        <TargetFields
          value={place}
          problems={{
            account: shown(typed.problems.account, place.account),
            region: shown(typed.problems.region, place.region),
          }}
          accounts={[
            ...accounts
              .filter((scope) => scope.cloud === place.cloud)
              .map((scope) => ({ id: scope.nativeId, name: scope.name })),
            ...known
              .filter(({ target }) => target.cloud === place.cloud)
              .map(({ target }) => ({ id: target.account, name: '' })),
          ]}
          onChange={setPlace}
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
