const DAY_MS = 86_400_000;

/** Days before the end at which it is announced, and 0: the end itself. */
export const RUNGS = [90, 30, 7, 1, 0] as const;

export type Rung = (typeof RUNGS)[number];

/** Days until `expiresAt`, begun ones counted whole; 0 or less once it has passed. */
export function daysLeft(expiresAt: Date, now: Date): number {
  return Math.ceil((expiresAt.getTime() - now.getTime()) / DAY_MS);
}

/**
 * The rung that has to be announced now, or null: the lowest one reached, if it is below the one `announced` last. Rungs
 * that were passed over are not made up for.
 */
export function dueRung(expiresAt: Date, now: Date, announced: number | null): Rung | null {
  const left = daysLeft(expiresAt, now);
  const reached = RUNGS.filter((rung) => left <= rung).at(-1);
  return reached !== undefined && (announced === null || reached < announced) ? reached : null;
}
