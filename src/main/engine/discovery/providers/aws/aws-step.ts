import type { RelationshipFact, RelationshipType, ResourceFact, StepDeclaration } from '#shared/model/index.ts';
import type { DiscoveryStep, StepPage } from '../../step.ts';
import type { AwsContext, ItemPage } from './context.ts';
import { convertItems } from './convert-items.ts';
import { type Converted, EdgeList } from './facts.ts';
import { placeWithForeign } from './foreign.ts';
import type { AwsKind } from './kinds.ts';
import type { AwsPlace } from './place.ts';

export type AwsStep = DiscoveryStep<AwsContext>;

export interface AwsStepParts<Item> {
  readonly id: string;
  readonly service: string;
  readonly kind: AwsKind;
  readonly relationships: readonly RelationshipType[];
  /** IAM actions, the listing's own first. */
  readonly permissions: readonly string[];
  readonly global?: boolean;
  /** After so many rows the cell is closed as truncated; the provider's usual number when absent. */
  readonly maximumRows?: number;
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
    relationships: [...new Set([...parts.relationships, 'MANAGED_BY' as const])],
    permissions: [...parts.permissions],
    apis: [],
    global: parts.global ?? false,
  };
  async function* list(context: AwsContext): AsyncGenerator<StepPage> {
    for await (const page of parts.list(context)) {
      const place = page.items.length === 0 ? context.place : await placeWithForeign(context, declaration);
      const permission = declaration.permissions[0] ?? parts.id;
      const { resources, relationships, gap } = convertItems(page.items, parts.convert, { place, permission });
      const told = page.gap ?? gap;
      yield {
        kind: parts.kind,
        resources,
        relationships: [...relationships, ...resources.flatMap(stackOf)],
        ...(told === null ? {} : { gap: told }),
      };
    }
  }
  const { maximumRows } = parts;
  return { declaration, service: parts.service, list, ...(maximumRows === undefined ? {} : { maximumRows }) };
}

/** The stack that made a resource, where its tags tell: the same edge that the stack's own list gives. */
function stackOf({ id, tags }: ResourceFact): readonly RelationshipFact[] {
  return new EdgeList(id, 'Tags').to('MANAGED_BY', {
    to: tags['aws:cloudformation:stack-id'],
    field: 'aws:cloudformation:stack-id',
    properties: { logicalId: tags['aws:cloudformation:logical-id'] ?? null },
  }).edges;
}
