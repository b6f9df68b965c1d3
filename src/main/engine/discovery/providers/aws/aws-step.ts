import type { RelationshipType, StepDeclaration } from '#shared/model/index.ts';
import type { CellFailure, DiscoveryStep, StepPage } from '../../step.ts';
import type { AwsClientSettings, AwsSession } from './calls/account-session.ts';
import type { AwsCaller } from './calls/aws-caller.ts';
import type { Converted } from './facts.ts';
import type { AwsKind } from './kinds.ts';
import { homeRegion } from './partitions.ts';
import type { AwsPlace } from './place.ts';

/** What a step's handler gets: the place, the clients and calls of its account, and the ledger's words for failures. */
export interface AwsContext {
  readonly place: AwsPlace;
  readonly session: AwsSession;
  readonly caller: AwsCaller;
  readonly classify: (thrown: unknown) => CellFailure;
}

export type AwsStep = DiscoveryStep<AwsContext>;

/** One page of a client's listing; `gap` when a detail of some item could not be read. */
export interface ItemPage<Item> {
  readonly items: readonly Item[];
  readonly gap?: CellFailure;
}

export interface AwsStepParts<Item> {
  readonly id: string;
  readonly service: string;
  readonly kind: AwsKind;
  readonly relationships: readonly RelationshipType[];
  /** IAM actions, the listing's own first. */
  readonly permissions: readonly string[];
  readonly global?: boolean;
  readonly list: (context: AwsContext) => AsyncIterable<ItemPage<Item>>;
  /** Pure: one item of the SDK's answer to facts. */
  readonly convert: (item: Item, place: AwsPlace) => Converted;
}

/** Declares a step: what a client lists, converted page by page. */
export function awsStep<Item>(parts: AwsStepParts<Item>): AwsStep {
  const declaration: StepDeclaration = {
    id: parts.id,
    cloud: 'aws',
    kinds: [parts.kind],
    relationships: [...parts.relationships],
    permissions: [...parts.permissions],
    apis: [],
    global: parts.global ?? false,
  };
  async function* list(context: AwsContext): AsyncGenerator<StepPage> {
    for await (const page of parts.list(context)) {
      const converted = page.items.map((item) => parts.convert(item, context.place));
      yield {
        kind: parts.kind,
        resources: converted.map(({ resource }) => resource),
        relationships: converted.flatMap(({ relationships }) => relationships),
        ...(page.gap === undefined ? {} : { gap: page.gap }),
      };
    }
  }
  return { declaration, service: parts.service, list };
}

/** The client of a service where the step lists; global services are asked in the partition's first region. */
export function clientOf<Client>(context: AwsContext, service: new (settings: AwsClientSettings) => Client): Client {
  const { region, partition } = context.place;
  return context.session.client(service, region === 'global' ? homeRegion(partition) : region);
}
