import type { JsonObject } from '#shared/base/json.ts';
import { textOf } from '../json-fields.ts';
import type { StateInstance } from './instances.ts';

/** An account, and a region where it is known. */
export interface StatePlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string | undefined;
}

interface Told {
  readonly accounts: Set<string>;
  readonly regions: Set<string>;
  partition: string;
}

/** The parts of an ARN before its resource; null for any other text. */
function arnParts(
  text: string | undefined,
): { partition: string; region: string; account: string; name: string } | null {
  const [prefix, partition = '', , region = '', account = '', ...rest] = text?.split(':') ?? [];
  if (prefix !== 'arn' || rest.length === 0) return null;
  return { partition, region, account, name: rest.join(':').split('/').at(-1) ?? '' };
}

/**
 * In which account and region the resources of a state lie. Many have no ARN, and the state does not say how their
 * provider was configured; but those with ARNs tell it for all that were made by the same configuration, and for
 * what names them.
 */
export class AwsPlaces {
  readonly #byProvider = new Map<string, Told>();
  readonly #byNativeId = new Map<string, StatePlace>();

  learn({ provider, attributes }: StateInstance): void {
    const arn = arnParts(textOf(attributes, 'arn')) ?? arnParts(textOf(attributes, 'id'));
    const account = arn?.account || textOf(attributes, 'owner_id');
    const told = this.#byProvider.get(provider) ?? { accounts: new Set(), regions: new Set(), partition: 'aws' };
    this.#byProvider.set(provider, told);
    if (arn !== null) told.partition = arn.partition;
    if (account !== undefined && /^\d{12}$/.test(account)) told.accounts.add(account);
    const region = arn?.region || regionIn(attributes);
    if (region !== undefined && region !== '') told.regions.add(region);
    const id = textOf(attributes, 'id');
    if (id !== undefined && account !== undefined && region !== undefined) {
      this.#byNativeId.set(id, { partition: told.partition, account, region });
    }
  }

  /** Null when nothing tells the account. */
  placeOf({ provider, attributes }: StateInstance): StatePlace | null {
    const arn = arnParts(textOf(attributes, 'arn')) ?? arnParts(textOf(attributes, 'id'));
    const near = ['vpc_id', 'subnet_id', 'instance', 'allocation_id']
      .map((name) => this.#byNativeId.get(textOf(attributes, name) ?? ''))
      .find((place) => place !== undefined);
    const told = this.#byProvider.get(provider);
    const account = arn?.account || textOf(attributes, 'owner_id') || near?.account || only(told?.accounts);
    if (account === undefined || !/^\d{12}$/.test(account)) return null;
    const region = arn?.region || regionIn(attributes) || near?.region || only(told?.regions);
    return { partition: arn?.partition ?? told?.partition ?? 'aws', account, region };
  }
}

function regionIn(attributes: JsonObject): string | undefined {
  const zone = /^([a-z]{2}(?:-[a-z]+)+-\d)[a-z]$/.exec(textOf(attributes, 'availability_zone') ?? '')?.[1];
  return textOf(attributes, 'region') ?? zone;
}

function only(values: ReadonlySet<string> | undefined): string | undefined {
  const [value, second] = values ?? [];
  return second === undefined ? value : undefined;
}
