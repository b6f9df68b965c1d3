import { nearest } from '#shared/blueprint/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { DiscoverRequest } from '#shared/model/index.ts';
import type { CloudProvider } from './cloud-provider.ts';

/** What tells kinds: the steps' declarations of a cloud. */
type Maker = Pick<CloudProvider, 'cloud' | 'steps'>;
/** So many near kinds are named. */
const mostNamed = 5;

/**
 * Refuses kinds that none of the clouds asked makes, and kinds of one part that its cloud does not: such a run would list nothing and call itself complete. A cloud
 * that keeps what nobody declared under `<cloud>.other` makes every kind with its prefix.
 * Throws `bad-input` with the nearest kind and where all of them are listed.
 */
export function refuseUnknownKinds({ clouds, kinds }: DiscoverRequest, makers: readonly Maker[]): void {
  refuse({ clouds, kinds }, makers);
  for (const part of clouds) refuse({ clouds: [part], kinds: part.kinds ?? [] }, makers);
}

function refuse({ clouds, kinds }: DiscoverRequest, makers: readonly Maker[]): void {
  const asked = makers.filter((maker) => clouds.some(({ cloud }) => cloud === maker.cloud));
  const unknown = kinds.find((kind) => !asked.some((maker) => makes(maker, kind)));
  if (unknown === undefined) return;
  const names = asked.map(({ cloud }) => cloud);
  const elsewhere = makers.find((maker) => makes(maker, unknown));
  throw new AppError('bad-input', `Nothing that is asked makes the kind ${unknown}: ${names.join(', ')} has none.`, {
    advice:
      elsewhere === undefined
        ? adviceFor(unknown, asked)
        : `It is a kind of ${elsewhere.cloud}: add --cloud ${elsewhere.cloud}, or name a connection to it.`,
    details: { kind: unknown, clouds: names },
  });
}

function makes({ cloud, steps }: Maker, kind: string): boolean {
  const made = madeBy(steps);
  return made.has(kind) || (made.has(`${cloud}.other`) && kind.startsWith(`${cloud}.`));
}

function madeBy(steps: Maker['steps']): ReadonlySet<string> {
  return new Set(steps.flatMap(({ kinds, parts = [] }) => [...kinds, ...parts]));
}

function adviceFor(kind: string, asked: readonly Maker[]): string {
  const made = asked.flatMap(({ steps }) => [...madeBy(steps)]);
  const service = kind.slice(0, kind.lastIndexOf('.') + 1);
  const beside = service.split('.').length > 2 ? made.filter((one) => one.startsWith(service)) : [];
  const near = [...new Set([nearest(kind, made) ?? [], beside].flat())].slice(0, mostNamed);
  const meant = near.length === 0 ? '' : `The nearest are ${near.join(', ')}. `;
  return `${meant}All kinds are listed in docs/coverage.md.`;
}
