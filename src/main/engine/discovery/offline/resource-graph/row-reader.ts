import type { Json } from '#shared/base/json.ts';
import { allRegions } from '#shared/model/index.ts';
import { convertAzureRow, GatewayRoutes } from '../../providers/azure/index.ts';
import type { TextEnd } from '../input/records.ts';
import { isObject } from '../json-fields.ts';
import { type TextClosing, type TextContext, type TextReader, UnusableRecord } from '../offline-format.ts';
import { UnreadParts } from '../unread-parts.ts';

/** The largest page Resource Graph gives, and the one it gives when nobody asks. */
const pageSizes: ReadonlySet<number> = new Set([100, 1000]);

/** Reads rows of Resource Graph, and bodies of Resource Manager, by the live provider's converter. */
export class RowReader implements TextReader {
  readonly #context: TextContext;
  readonly #prepare: (value: Json) => Json;
  readonly #routes = new GatewayRoutes();
  readonly #unread = new UnreadParts();
  #rows = 0;

  constructor(context: TextContext, prepare: (value: Json) => Json = (value) => value) {
    this.#context = context;
    this.#prepare = prepare;
  }

  take(value: Json): void {
    this.#rows += 1;
    const row = this.#prepare(value);
    const converted = convertAzureRow(row);
    const { cell, problem, relationships, resources, scopes, unread } = converted;
    if (cell === null) throw new UnusableRecord(problem?.replace(/\.$/, '') ?? 'It is no row of Resource Graph');
    this.#routes.take(converted);
    this.#unread.add(unread);
    const { facts } = this.#context;
    for (const scope of scopes) facts.scope(scope);
    // A query may leave out the column that holds the body.
    const sparse = isObject(row) && !isObject(row['properties']);
    const told = sparse ? resources.map((resource) => ({ ...resource, sparse })) : resources;
    facts.add({ ...cell, region: allRegions }, { resources: told, relationships });
  }

  end({ envelope }: TextEnd): TextClosing {
    const token = ['skip_token', 'skipToken', '$skipToken', '@odata.nextLink', 'nextLink'].some(
      (name) => typeof envelope.get(name) === 'string' && envelope.get(name) !== '',
    );
    const total = envelope.get('total_records') ?? envelope.get('totalRecords');
    const short = typeof total === 'number' && total > this.#rows;
    // The flag comes as a text.
    const cut = token || short || String(envelope.get('resultTruncated')) === 'true';
    const { facts } = this.#context;
    for (const { cell, relationships } of this.#routes.join()) {
      facts.add({ ...cell, region: allRegions }, { resources: [], relationships });
    }
    this.#unread.tell(facts);
    if (cut) facts.note('The result was cut off: the query has further pages that are not in this file.');
    else if (pageSizes.has(this.#rows)) {
      facts.note(`It has exactly ${this.#rows} rows, as a page has that was cut off: perhaps there are more.`);
    }
    return {
      capturedAt: null,
      isComplete: () => false,
      why: cut ? 'A query result that was cut off.' : 'A query result: what it did not ask for is not in it.',
    };
  }
}
