import { nearest } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';

/**
 * That names are no regions of a cloud, with the nearest one of each. Such a run would find nothing there, and a typing
 * error would look like an empty region.
 */
export function unknownRegion(
  cloud: 'Azure' | 'Google Cloud',
  unknown: readonly string[],
  options: { readonly known: readonly string[]; readonly example: string },
): AppError {
  const near = [...new Set(unknown.flatMap((name) => nearest(name, options.known) ?? []))];
  const meant = near.length === 0 ? `A region looks like ${options.example}.` : `Did you mean ${near.join(', ')}?`;
  return new AppError('bad-input', `${unknown.join(', ')}: not a region of ${cloud} that is known here.`, {
    advice: `${meant} Leave regions out to map all of them, those that are newer than this version too.`,
    details: { regions: [...unknown] },
  });
}
