import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { nameSchema, type SplitEmission, type SplitProposal } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import {
  Button,
  Checkbox,
  FailedNotice,
  Group,
  Modal,
  Radio,
  Stack,
  TargetFields,
  Text,
  Textarea,
  TextInput,
} from '../../../ui/index.ts';
import { useSplitStore } from '../decisions/split-store.ts';
import classes from '../split.module.css';
import { placeAtFirst, placeOf } from './typed-place.ts';

interface WriteDialogProps {
  readonly proposal: SplitProposal;
  readonly onClose: () => void;
}

/** Writes the parts into the open workspace: artifacts, the blueprint that runs them, the environment that is there. */
export function WriteDialog({ proposal, onClose }: WriteDialogProps): ReactElement {
  const { client } = useEngine();
  const { options, choose } = useSplitStore();
  const [place, setPlace] = useState(() => placeAtFirst(options.target, proposal.foundTarget));
  const secrets = new Set(proposal.interfaces.flatMap(({ sensitive, output }) => (sensitive ? [output] : [])));
  const name = options.name ?? proposal.name;
  const { target, problems, outcome } = placeOf(place, options.environment ?? name);
  const chosen = { target, makeEnvironment: target !== null };
  const isWrong = problems.account !== null || problems.region !== null;
  const write = useMutation({
    mutationFn: () => {
      const { root, decisions } = proposal;
      return client.split.emit({ root, decisions, options: { ...options, ...chosen } });
    },
  });
  if (write.data !== undefined) return <Written emission={write.data} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={`Write ${proposal.groups.length} parts`} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          choose(chosen);
          write.mutate();
        }}
      >
        <Stack>
          <Text>
            The parts become artifacts of this workspace, with a blueprint that runs them in order. The root and its
            state stay as they are.
          </Text>
          <TextInput
            label="Name of the blueprint"
            data-autofocus
            value={name}
            error={nameSchema.safeParse(name).success ? null : 'Lower-case letters, digits and dashes'}
            onChange={(event) => choose({ name: event.currentTarget.value })}
          />
          <TargetFields
            description="Where the root runs already. Leave a field empty to write no environment."
            value={place}
            problems={problems}
            accounts={[]}
            onChange={setPlace}
          />
          <Text role="status">{outcome}</Text>
          <Radio.Group
            label="How parts get values of one another"
            value={options.wiring}
            onChange={(value) => choose({ wiring: value === 'remote-state' ? 'remote-state' : 'blueprint' })}
          >
            <Group mt={4}>
              <Radio value="blueprint" label="handed on by the blueprint" />
              <Radio value="remote-state" label="read from the other part’s state" />
            </Group>
          </Radio.Group>
          <Radio.Group
            label="What each part is"
            value={options.wrap ? 'module' : 'root'}
            onChange={(value) => choose({ wrap: value === 'module' })}
          >
            <Group mt={4}>
              <Radio value="root" label="a root, with the addresses it has" />
              <Radio value="module" label="a module that its root calls, with moved blocks" />
            </Group>
          </Radio.Group>
          <Textarea
            label="Files with values of variables"
            description="One path per line, besides those that the tool reads by itself"
            autosize
            spellCheck={false}
            value={options.values.join('\n')}
            onChange={(event) =>
              choose({ values: event.currentTarget.value.split('\n').filter((line) => line !== '') })
            }
          />
          {secrets.size > 0 && (
            <Checkbox
              label={`Secrets may cross between parts: ${[...secrets].join(', ')}`}
              checked={options.allowSecrets}
              onChange={(event) => choose({ allowSecrets: event.currentTarget.checked })}
            />
          )}
          {write.error !== null && <FailedNotice title="Not written." error={errorOf(write.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={write.isPending}
              disabled={isWrong || (secrets.size > 0 && !options.allowSecrets)}
            >
              Write {proposal.groups.length} artifacts and the blueprint
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Written({ emission, onClose }: { emission: SplitEmission; onClose: () => void }): ReactElement {
  const { artifacts, blueprint, environment, problems } = emission;
  return (
    <Modal opened onClose={onClose} title="Written" size="lg">
      <Stack>
        <Text>
          {artifacts.length} artifacts and the blueprint{' '}
          <Link to="/blueprints/$name" params={{ name: blueprint }}>
            {blueprint}
          </Link>
          {environment === null ? '.' : `, with the environment ${environment}.`}
        </Text>
        <ul className={classes.problems}>
          {artifacts.map((name) => (
            <li key={name}>
              <Link to="/artifacts/$name" params={{ name }}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
        {problems.length > 0 && (
          <ul className={classes.problems} aria-label="Remarks">
            {problems.map(({ code, message, advice }) => (
              <li key={`${code} ${message}`}>
                {message} {advice}
              </li>
            ))}
          </ul>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose}>Close</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
