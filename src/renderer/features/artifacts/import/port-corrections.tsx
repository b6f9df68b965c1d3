import { useState, type ReactElement } from 'react';
import type { Artifact, FoundPiece } from '#shared/model/index.ts';
import { describeType } from '#shared/wiring/index.ts';
import { Button, Checkbox, Select, originText } from '../../../ui/index.ts';
import { typeChoiceOf, typeChoices, uncertainPorts, type Choice, type PortChange, type Side } from './choices.ts';
import classes from './import.module.css';

const asRead = 'as read';

interface Row {
  readonly side: Side;
  readonly port: string;
}

function allPorts(artifact: Artifact): readonly Row[] {
  return (['inputs', 'outputs'] as const).flatMap((side) =>
    Object.keys(artifact[side].properties).map((port) => ({ side, port })),
  );
}

/** The ports of a piece with what was read; uncertain ones first, the others on demand. */
export function PortCorrections(props: {
  found: FoundPiece;
  artifact: Artifact;
  choice: Choice;
  onChange: (change: PortChange) => void;
}): ReactElement {
  const { found, artifact, choice, onChange } = props;
  const [all, setAll] = useState(false);
  const uncertain = uncertainPorts(found);
  const every = allPorts(artifact);
  const rest = every.filter((row) => !uncertain.some(({ side, port }) => side === row.side && port === row.port));
  const rows: readonly Row[] = all ? [...uncertain, ...rest] : uncertain;
  const unknown = uncertain.filter(({ how }) => how === 'unknown').length;
  return (
    <section aria-label={`Types of ${found.name}`}>
      <p style={{ margin: '0 0 4px' }}>
        {uncertain.length === 0
          ? 'Every type is declared in the code.'
          : `Not declared in the code: ${unknown} unknown, ${uncertain.length - unknown} inferred. Correct what you know better.`}
      </p>
      {rows.length > 0 && (
        <table className={classes.ports} aria-label={`Inputs and outputs of ${found.name}`}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Read as</th>
              <th scope="col">From</th>
              <th scope="col">Type</th>
              <th scope="col">Sensitive</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ side, port }) => {
              const schema = artifact[side].properties[port] ?? {};
              const correction = choice[side][port];
              return (
                <tr key={`${side} ${port}`}>
                  <td>
                    <span className="gp-mono">{port}</span>{' '}
                    <span className="gp-dimmed">{side === 'inputs' ? 'input' : 'output'}</span>
                  </td>
                  <td>{schema.type === undefined ? 'unknown' : describeType(schema)}</td>
                  <td className="gp-dimmed">{originText(schema['x-origin'])}</td>
                  <td>
                    <Select
                      size="xs"
                      aria-label={`Type of ${port}`}
                      data={[asRead, ...typeChoices]}
                      value={typeChoiceOf(correction) ?? asRead}
                      allowDeselect={false}
                      onChange={(value) =>
                        onChange({ side, port, type: typeChoices.find((one) => one === value) ?? null })
                      }
                    />
                  </td>
                  <td>
                    <Checkbox
                      aria-label={`${port} is sensitive`}
                      checked={correction?.sensitive ?? schema['x-sensitive'] === true}
                      onChange={(event) => onChange({ side, port, sensitive: event.currentTarget.checked })}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {rest.length > 0 && (
        <Button variant="subtle" size="xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show only what is uncertain' : `Show the other ${rest.length}`}
        </Button>
      )}
    </section>
  );
}
