import { TOKEN_LIFE_MS } from './card-token';

/** What a data key seals: one key per purpose and UTC day. */
export const KEY_PURPOSES = ['card', 'authentication_value', 'session_secret', 'request_data', 'card_token'] as const;

export type KeyPurpose = (typeof KEY_PURPOSES)[number];

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A replica that could not load the new day's key seals under the last one for at most this long. */
const SLACK_MS = DAY_MS + HOUR_MS;
/** Longest life of a session that is not final: a decoupled authentication may take seven days (EMV), plus our grace. */
const LONGEST_SESSION_MS = 8 * DAY_MS;

/** How long after the end of its day what a key sealed may still be read: then the day's last clock has run out. */
const READABLE_AFTER_DAY_MS: Record<KeyPurpose, number> = {
  // Only the least: rows of `card` carry clocks of their own, and the key waits for the last of them.
  card: 0,
  authentication_value: DAY_MS,
  session_secret: LONGEST_SESSION_MS,
  request_data: LONGEST_SESSION_MS,
  card_token: TOKEN_LIFE_MS,
};

/** The UTC day of an instant, counted from 1970-01-01. */
export function dayOf(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}

/** ISO date of a day number. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** When the key of `purpose` and `day` may be destroyed. */
export function destroyAfter(purpose: KeyPurpose, day: number): Date {
  return new Date((day + 1) * DAY_MS + READABLE_AFTER_DAY_MS[purpose] + SLACK_MS);
}
