import type { DriftItem } from '#shared/model/index.ts';
import type { Change } from './changes.ts';
import { cannotAccept, parseAddress, type SourceFile } from './module-source.ts';
import { forEachText, resolveVariable, wholeLines, type AcceptedItem } from './resolve-attributes.ts';
import { readVariable } from './variable-use.ts';

const byHand = 'Change the blueprint or the artifact by hand, or revert the difference.';

/**
 * The edits that make the code no longer have a resource: its member leaves the map it repeats over, its switch goes
 * off, or its block is cut where nothing else refers to it. Throws `bad-input` where none of these is safe.
 */
export function resolveDeletion(
  accepted: AcceptedItem,
  around: { readonly files: readonly SourceFile[]; readonly chosen: readonly DriftItem[] },
): Change[] {
  const { item, block } = accepted;
  const address = parseAddress(item.address);
  if (address === null) throw cannotAccept(item.address, 'it comes from a called module', byHand);
  const forEach = forEachText(block);
  if (forEach !== null && typeof address.index === 'string') {
    const over = readVariable(forEach, null, address);
    if (over !== null) {
      const edits = [{ path: [address.index], value: null }];
      return resolveVariable(accepted, { what: item.address, use: over, edits });
    }
    return followed(accepted, { forEach, index: address.index, chosen: around.chosen });
  }
  const count = block.place.attributes.find((attribute) => attribute.name === 'count');
  if (count !== undefined) {
    const text = block.file.text.slice(count.start, count.end);
    const condition = /^\(?\s*(var\.[\w-]+)\s*\?\s*1\s*:\s*0\s*\)?$/.exec(text)?.[1];
    const use = condition === undefined ? null : readVariable(condition, null, address);
    if (use === null) throw cannotAccept(item.address, `how many there are is computed as ${text}`, byHand);
    return resolveVariable(accepted, { what: item.address, use, edits: [{ path: [], value: false }] });
  }
  if (forEach !== null) throw cannotAccept(item.address, `it repeats over ${forEach}`, byHand);
  const place = wholeLines(block.file.text, block.place);
  const user = referenceTo(`${address.type}.${address.name}`, {
    ...around,
    except: { file: block.file.path, ...place },
  });
  if (user !== null) {
    throw cannotAccept(item.address, `${user} refers to it`, 'Remove what refers to it first, by hand.');
  }
  return [
    {
      kind: 'source',
      node: accepted.step.id,
      what: item.address,
      file: block.file.path,
      splice: { ...place, text: '' },
    },
  ];
}

/** A block that repeats over another resource follows it; that one must be taken over too. */
function followed(
  { item }: AcceptedItem,
  {
    forEach,
    index,
    chosen,
  }: { readonly forEach: string; readonly index: string; readonly chosen: readonly DriftItem[] },
): Change[] {
  const leader = `${forEach}[${JSON.stringify(index)}]`;
  const goes = chosen.some((one) => one.node === item.node && one.change === 'deleted' && one.address === leader);
  if (goes) return [];
  throw cannotAccept(
    item.address,
    `it repeats over ${forEach}`,
    `When ${leader} is gone too, take both over together; else change the code by hand.`,
  );
}

/** The first place outside of a block that names a resource, as `file:line`. */
function referenceTo(
  name: string,
  {
    files,
    except,
  }: {
    readonly files: readonly SourceFile[];
    readonly except: { readonly file: string; readonly start: number; readonly end: number };
  },
): string | null {
  const pattern = new RegExp(`(?<![\\w.-])${name.replaceAll('.', '\\.')}(?![\\w-])`, 'g');
  for (const file of files) {
    for (const found of file.text.matchAll(pattern)) {
      if (file.path === except.file && found.index >= except.start && found.index < except.end) continue;
      return `${file.path}:${file.text.slice(0, found.index).split('\n').length}`;
    }
  }
  return null;
}
