const MINUTE_MS = 60_000;

/** Nobody at the keyboard for so long: signed out. */
export const IDLE_MS = 30 * MINUTE_MS;
/** Nobody stays signed in for longer. */
export const ABSOLUTE_MS = 12 * 60 * MINUTE_MS;
/** Activity is written down at most so often. */
export const NOTED_EVERY_MS = MINUTE_MS / 2;

/** For so long after signing in through the identity provider that alone proves who is there. */
export const FRESH_MS = 10 * MINUTE_MS;

/** How somebody came in. */
export interface Opening {
  readonly openedBy: 'password' | 'oidc';
  /** Whether the identity provider said that it has asked for a second factor. */
  readonly isVouched: boolean;
}

interface Times {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

/** Whether a session is still good. */
export function isAlive({ createdAt, lastSeenAt }: Times, now: Date): boolean {
  return now.getTime() - createdAt.getTime() < ABSOLUTE_MS && now.getTime() - lastSeenAt.getTime() < IDLE_MS;
}

/** Whether somebody has just come from the identity provider. */
export function isFreshFromProvider({ createdAt, openedBy }: Pick<Times, 'createdAt'> & Opening, now: Date): boolean {
  return openedBy === 'oidc' && now.getTime() - createdAt.getTime() < FRESH_MS;
}

/** When it ends if nothing more comes. */
export function endsAt({ createdAt, lastSeenAt }: Times): Date {
  return new Date(Math.min(createdAt.getTime() + ABSOLUTE_MS, lastSeenAt.getTime() + IDLE_MS));
}
