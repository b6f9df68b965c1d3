import type { Json } from '#shared/base/json.ts';
import { awsScopeId } from '../../canonical-id.ts';
import type { TextEnd } from '../input/records.ts';
import { isObject, unwrapped } from '../json-fields.ts';
import {
  type OfflineFormat,
  type TextClosing,
  type TextContext,
  type TextReader,
  UnusableRecord,
} from '../offline-format.ts';
import { configItem } from './config-item.ts';
import { convertItem } from './convert-item.ts';

/** Answers of an advanced query, of one account or an aggregator: rows of the columns that were asked for. */
export const awsConfigQueryFormat: OfflineFormat = {
  id: 'aws-config-query',
  recognise({ keys, elements }) {
    const rows = elements.filter(({ path }) => path === 'Results').map(({ value }) => unwrapped(value));
    const isQuery =
      keys.has('QueryInfo') || rows.some((row) => isObject(row) && ('resourceType' in row || 'arn' in row));
    if (!keys.has('Results') || !(isQuery || rows.length === 0)) return null;
    return { kind: 'json', recordsAt: (path) => (path.length === 1 && path[0] === 'Results' ? '"' : null) };
  },
  open: (context) => new QueryReader(context),
};

class QueryReader implements TextReader {
  readonly #context: TextContext;

  constructor(context: TextContext) {
    this.#context = context;
  }

  take(value: Json): void {
    const row = unwrapped(value);
    if (!isObject(row)) throw new UnusableRecord('It is no row of a query');
    const item = configItem(row);
    const { facts } = this.#context;
    const { resource, relationships, cellRegion } = convertItem(item);
    const scope = awsScopeId('account', item.account);
    const { account } = item;
    facts.scope({ id: scope, cloud: 'aws', kind: 'account', name: account, nativeId: account, parentId: null });
    facts.add({ scope, region: cellRegion, kind: resource.kind }, { resources: [resource], relationships });
  }

  end({ envelope }: TextEnd): TextClosing {
    const { facts } = this.#context;
    const cut = typeof envelope.get('NextToken') === 'string';
    if (cut) facts.note('The query has further pages (NextToken) that are not in this file.');
    return {
      capturedAt: null,
      isComplete: () => false,
      why: cut ? 'A query result without its further pages.' : 'A query result: what it did not ask for is not in it.',
    };
  }
}
