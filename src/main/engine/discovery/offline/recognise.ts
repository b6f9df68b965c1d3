import { AppError } from '#shared/errors/index.ts';
import type { Layout } from './input/records.ts';
import type { TextHead } from './input/text-head.ts';
import type { OfflineFormat } from './offline-format.ts';

export interface Recognised {
  readonly format: OfflineFormat;
  readonly layout: Layout;
}

/** Which format a text is of, by what is in it. Throws `bad-input` when it is none that can be read. */
export function recognise(head: TextHead, formats: readonly OfflineFormat[]): Recognised {
  if (head.packing !== null) {
    throw new AppError('bad-input', `It is ${head.packing}, which is not unpacked.`, {
      advice: 'Unpack it and import its files, or pack them as zip.',
    });
  }
  for (const format of formats) {
    const layout = format.recognise(head);
    if (layout !== null) return { format, layout };
  }
  if (head.isBlank) {
    throw new AppError('bad-input', 'It is empty.', { advice: 'Make the export again, and look what its tool says.' });
  }
  if (isEmptyResult(head)) {
    throw new AppError('bad-input', 'It is an empty result: its tool found nothing.', {
      advice: 'Look whether the query asks for the right places, and whether its caller may see them.',
    });
  }
  const what = head.bracket === null ? 'It is no JSON and no known table' : 'It is JSON of a kind that is not known';
  throw new AppError('bad-input', `${what}.`, {
    advice:
      'Read are: AWS Config snapshots, histories and query results, Azure Resource Graph results (JSON, CSV), asset ' +
      'lists and exports of Google Cloud, Terraform and OpenTofu states and plans (JSON), and archives of Groundplan.',
  });
}

/** What the clouds' tools print when a query finds nothing: an empty list, alone or with its count of zero. */
function isEmptyResult({ bracket, firstLine, keys, values }: TextHead): boolean {
  if (bracket === '[') return /^\[\s*\]$/.test(firstLine.trim());
  return keys.has('data') && (values.get('count') === 0 || values.get('totalRecords') === 0);
}
