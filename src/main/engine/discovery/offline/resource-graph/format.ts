import type { Json } from '#shared/base/json.ts';
import { isObject, textOf } from '../json-fields.ts';
import type { OfflineFormat } from '../offline-format.ts';
import { RowReader } from './row-reader.ts';

/** Where rows stand: in answers of Resource Graph, in lists of Resource Manager. */
const lists = ['data', 'value'];

/** What `az graph query`, `az resource list` and the REST interfaces print, as a list or with an object around it. */
export const resourceGraphFormat: OfflineFormat = {
  id: 'azure-resources',
  recognise({ elements }) {
    const found = elements.find(({ path, value }) => (path === '' || lists.includes(path)) && isRow(value));
    if (found === undefined) return null;
    return { kind: 'json', recordsAt: (path) => (path.join('.') === found.path ? '{' : null) };
  },
  open: (context) => new RowReader(context),
};

function isRow(value: Json): boolean {
  return isObject(value) && /^\/(?:subscriptions|providers|tenants)\//i.test(textOf(value, 'id') ?? '');
}
