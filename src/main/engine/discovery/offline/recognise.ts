import { AppError } from '#shared/errors/index.ts';
import type { Layout } from './input/records.ts';
import type { TextHead } from './input/text-head.ts';
import type { OfflineFormat } from './offline-format.ts';

/** Where a tar archive says that it is one (POSIX.1-1988, ustar). */
const tarMarkAt = 257;

export interface Recognised {
  readonly format: OfflineFormat;
  readonly layout: Layout;
}

/** Which format a text is of, by what is in it. Throws `bad-input` when it is none that can be read. */
export function recognise(head: TextHead, formats: readonly OfflineFormat[]): Recognised {
  for (const format of formats) {
    const layout = format.recognise(head);
    if (layout !== null) return { format, layout };
  }
  if (head.firstLine === '' && head.bracket === null) {
    throw new AppError('bad-input', 'It is empty.', { advice: 'Make the export again, and look what its tool says.' });
  }
  if (head.firstLine.slice(tarMarkAt).startsWith('ustar')) {
    throw new AppError('bad-input', 'It is a tar archive, which is not unpacked.', {
      advice: 'Unpack it and import its files, or pack them as zip.',
    });
  }
  const what = head.bracket === null ? 'It is no JSON and no known table' : 'It is JSON of a kind that is not known';
  throw new AppError('bad-input', `${what}.`, {
    advice:
      'Read are: AWS Config snapshots, histories and query results, Azure Resource Graph results (JSON, CSV), asset ' +
      'lists and exports of Google Cloud, Terraform and OpenTofu states and plans (JSON), and archives of Groundplan.',
  });
}
