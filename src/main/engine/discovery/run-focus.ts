import type { CloudRequest, DiscoverRequest, RunFocus } from '#shared/model/index.ts';

/** The kinds that one part of a request asks for: those of the whole request, or else its own; empty for all. */
export function kindsOf({ kinds }: Pick<DiscoverRequest, 'kinds'>, part: CloudRequest): readonly string[] {
  return kinds.length > 0 ? kinds : (part.kinds ?? []);
}

/** What a run is narrowed to, for its record: nothing for the parts that ask for all kinds of now. */
export function focusOf(request: DiscoverRequest): readonly RunFocus[] {
  return request.clouds.flatMap((part): RunFocus[] => {
    const kinds = kindsOf(request, part).filter((kind) => kind.startsWith(`${part.cloud}.`));
    const at = part.cloud === 'gcp' ? (part.at ?? null) : null;
    return kinds.length === 0 && at === null ? [] : [{ cloud: part.cloud, kinds: [...kinds], at }];
  });
}
