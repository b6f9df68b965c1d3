import { Tooltip } from '@mantine/core';
import { useEffect, useState, type ReactElement } from 'react';

const steps: readonly { unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
  { unit: 'year', seconds: 31_536_000 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'short' });
const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

/** `12 min. ago`; under a minute `just now`. Times are milliseconds since 1970. */
export function relativeText(at: number, now: number): string {
  const seconds = (at - now) / 1000;
  const step = steps.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  // The clock on screen is renewed every 20 s, so what happened since may seem to lie that far ahead.
  if (step === undefined) return seconds > 25 ? 'in a moment' : 'just now';
  return relative.format(Math.trunc(seconds / step.seconds), step.unit);
}

/** The day alone. */
export function dateText(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(at);
}

/** Date and time with the zone, for hovers and tables. */
export function absoluteText(at: number): string {
  return absolute.format(at);
}

/** `1 h 02 min`, `3 min 12 s`, `0.4 s`. */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  if (minutes < 60) return `${minutes} min ${two(Math.floor(seconds % 60))} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** The present time, renewed at an interval, for what must not stand still. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** A time as “12 min. ago”, the absolute one with its zone on hover. */
export function RelativeTime({ at }: { at: number }): ReactElement {
  const now = useNow(20_000);
  return (
    <Tooltip label={absoluteText(at)}>
      <time dateTime={new Date(at).toISOString()}>{relativeText(at, now)}</time>
    </Tooltip>
  );
}
