import type { Json } from '#shared/base/json.ts';
import { awsScopeId } from '../../canonical-id.ts';
import type { TextEnd } from '../input/records.ts';
import { isObject, textOf } from '../json-fields.ts';
import type { OfflineFormat, TextClosing, TextContext, TextReader } from '../offline-format.ts';
import { type ConfigItem, configItem } from './config-item.ts';
import { convertItem } from './convert-item.ts';
import { SeenTimes } from './seen-times.ts';

const lists = ['configurationItems', 'baseConfigurationItems'];

/** AWS Config snapshots and history files as delivered to S3, and what its API answers. */
export const awsConfigFormat: OfflineFormat = {
  id: 'aws-config',
  recognise({ keys, elements }) {
    const inObject = lists.some((list) => keys.has(list));
    const bare = elements.some(({ path, value }) => path === '' && isItem(value));
    if (!inObject && !bare) return null;
    return { kind: 'json', recordsAt: (path) => (isList(path, inObject) ? '{' : null) };
  },
  open: (context) => new ConfigReader(context),
};

function isList(path: readonly string[], inObject: boolean): boolean {
  return inObject ? path.length === 1 && lists.includes(path[0] ?? '') : path.length === 0;
}

function isItem(value: Json): boolean {
  return isObject(value) && textOf(value, 'resourceType')?.startsWith('AWS::') === true;
}

/** `…_ConfigSnapshot_20240514T081231Z_…`: the only place where a snapshot's own time stands. */
const timeInName = /_ConfigSnapshot_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z/;

class ConfigReader implements TextReader {
  readonly #context: TextContext;
  /** Of each resource of the text, when it was so. */
  readonly #seen = new SeenTimes();
  readonly #types = new Set<string>();
  readonly #places = new Set<string>();
  /** A resource came twice, or as deleted: then this is a history and no snapshot. */
  #isHistory = false;
  #newest = Number.NEGATIVE_INFINITY;

  constructor(context: TextContext) {
    this.#context = context;
  }

  take(value: Json): void {
    const item = configItem(value);
    const { facts } = this.#context;
    const capturedAt = item.capturedAt ?? 0;
    this.#newest = Math.max(this.#newest, capturedAt);
    this.#types.add(item.type);
    if (item.region !== 'global') this.#places.add(`${item.account} ${item.region}`);
    if (item.status?.startsWith('ResourceDeleted') === true || item.status === 'ResourceNotRecorded') {
      this.#isHistory ||= item.status !== 'ResourceNotRecorded';
      return this.#takeGone(item, capturedAt);
    }
    const { resource, relationships, cellRegion } = convertItem(item);
    const before = this.#seen.get(resource.id);
    if (before !== undefined) {
      this.#isHistory = true;
      if (before > capturedAt) return facts.skip('an older state of a resource that is told as well');
    }
    const scope = awsScopeId('account', item.account);
    const cell = { scope, region: cellRegion, kind: resource.kind };
    this.#seen.set(resource.id, capturedAt);
    facts.scope({
      id: scope,
      cloud: 'aws',
      kind: 'account',
      name: item.account,
      nativeId: item.account,
      parentId: null,
    });
    facts.add(cell, { resources: [resource], relationships });
  }

  /** Told again as gone where an older state of it was told as there; else there is nothing to say. */
  #takeGone(item: ConfigItem, capturedAt: number): void {
    const { facts } = this.#context;
    const { resource, cellRegion } = convertItem({ ...item, configuration: null });
    const before = this.#seen.get(resource.id);
    if (before === undefined || before > capturedAt) return facts.skip('a resource that was deleted');
    const { sparse: _sparse, ...whole } = resource;
    const cell = { scope: awsScopeId('account', item.account), region: cellRegion, kind: resource.kind };
    facts.add(cell, { resources: [{ ...whole, state: 'deleted' }], relationships: [] });
  }

  end({ envelope }: TextEnd): TextClosing {
    const { name, path } = this.#context;
    const id = envelope.get('configSnapshotId');
    const inName = timeInName.exec(name);
    // History files have the same envelope: they hold one type each, and what changed.
    const isSnapshot =
      typeof id === 'string' &&
      id !== '' &&
      !this.#isHistory &&
      this.#types.size > 1 &&
      this.#places.size === 1 &&
      !/ConfigHistory/.test(`${path} ${name}`);
    const [place = ''] = this.#places;
    const [account = '', region = ''] = place.split(' ');
    return {
      capturedAt: inName === null ? (this.#newest > 0 ? this.#newest : null) : timeOfName(inName),
      isComplete: (cell) => isSnapshot && cell.scope === awsScopeId('account', account) && cell.region === region,
      why: 'An export of AWS Config that is not known to hold all of this kind.',
    };
  }
}

function timeOfName([, year, month, day, hour, minute, second]: RegExpExecArray): number {
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
