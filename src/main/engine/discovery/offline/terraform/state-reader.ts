import type { Json } from '#shared/base/json.ts';
import { stateKind, type RelationshipFact } from '#shared/model/index.ts';
import { isObject, listOf, objectOf } from '../json-fields.ts';
import type { TextEnd } from '../input/records.ts';
import { type TextClosing, type TextContext, type TextReader, UnusableRecord } from '../offline-format.ts';
import { awsResource } from './aws-resource.ts';
import { AwsPlaces } from './aws-places.ts';
import { azureResource } from './azure-resource.ts';
import { googleResource } from './google-resource.ts';
import type { ReadEntry, StateInstance } from './instances.ts';
import { identityOf, type StateIdentity } from './state-identity.ts';
import type { StateResource } from './state-resource.ts';

export interface StateReaderOptions {
  readonly entryOf: (record: Json) => ReadEntry;
  readonly lineage: string | null;
}

const typesNamed = 12;

/**
 * Reads one state: each of its instances as the resource a live run knows, and as managed by the state. Where AWS
 * resources lie only the whole state tells, so they wait for its end.
 */
export class StateReader implements TextReader {
  readonly #context: TextContext;
  readonly #entryOf: StateReaderOptions['entryOf'];
  readonly #state: StateIdentity;
  readonly #isBackup: boolean;
  readonly #places = new AwsPlaces();
  readonly #waiting: StateInstance[] = [];
  readonly #claims: RelationshipFact[] = [];
  readonly #withoutId = new Map<string, number>();
  readonly #withoutKind = new Map<string, number>();
  readonly #changes = new Map<string, number>();

  constructor(context: TextContext, { entryOf, lineage }: StateReaderOptions) {
    this.#context = context;
    this.#entryOf = entryOf;
    this.#state = identityOf(context, lineage);
    this.#isBackup = /\.backup$/i.test(context.name);
  }

  take(record: Json, path: string): void {
    const { facts } = this.#context;
    if (path === 'resource_changes') return this.#takeChange(record);
    const { instances, mode } = this.#entryOf(record);
    if (mode === 'data') return facts.skip('a data source, which a state reads and does not manage');
    if (this.#isBackup) return facts.skip('of a backup; the state itself tells what is managed now');
    for (const instance of instances) {
      if (isOf(instance, 'aws')) {
        this.#places.learn(instance);
        this.#waiting.push(instance);
      } else this.#keep(instance, isOf(instance, 'google') ? googleResource(instance) : azureResource(instance));
    }
  }

  #takeChange(record: Json): void {
    const actions = listOf(objectOf(isObject(record) ? record['change'] : undefined)['actions']);
    if (!isObject(record) || actions.length === 0) throw new UnusableRecord('It is no change of a plan');
    const what = actions.filter((action) => typeof action === 'string').join(' and ');
    if (record['mode'] !== 'data') this.#changes.set(what, (this.#changes.get(what) ?? 0) + 1);
    this.#context.facts.skip('a planned change; the map shows what is, not what is planned');
  }

  #keep({ address, module, type }: StateInstance, resource: StateResource | null): void {
    if (resource === null) return count(this.#withoutId, type);
    const { cell, id, relationships, resources, scopes } = resource;
    const { facts } = this.#context;
    const { name, workspace } = this.#state;
    if (cell === null) count(this.#withoutKind, type);
    else {
      for (const scope of scopes) facts.scope(scope);
      facts.add(cell, { resources, relationships, secondhand: true });
    }
    this.#claims.push({
      type: 'MANAGED_BY',
      from: id,
      to: this.#state.id,
      source: 'state',
      confidence: 1,
      properties: { name, workspace, address, module, cell: cell === null ? null : { ...cell } },
    });
  }

  end({ envelope }: TextEnd): TextClosing {
    for (const instance of this.#waiting) this.#keep(instance, awsResource(instance, this.#places));
    const { facts } = this.#context;
    const { id, name } = this.#state;
    if (!this.#isBackup) this.#addState(envelope);
    if (this.#withoutKind.size > 0) {
      facts.note(`Kept as managed, without a kind of their own on the map: ${listed(this.#withoutKind)}.`);
    }
    if (this.#withoutId.size > 0) {
      facts.note(`Left out, because nothing says which resource of a cloud they are: ${listed(this.#withoutId)}.`);
    }
    if (this.#changes.size > 0) facts.note(`It plans: ${listed(this.#changes)}.`);
    if (this.#isBackup)
      facts.note(`A backup that the tool made before a change: import ${name.replace(/\.backup$/i, '')} instead.`);
    return {
      capturedAt: null,
      isComplete: (cell) => cell.scope === id,
      why: 'A state says what is managed; it is no listing of what there is.',
    };
  }

  /** The state itself, with all it manages: of that a state holds everything. */
  #addState(envelope: TextEnd['envelope']): void {
    const { id, name, workspace } = this.#state;
    const told = (field: string): Json => envelope.get(field) ?? null;
    this.#context.facts.add(
      { scope: id, region: 'global', kind: stateKind },
      {
        resources: [
          {
            id,
            cloud: 'other',
            kind: stateKind,
            category: 'stack',
            name,
            nativeId: id.slice('tf://'.length),
            scopeId: '',
            region: 'global',
            zone: null,
            state: null,
            createdAt: null,
            public: null,
            cidr: null,
            ip: null,
            tags: workspace === null ? {} : { workspace },
            raw: {
              file: name,
              workspace,
              lineage: told('lineage'),
              serial: told('serial'),
              version: told('version'),
              formatVersion: told('format_version'),
              toolVersion: told('terraform_version'),
              managed: this.#claims.length,
            },
          },
        ],
        relationships: this.#claims,
      },
    );
  }
}

/** By the provider's type prefix; providers of other companies have prefixes of their own. */
function isOf({ type }: StateInstance, prefix: 'aws' | 'google'): boolean {
  return type.startsWith(`${prefix}_`);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** `aws_route 4, aws_iam_role_policy 2, and 3 of 2 other types` */
function listed(counts: ReadonlyMap<string, number>): string {
  const sorted = [...counts].toSorted(([, left], [, right]) => right - left);
  const shown = sorted.slice(0, typesNamed).map(([name, number]) => `${name} ${number}`);
  const rest = sorted.slice(typesNamed);
  const more = rest.reduce((sum, [, number]) => sum + number, 0);
  return [...shown, ...(rest.length === 0 ? [] : [`and ${more} of ${rest.length} other types`])].join(', ');
}
