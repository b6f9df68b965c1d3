import type { Json } from '#shared/base/json.ts';
import { isObject, unwrapped } from '../json-fields.ts';
import type { OfflineFormat } from '../offline-format.ts';
import { RowReader } from './row-reader.ts';

/** The portal writes commas; who opens its file in a spreadsheet and saves it may get another. */
const separators = [',', ';', '\t'] as const;

/** The CSV that the portal's Resource Graph Explorer saves: structured columns are JSON in a cell. */
export const resourceGraphCsvFormat: OfflineFormat = {
  id: 'azure-csv',
  recognise({ bracket, firstLine }) {
    if (bracket !== null) return null;
    const separator = separators.find((sign) => {
      const columns = firstLine.split(sign).map((column) => column.trim().replaceAll('"', '').toLowerCase());
      return columns.includes('id') && columns.includes('type');
    });
    return separator === undefined ? null : { kind: 'csv', separator };
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
