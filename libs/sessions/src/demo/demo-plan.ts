/** When the demo's sessions were, and whose. Pure: the same seed and present give the same plan. */
import { Chance } from './chance';
import { DEMO_HISTORY_MERCHANTS, type DemoHistoryMerchant } from './demo-cast';

/** A session that is to be told: everything else follows from `seed`. */
export interface PlannedSession {
  readonly id: string;
  readonly at: Date;
  readonly number: number;
  readonly merchant: DemoHistoryMerchant;
  readonly seed: number;
}

export const DEMO_DAYS = 30;
/** What a demo is never filled with more than. */
export const MOST_SESSIONS = 5_000;
const HOUR_MS = 3_600_000;
/** On a usual day, at an hour of weight 1. */
const SESSIONS_PER_HOUR = 6;

/** How much is bought at which hour (UTC), and on which day of the week (Sunday first). */
const HOURS = [
  0.3, 0.2, 0.15, 0.12, 0.15, 0.25, 0.5, 0.8, 1, 1.1, 1.15, 1.25, 1.3, 1.1, 1, 1.05, 1.2, 1.45, 1.7, 1.85, 1.75, 1.4,
  0.9, 0.5,
];
/** In the hour before now, also where that is in the night: it is what is looked at first. */
const LEAST_LATELY = 3;
const WEEKDAYS = [0.85, 0.95, 0.9, 0.95, 1.05, 1.25, 1.15];

/** All sessions of the days before `now`, the oldest first. */
export function planDemo(seed: number, now: Date): PlannedSession[] {
  return [...planDemoByHour(seed, now)].flat().slice(-MOST_SESSIONS);
}

/** The same hour by hour, for who has others to let pass in between; an hour may have none. */
export function* planDemoByHour(seed: number, now: Date): Generator<PlannedSession[]> {
  const chance = new Chance(seed);
  let number = 0;
  const end = now.getTime();
  for (let hour = end - DEMO_DAYS * 24 * HOUR_MS; hour < end; hour += HOUR_MS) {
    const start = new Date(hour);
    const rate = SESSIONS_PER_HOUR * (HOURS[start.getUTCHours()] ?? 1) * (WEEKDAYS[start.getUTCDay()] ?? 1);
    const least = hour + HOUR_MS < end ? 0 : LEAST_LATELY;
    const count = Math.max(least, Math.floor(rate * (0.75 + chance.next() / 2) + chance.next()));
    const instants = Array.from({ length: count }, () => hour + chance.between(0, HOUR_MS - 1)).sort((a, b) => a - b);
    yield instants.map((instant) => {
      const at = new Date(instant);
      const merchant = chance.weighted(DEMO_HISTORY_MERCHANTS.map((one) => [one, one.weight] as const));
      number++;
      return { id: chance.uuidAt(at), at, number, merchant, seed: chance.between(0, 2 ** 32 - 1) };
    });
  }
}
