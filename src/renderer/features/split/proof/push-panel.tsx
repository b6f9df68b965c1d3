import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { splitLockText, type SplitProposal, type SplitPush } from '#shared/model/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import {
  absoluteText,
  Button,
  FailedNotice,
  Group,
  Stack,
  StatusBadge,
  Table,
  Text,
  TextInput,
} from '../../../ui/index.ts';
import { useSplitStore } from '../decisions/split-store.ts';

interface PushPanelProps {
  readonly proposal: SplitProposal;
  /** When the last proof on this screen ended; what there is is asked anew then. */
  readonly provenAt: number | null;
}

const words: Readonly<Record<SplitPush['status'], string>> = {
  pushing: 'pushed in part',
  pushed: 'pushed',
  'rolling-back': 'rolled back in part',
  'rolled-back': 'rolled back',
};

/** After a complete proof of parts that were written: the push of the states, and its way back. */
export function PushPanel({ proposal, provenAt }: PushPanelProps): ReactElement | null {
  const { client, api } = useEngine();
  const { options } = useSplitStore();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [running, setRunning] = useState<SplitPush | 'starting' | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const { root, decisions } = proposal;
  const request = { root, decisions, options };
  const asked = api.split.standing.queryOptions({ input: request, staleTime: 0 });
  const standing = useQuery({ ...asked, queryKey: [...asked.queryKey, provenAt] });
  if (standing.data === undefined || !standing.data.written) return null;
  const { blueprint, push, provenAt: keptAt } = standing.data;
  const isPushed = push !== null && push.status !== 'rolled-back';
  if (!isPushed && keptAt === null) return null;
  const shown = running === null || running === 'starting' ? push : running;

  async function run(kind: 'push' | 'rollBack'): Promise<void> {
    setRunning('starting');
    setFailure(null);
    try {
      const call = kind === 'push' ? client.split.push : client.split.rollBack;
      for await (const step of await call({ ...request, confirm: typed })) setRunning(step);
    } catch (thrown) {
      setFailure(thrown);
    }
    setRunning(null);
    setTyped('');
    await queries.invalidateQueries({ queryKey: asked.queryKey });
  }

  const verb = isPushed ? 'Roll the states back' : `Push the states of ${proposal.groups.length} parts`;
  return (
    <section aria-label="States">
      <Stack gap={8}>
        <Group gap={8}>
          <strong>States</strong>
          {shown !== null && (
            <StatusBadge
              tone={shown.status === 'pushed' ? 'good' : shown.status === 'rolled-back' ? 'neutral' : 'attention'}
            >
              {words[shown.status]}
            </StatusBadge>
          )}
          {keptAt !== null && <span className="gp-dimmed">proven {absoluteText(keptAt)}</span>}
        </Group>
        <Text>
          {isPushed
            ? 'The root’s state is locked and put back from its backup, then those of the parts are emptied. Refused when somebody has written one of them since.'
            : 'The root’s state is locked. The parts get theirs, those first whose values others take; the root’s is emptied last, and only when it still is the one that was proven. A backup is kept, and the way back is offered here.'}
        </Text>
        {shown !== null && (
          <Table aria-label="States of the split">
            <Table.Tbody>
              {shown.places.map(({ place, where, status }) => (
                <Table.Tr key={place}>
                  <Table.Td>{place}</Table.Td>
                  <Table.Td>{status}</Table.Td>
                  <Table.Td className="gp-mono">{where}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {shown?.lock != null && <Text>{splitLockText(shown.lock)}</Text>}
        {failure !== null && <FailedNotice title="It stopped." error={errorOf(failure)} />}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed === blueprint) void run(isPushed ? 'rollBack' : 'push');
          }}
        >
          <Group gap={8} align="end">
            <TextInput
              size="xs"
              label={`Type ${blueprint} to confirm`}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button
              type="submit"
              size="xs"
              variant={isPushed ? 'default' : 'filled'}
              loading={running !== null}
              disabled={typed !== blueprint}
            >
              {verb}
            </Button>
          </Group>
        </form>
      </Stack>
    </section>
  );
}
