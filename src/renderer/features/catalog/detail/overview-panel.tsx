import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import { targetWords, type Environment, type PublishedBlueprint } from '#shared/model/index.ts';
import { useEngine } from '../../../rpc/index.ts';
import { Button, KeyValues, ShortId, Stack } from '../../../ui/index.ts';
import { RemovalDialog } from '../propose/removal-dialog.tsx';
import { dayText, peopleText } from '../release-words.ts';

/** Facts of a release, which environments run it, and its history. */
export function OverviewPanel({ published }: { published: PublishedBlueprint }): ReactElement {
  const { api } = useEngine();
  const environments = useQuery(api.catalog.environments.queryOptions());
  const [removing, setRemoving] = useState<Environment | null>(null);
  const { entry, lock } = published;
  const { release } = entry;
  const running = (environments.data?.environments ?? []).filter(
    (environment) => environment.blueprint === release.name && environment.version === release.version,
  );
  const others = (environments.data?.environments ?? []).filter(
    (environment) => environment.blueprint === release.name && environment.version !== release.version,
  );
  return (
    <Stack>
      {removing !== null && <RemovalDialog environment={removing} onClose={() => setRemoving(null)} />}
      <KeyValues
        entries={[
          ['Digest', <ShortId key="digest" id={release.digest} />],
          ['Published', dayText(release.date)],
          ['Author', release.author],
          ['People', peopleText(release.audience)],
          ['Agents', release.audience.agents === 'propose' ? 'may propose; a person approves' : 'do not see it'],
          ['Notes', release.notes === '' ? 'none' : release.notes],
        ]}
      />
      <section aria-label="Environments">
        <h2>{`Environments that run ${release.version} (${running.length})`}</h2>
        {running.length === 0 ? (
          <p className="gp-dimmed">None.</p>
        ) : (
          <ul>
            {running.map((environment) => (
              <li key={environment.name}>
                <Link to="/drift/$environment" params={{ environment: environment.name }}>
                  {environment.name}
                </Link>
                {` · ${environment.target.region} · ${targetWords[environment.target.cloud].account} ${environment.target.account} · ${environment.status} · ${environment.resources} resources`}{' '}
                {environment.resources > 0 && (
                  <Button size="compact-xs" variant="default" onClick={() => setRemoving(environment)}>
                    {`Propose removal of ${environment.name}`}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {others.length > 0 && (
          <p className="gp-dimmed">
            {`Other versions: ${others.map(({ name, version }) => `${name} runs ${version}`).join(', ')}.`}
          </p>
        )}
      </section>
      {lock !== null && Object.keys(lock.nodes).length > 0 && (
        <section aria-label="Locked versions">
          <h2>{`Locked versions (${Object.keys(lock.nodes).length})`}</h2>
          <KeyValues
            entries={Object.entries(lock.nodes).map(
              ([node, locked]) =>
                [
                  node,
                  <span key={node}>
                    {`${locked.use} `}
                    <ShortId id={locked.digest} />
                  </span>,
                ] as const,
            )}
          />
        </section>
      )}
      <section aria-label="History">
        <h2>History</h2>
        {release.history.length === 0 ? (
          <p className="gp-dimmed">Nothing changed since it was published.</p>
        ) : (
          <ul>
            {release.history.map((line) => (
              <li key={`${line.date} ${line.change}`}>
                {dayText(line.date)}
                {` ${line.author}: ${line.change}`}
              </li>
            ))}
          </ul>
        )}
      </section>
    </Stack>
  );
}
