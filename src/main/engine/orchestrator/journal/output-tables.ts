import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Json } from '#shared/base/json.ts';
import { seal, unseal } from './sealed-value.ts';

export interface SavedOutput {
  readonly value: Json;
  readonly sensitive: boolean;
}

/** A resource that a step's state holds. */
export interface ManagedResource {
  readonly address: string;
  readonly type: string;
  /** The id the tool keeps, such as `vpc-0a1b`; null when the state has none. */
  readonly nativeId: string | null;
  /** The ARN when the state has one. */
  readonly resourceId: string | null;
}

interface ManagedRow extends ManagedResource {
  readonly environment: string;
  readonly step: string;
  readonly deployment: string;
}

interface ChangedRow extends ManagedResource {
  readonly deployment: string;
  readonly step: string;
  readonly action: string;
}

interface Owner {
  readonly environment: string;
  readonly step: string;
  readonly deployment: string;
}

/** What deployments left behind: outputs, managed resources, and how long changes took. */
export interface OutputTables {
  /** Replaces the outputs and resources of a step; call it inside `together`. */
  replaceStep(
    owner: Owner,
    saved: {
      readonly outputs: Readonly<Record<string, SavedOutput>>;
      readonly managed: readonly ManagedResource[];
      readonly at: number;
    },
  ): void;
  /** Outputs of an environment by step and name; secret ones opened. */
  outputs(environment: string): ReadonlyMap<string, Readonly<Record<string, SavedOutput>>>;
  /** The same without opening secrets: their value is null. */
  outputsShown(environment: string): ReadonlyMap<string, Readonly<Record<string, SavedOutput>>>;
  managed(environment?: string): readonly ManagedRow[];
  addChanged(rows: readonly ChangedRow[]): void;
  changed(): readonly ChangedRow[];
  addHistory(row: { type: string; action: string; providerVersion: string; seconds: number; at: number }): void;
  /** The newest 100 measurements of one kind of change; any provider version when none of this one exists. */
  readonly history: (change: {
    readonly type: string;
    readonly action: string;
    readonly providerVersion: string | null;
  }) => readonly number[];
}

export function createOutputTables(database: DatabaseSync, key: Buffer): OutputTables {
  const place = (row: { environment: string; step: string; name: string }): string =>
    `${row.environment}/${row.step}/${row.name}`;

  function readOutputs(environment: string, open: boolean): Map<string, Record<string, SavedOutput>> {
    const rows = database
      .prepare('select step, name, value, sealed from outputs where environment = ? order by step, name')
      .all(environment);
    const steps = new Map<string, Record<string, SavedOutput>>();
    for (const row of rows) {
      const step = text(row['step']);
      const name = text(row['name']);
      const sealed = row['sealed'];
      const sensitive = sealed instanceof Uint8Array;
      const value = sensitive
        ? open
          ? unseal(sealed, key, place({ environment, step, name }))
          : null
        : (JSON.parse(text(row['value'])) as Json);
      steps.set(step, { ...steps.get(step), [name]: { value, sensitive } });
    }
    return steps;
  }

  return {
    replaceStep({ environment, step, deployment }, { outputs, managed, at }) {
      database.prepare('delete from outputs where environment = ? and step = ?').run(environment, step);
      database.prepare('delete from managed where environment = ? and step = ?').run(environment, step);
      const addOutput = database.prepare('insert into outputs values (?, ?, ?, ?, ?, ?, ?)');
      for (const [name, { value, sensitive }] of Object.entries(outputs)) {
        const plain = sensitive ? null : JSON.stringify(value);
        const sealed = sensitive ? seal(value, key, place({ environment, step, name })) : null;
        addOutput.run(environment, step, name, deployment, plain, sealed, at);
      }
      const addManaged = database.prepare('insert into managed values (?, ?, ?, ?, ?, ?, ?)');
      for (const { address, type, nativeId, resourceId } of managed) {
        addManaged.run(environment, step, address, type, nativeId, resourceId, deployment);
      }
    },
    outputs: (environment) => readOutputs(environment, true),
    outputsShown: (environment) => readOutputs(environment, false),
    managed(environment) {
      const rows =
        environment === undefined
          ? database.prepare('select * from managed order by environment, step, address').all()
          : database.prepare('select * from managed where environment = ? order by step, address').all(environment);
      return rows.map((row) => ({
        environment: text(row['environment']),
        deployment: text(row['deployment']),
        ...resourceOf(row),
      }));
    },
    addChanged(rows) {
      const add = database.prepare('insert or replace into changed values (?, ?, ?, ?, ?, ?)');
      for (const row of rows) {
        add.run(row.deployment, row.step, row.address, row.action, row.nativeId, row.resourceId);
      }
    },
    changed: () =>
      database
        .prepare("select *, '' as type from changed order by deployment, step, address")
        .all()
        .map((row) => ({ deployment: text(row['deployment']), action: text(row['action']), ...resourceOf(row) })),
    addHistory({ type, action, providerVersion, seconds, at }) {
      database.prepare('insert into history values (?, ?, ?, ?, ?)').run(type, action, providerVersion, seconds, at);
    },
    history({ type, action, providerVersion }) {
      const base = 'select seconds from history where type = ? and action = ?';
      const exact =
        providerVersion === null
          ? []
          : database
              .prepare(`${base} and provider_version = ? order by at desc limit 100`)
              .all(type, action, providerVersion);
      const rows = exact.length > 0 ? exact : database.prepare(`${base} order by at desc limit 100`).all(type, action);
      return rows.map((row) => Number(row['seconds']));
    },
  };
}

function resourceOf(row: Record<string, SQLOutputValue>): ManagedResource & { step: string } {
  return {
    step: text(row['step']),
    address: text(row['address']),
    type: text(row['type']),
    nativeId: row['native_id'] === null ? null : text(row['native_id']),
    resourceId: row['resource_id'] === null ? null : text(row['resource_id']),
  };
}

function text(value: SQLOutputValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
