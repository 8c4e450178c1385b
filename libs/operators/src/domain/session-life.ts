const MINUTE_MS = 60_000;

/** Nobody at the keyboard for so long: signed out. */
export const IDLE_MS = 30 * MINUTE_MS;
/** Nobody stays signed in for longer. */
export const ABSOLUTE_MS = 12 * 60 * MINUTE_MS;
/** Activity is written down at most so often. */
export const NOTED_EVERY_MS = MINUTE_MS / 2;

interface Times {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

/** Whether a session is still good. */
export function isAlive({ createdAt, lastSeenAt }: Times, now: Date): boolean {
  return now.getTime() - createdAt.getTime() < ABSOLUTE_MS && now.getTime() - lastSeenAt.getTime() < IDLE_MS;
}

/** When it ends if nothing more comes. */
export function endsAt({ createdAt, lastSeenAt }: Times): Date {
  return new Date(Math.min(createdAt.getTime() + ABSOLUTE_MS, lastSeenAt.getTime() + IDLE_MS));
}
