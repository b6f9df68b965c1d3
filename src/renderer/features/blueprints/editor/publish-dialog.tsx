import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { compareVersions } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Audience, Problem, VersionDiff } from '#shared/model/index.ts';
import { useCanvas, useCanvasStore } from '../../../canvas/index.ts';
import { errorOf, useEngine } from '../../../rpc/index.ts';
import { Button, FailedNotice, Group, Modal, notifyDone, Stack, Textarea, TextInput } from '../../../ui/index.ts';
import { AudienceFields } from './audience-fields.tsx';
import { countProblems } from './problems-panel.tsx';

export interface PublishDialogProps {
  readonly problems: readonly Problem[];
  readonly saveNow: () => Promise<void>;
  readonly onClose: () => void;
}

/** Makes the draft's version immutable: version proposed from what changed, audience, notes. */
export function PublishDialog({ problems, saveNow, onClose }: PublishDialogProps): ReactElement {
  const { api, client } = useEngine();
  const store = useCanvasStore();
  const navigate = useNavigate();
  const name = useCanvas((state) => state.model.document.blueprint);
  const version = useCanvas((state) => state.model.document.version);
  const draftName = useCanvas((state) => state.name);
  const [audience, setAudience] = useState<Audience>({ people: 'everyone', agents: 'no' });
  const [notes, setNotes] = useState('');
  const catalog = useQuery(api.catalog.list.queryOptions());
  const published = (catalog.data?.entries ?? [])
    .filter(({ release }) => release.type === 'blueprint' && release.name === name)
    .map(({ release }) => release.version)
    .toSorted(compareVersions);
  const latest = published.at(-1) ?? null;
  const diff = useQuery({
    ...api.catalog.diff.queryOptions({ input: { name: draftName, from: latest ?? '', to: 'draft' } }),
    enabled: latest !== null,
  });
  const publish = useMutation({
    mutationFn: async () => {
      await saveNow();
      const { save, conflict } = store.getState();
      if (conflict !== null || save.phase !== 'saved') {
        throw new AppError('conflict', 'The draft is not saved yet.', { advice: 'See its state beside the title.' });
      }
      return client.catalog.publish({ name: draftName, audience, notes });
    },
    onSuccess: (release) => {
      notifyDone(`Published ${release.name} ${release.version}`);
      onClose();
      void navigate({ to: '/catalog/$name', params: { name: release.name }, search: { version: release.version } });
    },
  });
  const errors = problems.filter((problem) => problem.severity === 'error');
  const exists = published.includes(version);
  return (
    <Modal opened onClose={onClose} title={`Publish ${name}`}>
      <Stack>
        <TextInput
          label="Version"
          value={version}
          error={exists ? `${version} is published already and cannot change; choose the next one.` : null}
          onChange={(event) => store.getState().commanded({ type: 'set-version', version: event.currentTarget.value })}
        />
        {latest === null && catalog.isSuccess && <p className="gp-dimmed">Nothing of this name is published yet.</p>}
        {diff.data !== undefined && (
          <ProposedVersion
            diff={diff.data}
            chosen={version}
            onTake={() => store.getState().commanded({ type: 'set-version', version: diff.data.proposedVersion })}
          />
        )}
        {diff.error !== null && <FailedNotice title="The difference could not be read." error={errorOf(diff.error)} />}
        <AudienceFields value={audience} onChange={setAudience} />
        <Textarea
          label="Notes"
          description="What changed and what to look out for"
          autosize
          minRows={3}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        {errors.length > 0 && (
          <p role="alert">{`It cannot be published yet: ${countProblems(errors)}. The problems list leads to each.`}</p>
        )}
        {publish.error !== null && <FailedNotice title="Not published." error={errorOf(publish.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={errors.length > 0 || exists} loading={publish.isPending} onClick={() => publish.mutate()}>
            {`Publish ${name} ${version}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function ProposedVersion(props: { diff: VersionDiff; chosen: string; onTake: () => void }): ReactElement {
  const { diff } = props;
  const breaking = diff.changes.filter((change) => change.breaking);
  const [first] = breaking;
  return (
    <div>
      <p>
        {`${diff.changes.length} ${diff.changes.length === 1 ? 'change' : 'changes'} since ${diff.from}${breaking.length > 0 ? `, ${breaking.length} of them breaking` : ', none breaking'}: they call for ${diff.proposedVersion}.`}
        {first !== undefined && <span className="gp-dimmed">{` ${first.path}: ${first.why}`}</span>}
      </p>
      {props.chosen !== diff.proposedVersion && (
        <Button variant="default" onClick={props.onTake}>
          {`Take ${diff.proposedVersion}`}
        </Button>
      )}
    </div>
  );
}
