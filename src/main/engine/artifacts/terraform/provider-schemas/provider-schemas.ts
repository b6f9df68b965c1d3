import path from 'node:path';
import semver from 'semver';
import type { PortSchema } from '#shared/model/index.ts';
import type { Attributes, SchemaTable } from './attribute.ts';
import { unpackAttributes } from './pack.ts';
import { portOfAttribute } from './port-of-attribute.ts';
import { readTable, tableFile, versionsIn } from './table-files.ts';

/** A provider by its name, with the version that code wants of it; null where it does not say. */
export interface WantedProvider {
  /** `aws`, as resource types begin. */
  readonly provider: string;
  /** An exact version or a constraint in the tools' words. */
  readonly version: string | null;
}

/** What a schema says of an attribute; an empty schema where it does not have it. */
export interface AttributeReading {
  readonly schema: PortSchema;
  readonly from: string;
  /**
   * How near the schema's version is to the one the code wants: the very one; one that it would take, or of the same
   * major version as the one it is locked to; or another.
   */
  readonly version: 'exact' | 'near' | 'other';
}

/** A table with how near its version is to the wanted one. */
type WantedTable = SchemaTable & { readonly nearness: AttributeReading['version'] };

function nearnessOf(version: string, wanted: string | null): AttributeReading['version'] {
  if (version === wanted) return 'exact';
  const locked = wanted === null ? null : semver.valid(wanted);
  if (locked !== null) return semver.major(locked) === semver.major(version) ? 'near' : 'other';
  return fitting([version], wanted) === null ? 'other' : 'near';
}

/** The schemas of resource types, ready to be asked. */
export interface ResourceSchemas {
  /** All attributes of a type; null when no schema of it is known. */
  attributes(kind: 'resource' | 'data', type: string): Attributes | null;
  /** The type of an attribute and which schema says so; null when no schema of the resource type is known. */
  attribute(kind: 'resource' | 'data', type: string, name: string): AttributeReading | null;
}

/** What is known of providers: what tools answered on this machine, else what is kept with the app. */
export interface ProviderSchemas {
  /** Reads the tables of these providers, each once; providers that are not known are left out. */
  load(wanted: readonly WantedProvider[]): Promise<ResourceSchemas>;
}

/** `~> 5.0` means at least 5.0 and less than 6; a library of semantic versions has other signs for it. */
function rangeOf(constraint: string): string | null {
  const parts = constraint.split(',').map((part) => {
    const pessimistic = /^~>\s*(\d+)\.(\d+)(?:\.(\d+))?/.exec(part.trim());
    if (pessimistic === null) return part.trim().replace(/^(\d)/, '=$1');
    const [, major = '0', minor = '0', patch] = pessimistic;
    const [low, high] =
      patch === undefined
        ? [`${major}.${minor}.0`, `${Number(major) + 1}.0.0`]
        : [`${major}.${minor}.${patch}`, `${major}.${Number(minor) + 1}.0`];
    return `>=${low} <${high}`;
  });
  return semver.validRange(parts.join(' '));
}

/** Of the versions that were asked for, the newest that the code takes. */
function fitting(versions: readonly string[], wanted: string | null): string | null {
  const range = wanted === null ? '*' : rangeOf(wanted);
  return range === null ? null : semver.maxSatisfying([...versions], range);
}

function schemasOf(tables: ReadonlyMap<string, WantedTable>): ResourceSchemas {
  const unpacked = new Map<string, Attributes>();

  function attributes(kind: 'resource' | 'data', type: string): Attributes | null {
    const key = `${kind} ${type}`;
    const known = unpacked.get(key);
    if (known !== undefined) return known;
    const table = tables.get(type.split('_')[0] ?? type);
    const text = table?.[kind === 'data' ? 'data' : 'resources'][type];
    if (text === undefined) return null;
    const read = unpackAttributes(text);
    unpacked.set(key, read);
    return read;
  }

  return {
    attributes,
    attribute(kind, type, name) {
      const all = attributes(kind, type);
      if (all === null) return null;
      const { provider = '', version = '', nearness = 'other' } = tables.get(type.split('_')[0] ?? type) ?? {};
      const found = all.get(name);
      return {
        schema: found === undefined ? {} : portOfAttribute(found),
        version: nearness,
        from: `schema of ${provider} ${version}: ${kind === 'data' ? 'data.' : ''}${type}.${name}`,
      };
    },
  };
}

/**
 * Schemas out of two folders: tables that come with the app, and those that tools answered. Nothing is read before it
 * is wanted, and each table once.
 */
export function createProviderSchemas(folders: {
  /** Tables kept with the app: `aws.json.gz`. */
  readonly kept: string;
  /** Tables made of what tools answered: `aws-6.2.0.json.gz`; null for none. */
  readonly asked: string | null;
}): ProviderSchemas {
  const tables = new Map<string, Promise<SchemaTable | null>>();

  function tableOnce(file: string): Promise<SchemaTable | null> {
    const known = tables.get(file) ?? readTable(file);
    tables.set(file, known);
    return known;
  }

  async function tableOf({ provider, version }: WantedProvider): Promise<SchemaTable | null> {
    const { asked, kept } = folders;
    const answered = asked === null ? null : fitting(await versionsIn(asked, provider), version);
    const exact =
      asked === null || answered === null ? null : await tableOnce(tableFile(asked, { provider, version: answered }));
    return exact ?? tableOnce(path.join(kept, `${provider}.json.gz`));
  }

  return {
    async load(wanted) {
      const loaded = new Map<string, WantedTable>();
      for (const one of wanted.filter(({ provider }) => /^[a-z0-9-]+$/.test(provider))) {
        const table = await tableOf(one);
        if (table !== null) loaded.set(one.provider, { ...table, nearness: nearnessOf(table.version, one.version) });
      }
      return schemasOf(loaded);
    },
  };
}
