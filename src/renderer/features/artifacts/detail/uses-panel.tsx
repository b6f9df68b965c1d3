import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { ArtifactUse } from '#shared/model/index.ts';
import { QueryView, useEngine } from '../../../rpc/index.ts';

/** A blueprint's draft or published version, as a way to it. */
export function BlueprintLink({ blueprint, version }: Pick<ArtifactUse, 'blueprint' | 'version'>): ReactElement {
  return version === null ? (
    <Link to="/blueprints/$name" params={{ name: blueprint }}>{`${blueprint}, draft`}</Link>
  ) : (
    <Link to="/catalog/$name" params={{ name: blueprint }} search={{ version }}>{`${blueprint} ${version}`}</Link>
  );
}

/** Who uses an artifact: blueprints, the environments that run them, and their last deployments. */
export function UsesPanel({ name }: { name: string }): ReactElement {
  const { api } = useEngine();
  const uses = useQuery(api.catalog.artifactUses.queryOptions({ input: { name } }));
  return (
    <QueryView query={uses} loading="Looking who uses it" failed="Who uses it could not be read">
      {(data) =>
        data.length === 0 ? (
          <p className="gp-dimmed">No blueprint uses it yet. Drag it onto a canvas from the palette.</p>
        ) : (
          <div style={{ overflowX: 'auto' }}>
            <table className="gp-table" aria-label="Who uses it">
              <thead>
                <tr>
                  <th scope="col">Blueprint</th>
                  <th scope="col">Node</th>
                  <th scope="col">Uses</th>
                  <th scope="col">Environments and their last deployments</th>
                </tr>
              </thead>
              <tbody>
                {data.map((use) => (
                  <tr key={`${use.blueprint} ${use.version ?? ''} ${use.node}`}>
                    <td>
                      <BlueprintLink blueprint={use.blueprint} version={use.version} />
                    </td>
                    <td className="gp-mono">{use.node}</td>
                    <td className="gp-mono">{use.use}</td>
                    <td>
                      <Environments environments={use.environments} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </QueryView>
  );
}

function Environments({ environments }: Pick<ArtifactUse, 'environments'>): ReactElement {
  if (environments.length === 0) return <span className="gp-dimmed">none</span>;
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {environments.map(({ name, lastDeployment }) => (
        <li key={name}>
          <Link to="/drift/$environment" params={{ environment: name }}>
            {name}
          </Link>
          {lastDeployment === null ? (
            <span className="gp-dimmed">, never deployed</span>
          ) : (
            <>
              {', '}
              <Link to="/deployments/$id" params={{ id: lastDeployment }}>
                last deployment
              </Link>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
