import type { Audience, Release } from '#shared/model/index.ts';
import type { StatusTone } from '../../ui/index.ts';

/** Who of the people may deploy it. */
export function peopleText({ people }: Audience): string {
  if (people === 'everyone') return 'everyone';
  return people.length === 0 ? 'nobody' : people.join(', ');
}

export function statusTone(status: Release['status']): StatusTone {
  switch (status) {
    case 'active':
      return 'good';
    case 'deprecated':
      return 'attention';
    case 'withdrawn':
      return 'bad';
  }
}
