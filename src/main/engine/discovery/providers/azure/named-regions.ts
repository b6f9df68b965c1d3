import { AppError } from '#shared/errors/index.ts';
import { unknownRegion } from '../../unknown-region.ts';
import { azureRegions } from './regions.ts';
import type { AzureSession } from './session.ts';
import { quoted } from './steps.ts';

const regionName = /^[a-z][a-z0-9]+$/u;

/** `West Europe` and `westeurope` are the same. Throws `bad-input` for what cannot be a region. */
export function regionsNamed(names: readonly string[]): readonly string[] {
  const regions = names.map((name) => name.toLowerCase().replaceAll(/[\s-]/gu, ''));
  const wrong = names.filter((_, index) => !regionName.test(regions[index] ?? ''));
  if (wrong.length === 0) return [...new Set(regions)].filter((region) => region !== 'global');
  throw new AppError('bad-input', `${wrong.join(', ')}: not a region of Azure.`, {
    advice: 'A region looks like westeurope.',
    details: { regions: wrong },
  });
}

/**
 * Refuses regions that are not known and in which nothing is: their cells would be complete and empty. A region that
 * is newer than the list counts as soon as something is there. Throws `bad-input`, or what asking throws.
 */
export async function refuseUnknownRegions(
  session: AzureSession,
  regions: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const unknown: string[] = [];
  for (const region of regions) {
    if (azureRegions.includes(region)) continue;
    const query = `resources\n| where location in~ (${quoted(region)})\n| order by id asc`;
    const { rows } = await session.ask({ query, top: 1 }, signal);
    if (rows.length === 0) unknown.push(region);
  }
  if (unknown.length > 0) throw unknownRegion('Azure', unknown, { known: azureRegions, example: 'westeurope' });
}
