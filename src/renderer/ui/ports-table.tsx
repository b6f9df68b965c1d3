import type { ReactElement } from 'react';
import type { Ports, PortSchema } from '#shared/model/index.ts';
import { describeLimits, describeType } from '#shared/wiring/index.ts';
import { originText, unknownMarks } from './origin-text.ts';
import classes from './ports-table.module.css';

function defaultText(schema: PortSchema): string {
  if (schema.default === undefined) return '';
  if (schema['x-sensitive'] === true) return 'hidden';
  return JSON.stringify(schema.default);
}

function marksOf(schema: PortSchema): string {
  const marks = [
    schema.deprecated === true ? 'deprecated' : null,
    schema['x-sensitive'] === true ? 'sensitive' : null,
    schema['x-immutable'] === true ? 'cannot change after creation' : null,
    schema['x-ephemeral'] === true ? 'ephemeral: never kept' : null,
    schema['x-nullable'] === false ? 'not null' : null,
    ...describeLimits(schema),
    ...(schema['x-conditions'] ?? []),
  ];
  return marks.filter((mark) => mark !== null).join(' · ');
}

/** Inputs or outputs as a table: type, default, marks, and where each fact was read from. */
export function PortsTable(props: { ports: Ports; label: string; empty: string; withInputs: boolean }): ReactElement {
  const { ports, label, withInputs } = props;
  const entries = Object.entries(ports.properties);
  if (entries.length === 0) return <p className="gp-dimmed">{props.empty}</p>;
  const hasOrigins = entries.some(([, schema]) => schema['x-origin'] !== undefined);
  return (
    <div className={classes.scroll}>
      <table className="gp-table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            {withInputs && <th scope="col">Required</th>}
            {withInputs && <th scope="col">Default</th>}
            <th scope="col">Description</th>
            {hasOrigins && <th scope="col">Read from</th>}
          </tr>
        </thead>
        <tbody>
          {entries.map(([name, schema]) => (
            <tr key={name}>
              <td className="gp-mono">{name}</td>
              <td>{describeType(schema)}</td>
              {withInputs && <td>{ports.required.includes(name) ? 'yes' : 'no'}</td>}
              {withInputs && <td className="gp-mono">{defaultText(schema)}</td>}
              <td>
                {schema.description} <span className="gp-dimmed">{marksOf(schema)}</span>
              </td>
              {hasOrigins && <td>{originText(schema['x-origin'])}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {unknownMarks(ports).map((sentence) => (
        <p key={sentence} className="gp-dimmed">
          {sentence}
        </p>
      ))}
    </div>
  );
}
