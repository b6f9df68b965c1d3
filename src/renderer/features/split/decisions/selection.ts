/** What a click means for what is chosen: alone, one more or less, or everything up to it. */
export type Pick = 'alone' | 'toggle' | 'range';

/** The meaning of the keys held with a click. */
export function pickOf(event: {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}): Pick {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'alone';
}

/**
 * What is chosen after an address was picked among those that stand in one list. A range begins at what was chosen
 * last, where that stands in the list. Picking alone what is alone already lets it go.
 */
export function picked(
  chosen: readonly string[],
  { address, how, list }: { readonly address: string; readonly how: Pick; readonly list: readonly string[] },
): readonly string[] {
  if (how === 'toggle') {
    return chosen.includes(address) ? chosen.filter((one) => one !== address) : [...chosen, address];
  }
  if (how === 'range') {
    const from = list.indexOf(chosen.at(-1) ?? '');
    const to = list.indexOf(address);
    if (from !== -1 && to !== -1) {
      const range = from <= to ? list.slice(from, to + 1) : list.slice(to, from + 1).toReversed();
      return [...chosen.filter((one) => !range.includes(one)), ...range];
    }
    return [...chosen.filter((one) => one !== address), address];
  }
  return chosen.length === 1 && chosen[0] === address ? [] : [address];
}
