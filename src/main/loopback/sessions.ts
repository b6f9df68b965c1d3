import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a link stays good after it was first used: a browser may fetch it twice, a person may reload. */
const graceMs = 120_000;

export interface Sessions {
  /** Makes a one-time link valid. */
  admit(token: string): void;
  /** Trades a link's token for a session value; null when it is unknown or was used up. */
  redeem(token: string): string | null;
  isSession(value: string | undefined): boolean;
}

/**
 * Sessions of people at a browser. A session is a random value signed with this engine's key, so nothing is stored;
 * it ends with the engine's host.
 */
export function createSessions(key: Buffer, now: () => number): Sessions {
  const links = new Map<string, number | null>();
  const sign = (value: string) => createHmac('sha256', key).update(value).digest('base64url');
  return {
    admit(token) {
      links.set(token, null);
    },
    redeem(token) {
      if (!links.has(token)) return null;
      const usedAt = links.get(token) ?? null;
      if (usedAt !== null && now() - usedAt > graceMs) {
        links.delete(token);
        return null;
      }
      if (usedAt === null) links.set(token, now());
      const value = randomBytes(24).toString('base64url');
      return `${value}.${sign(value)}`;
    },
    isSession(cookie) {
      const [value, signature] = cookie?.split('.') ?? [];
      if (value === undefined || signature === undefined) return false;
      return sameText(signature, sign(value));
    },
  };
}

/** Compares two secrets without telling by its duration how far they agree. */
export function sameText(one: string, other: string): boolean {
  const left = Buffer.from(one);
  const right = Buffer.from(other);
  return left.length === right.length && timingSafeEqual(left, right);
}
