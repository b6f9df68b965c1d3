import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { Json } from '#shared/base/json.ts';
import type { Review, ReviewInput } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, SchemaField, Stack, valueProblem } from '../../../ui/index.ts';
import classes from './review.module.css';

const origins: Record<ReviewInput['origin'], string> = {
  proposer: 'from the proposal',
  default: 'default',
  target: 'from the target',
  person: 'filled in here',
  missing: 'to fill in',
};

function valueText(input: ReviewInput): string {
  if (input.origin === 'missing') return '●';
  if (input.sensitive) return 'hidden';
  return typeof input.value === 'string' ? input.value : JSON.stringify(input.value);
}

/** Every input with where its value came from, and the fields only a person may fill in. */
export function InputsSection({ review, editable }: { review: Review; editable: boolean }): ReactElement {
  const { inputs } = review;
  const [again, setAgain] = useState(false);
  const missing = inputs.filter((input) => input.origin === 'missing');
  const filled = inputs.filter((input) => input.origin === 'person');
  const shown = again ? [...missing, ...filled] : missing;
  return (
    <section className={classes.section} aria-label="Inputs">
      <header>
        <h2>{`Inputs (${inputs.length})`}</h2>
        {missing.length > 0 && <span>{`${missing.length} to fill in`}</span>}
        {editable && filled.length > 0 && !again && (
          <Button variant="default" onClick={() => setAgain(true)}>
            Change what was filled in
          </Button>
        )}
      </header>
      {inputs.length === 0 && <p className="gp-dimmed">This blueprint has no inputs.</p>}
      {inputs.length > 0 && (
        <div className={classes.scroll}>
          <table className="gp-table">
            <thead>
              <tr>
                <th scope="col">Input</th>
                <th scope="col">Value</th>
                <th scope="col">Origin</th>
                <th scope="col">Description</th>
              </tr>
            </thead>
            <tbody>
              {inputs.map((input) => (
                <tr key={input.name}>
                  <td className="gp-mono">{input.name}</td>
                  <td className={classes.value}>{valueText(input)}</td>
                  <td>
                    {origins[input.origin]}
                    {input.sensitive ? ', sensitive' : ''}
                    {input.origin === 'missing' && !input.required ? ', optional' : ''}
                  </td>
                  <td>{input.description}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {editable && shown.length > 0 && (
        <FillIn key={shown.map(({ name }) => name).join(' ')} review={review} inputs={shown} />
      )}
    </section>
  );
}

function FillIn({ review, inputs }: { review: Review; inputs: readonly ReviewInput[] }): ReactElement {
  const { client } = useEngine();
  const [values, setValues] = useState<Readonly<Record<string, Json | undefined>>>(() =>
    Object.fromEntries(
      inputs.flatMap((input) => (input.sensitive || input.origin === 'missing' ? [] : [[input.name, input.value]])),
    ),
  );
  const [tried, setTried] = useState(false);
  const fill = useMutation({
    mutationFn: (given: Record<string, Json>) =>
      client.deployments.fillInputs({ id: review.deployment.id, values: given }),
  });
  const problems = new Map(
    inputs.map((input) => {
      const schema = review.inputPorts.properties[input.name] ?? {};
      const value = values[input.name];
      const absent = value === undefined && input.required ? 'It has to be filled in.' : null;
      return [input.name, absent ?? valueProblem(schema, value)];
    }),
  );
  function submit(): void {
    setTried(true);
    if ([...problems.values()].some((problem) => problem !== null)) return;
    const given = Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined);
    fill.mutate(Object.fromEntries(given));
  }
  return (
    <form
      aria-label="Fill in inputs"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm" maw={560}>
        {inputs.map((input) => {
          const schema = review.inputPorts.properties[input.name] ?? {};
          const isTyped = values[input.name] !== undefined;
          return (
            <SchemaField
              key={input.name}
              label={input.name}
              schema={input.sensitive ? { ...schema, 'x-sensitive': true } : schema}
              description={input.description === '' ? undefined : input.description}
              required={input.required}
              value={values[input.name]}
              error={tried || isTyped ? (problems.get(input.name) ?? null) : null}
              onChange={(value) => setValues({ ...values, [input.name]: value })}
            />
          );
        })}
        {fill.error !== null && <FailedNotice title="Not filled in." error={errorOf(fill.error)} />}
        <Group>
          <Button type="submit" loading={fill.isPending}>
            Fill in and plan again
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
