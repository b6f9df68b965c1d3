import type { Json } from '#shared/base/json.ts';
import { isObject, unwrapped } from '../json-fields.ts';
import type { OfflineFormat } from '../offline-format.ts';
import { RowReader } from './row-reader.ts';

/** The CSV that the portal's Resource Graph Explorer saves: structured columns are JSON in a cell. */
export const resourceGraphCsvFormat: OfflineFormat = {
  id: 'azure-csv',
  recognise({ bracket, firstLine }) {
    const columns = firstLine.split(',').map((column) => column.trim().replaceAll('"', '').toLowerCase());
    if (bracket !== null || !columns.includes('id') || !columns.includes('type')) return null;
    return { kind: 'csv' };
  },
  open: (context) => new RowReader(context, rowOf),
};

/** Columns in Resource Graph's own spelling. */
const spellings = new Map(
  ['id', 'name', 'type', 'tenantId', 'kind', 'location', 'resourceGroup', 'subscriptionId', 'managedBy', 'sku']
    .concat(['plan', 'properties', 'tags', 'identity', 'zones', 'extendedLocation'])
    .map((name) => [name.toLowerCase(), name]),
);

function rowOf(value: Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, cell]) => [spellings.get(name.toLowerCase()) ?? name, unwrapped(cell)]),
  );
}
