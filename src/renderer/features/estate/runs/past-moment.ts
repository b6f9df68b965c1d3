/** How far back Google's inventory can be read. */
const daysKept = 35;
const dayMilliseconds = 24 * 3600 * 1000;

/** A moment as a field for date and time holds it, in this machine's time zone. */
export type MomentText = string;

/** The moment in milliseconds since 1970; null for an empty field, a sentence for what cannot be read. */
export function readMoment(text: MomentText, now: number): number | string | null {
  if (text.trim() === '') return null;
  const at = Date.parse(text.trim());
  if (Number.isNaN(at)) return 'Give a date and a time, such as 2026-11-20 12:00.';
  if (at > now) return 'This has not come yet. Leave the field empty to map what is there now.';
  if (at < now - daysKept * dayMilliseconds) return `Google keeps ${daysKept} days: choose a later moment.`;
  return at;
}
