/** Whether the figures of an hour are what its sessions are. Pure. */
import { excessOf, IDENTITIES } from './identities';
import type { Counts } from './reported-session';

const HOUR_MS = 3_600_000;
/** When it is night in UTC. */
const NIGHT_MS = 2 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

/** An hour of a merchant in which something does not come out. */
export interface Finding {
  /** When it began, as text of ISO 8601. */
  readonly hour: string;
  /** UUID */
  readonly merchantId: string;
  /** `rollup`: it is another one than its sessions make; `sessions`: more or fewer were counted than there are; else an identity. */
  readonly what: string;
  /** By how much; null where that is no one number. */
  readonly excess: number | null;
  /** It was put right: the hour was rolled up anew. */
  readonly isMended: boolean;
}

/** A check that was asked for. */
export interface ReportCheck {
  readonly id: string;
  readonly askedAt: Date;
  /** Null while it waits for a worker. */
  readonly begunAt: Date | null;
  readonly endedAt: Date | null;
  /** What it looked at. */
  readonly hours: number;
  readonly sessions: number;
  readonly findings: readonly Finding[];
}

/** What does not come out in the counts of an hour of which so many sessions are there. */
export function faultsOf(counts: Counts | undefined, sessions: number): { what: string; excess: number }[] {
  if (counts === undefined) return [{ what: 'sessions', excess: -sessions }];
  const sums = IDENTITIES.map((identity) => ({ what: identity.id, excess: excessOf(identity, counts) }));
  return [{ what: 'sessions', excess: counts.sessions - sessions }, ...sums].filter(({ excess }) => excess !== 0);
}

/** Whether a night has begun since the last check was asked for. */
export function isNightlyDue(lastAskedAt: Date | null, now: Date): boolean {
  const night = Math.floor((now.getTime() - NIGHT_MS) / DAY_MS) * DAY_MS + NIGHT_MS;
  return lastAskedAt === null || lastAskedAt.getTime() < night;
}
