import type { Json } from '#shared/base/json.ts';
import { AppError } from '#shared/errors/index.ts';
import { allRegions } from '#shared/model/index.ts';
import { GcpConverter, UnreadableAssetError, type GcpFacts } from '../../providers/gcp/index.ts';
import type { TextEnd } from '../input/records.ts';
import { isObject, timeOf } from '../json-fields.ts';
import {
  type OfflineFormat,
  type TextClosing,
  type TextContext,
  type TextReader,
  UnusableRecord,
} from '../offline-format.ts';
import { UnreadParts } from '../unread-parts.ts';

/** `gcloud asset list` prints one array, `gcloud asset export` one asset a line, the interface a list in an object. */
export const cloudAssetFormat: OfflineFormat = {
  id: 'gcp-assets',
  recognise({ bracket, keys, elements, firstLine }) {
    const isAssetItself = bracket === '{' && keys.has('name') && (keys.has('assetType') || keys.has('asset_type'));
    if (isAssetItself && firstLine.trim() === '{') {
      throw new AppError('bad-input', 'Its assets are printed over several lines each.', {
        advice: 'Print one a line (`jq -c .`) or all of them as one list (`jq -s .`), and import that.',
      });
    }
    if (isAssetItself) return { kind: 'lines' };
    const found = elements.find(({ path, value }) => (path === '' || path === 'assets') && isAsset(value));
    if (found === undefined) return null;
    return { kind: 'json', recordsAt: (path) => (path.join('.') === found.path ? '{' : null) };
  },
  open: (context) => new AssetReader(context),
};

function isAsset(value: Json): boolean {
  return isObject(value) && ('assetType' in value || 'asset_type' in value);
}

/** Assets kept until the id of their project is known. */
const heldAssets = 5000;

class AssetReader implements TextReader {
  readonly #context: TextContext;
  readonly #converter = new GcpConverter();
  readonly #unread = new UnreadParts();
  readonly #later: Json[] = [];

  constructor(context: TextContext) {
    this.#context = context;
    this.#converter.directory.teach(context.known);
  }

  take(value: Json): void {
    try {
      // Named by its number alone it would be another thing than the same asset by its project's id.
      this.#converter.learn(value);
      if (this.#later.length < heldAssets && this.#converter.isOfUnknownProject(value)) this.#later.push(value);
      else this.#convert(value);
    } catch (error) {
      if (!(error instanceof UnreadableAssetError)) throw error;
      throw new UnusableRecord(error.message.replace(/\.$/, ''));
    }
  }

  #convert(value: Json): void {
    for (const facts of this.#converter.convert(value)) this.#add(facts);
  }

  /** What was kept; of which nobody can say any more in which line it stood. */
  #convertLater(): void {
    for (const value of this.#later) {
      try {
        this.#convert(value);
      } catch (error) {
        if (!(error instanceof UnreadableAssetError)) throw error;
        this.#context.facts.note(error.message);
      }
    }
  }

  #add({ scopeId, kind, resources, relationships, problems }: GcpFacts): void {
    this.#unread.add(problems);
    this.#context.facts.add({ scope: scopeId, region: allRegions, kind }, { resources, relationships });
  }

  end({ envelope }: TextEnd): TextClosing {
    const { facts } = this.#context;
    this.#convertLater();
    for (const part of this.#converter.join()) this.#add(part);
    for (const scope of this.#converter.scopes()) facts.scope(scope);
    this.#unread.tell(facts);
    const token = envelope.get('nextPageToken');
    const cut = typeof token === 'string' && token !== '';
    if (cut) facts.note('The list has further pages (nextPageToken) that are not in this file.');
    return {
      capturedAt: timeOf(envelope.get('readTime')),
      isComplete: () => false,
      why: 'A list of assets: what it did not ask for is not in it.',
    };
  }
}
