import type { Audience, Release } from '#shared/model/index.ts';
import type { StatusTone } from '../../ui/index.ts';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

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

/** The day of a release as it stands in its file: `23 November 2026`. */
export function dayText(date: string): string {
  const at = Date.parse(date);
  return Number.isNaN(at) ? date : day.format(at);
}
