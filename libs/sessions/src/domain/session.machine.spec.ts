import { NotAllowed } from '@app/kernel';
import * as fc from 'fast-check';
import {
  isFinal,
  SESSION_STATUSES,
  transition,
  TRANSITIONS,
  type SessionStatus,
  type SessionTrigger,
} from './session.machine';

const OPEN = ['pending', 'processing', 'challenged'] as const;
const FINAL = SESSION_STATUSES.filter((status) => !(OPEN as readonly string[]).includes(status));

/** Every trigger of the type; a new one fails to compile until it is walked here. */
const TRIGGERS = Object.keys({
  requestSent: 0,
  authenticated: 0,
  attempted: 0,
  notAuthenticated: 0,
  rejected: 0,
  unavailable: 0,
  challengeRequired: 0,
  methodRequired: 0,
  dataRequired: 0,
  challengeLeft: 0,
  challengeDeclined: 0,
  cardholderLeft: 0,
  deadlinePassed: 0,
} satisfies Record<SessionTrigger, 0>) as SessionTrigger[];

const exitsOf = (status: SessionStatus): Partial<Record<SessionTrigger, SessionStatus>> => TRANSITIONS[status];

function reachableFrom(start: SessionStatus): Set<SessionStatus> {
  const seen = new Set<SessionStatus>([start]);
  for (const status of seen) for (const next of Object.values(exitsOf(status))) seen.add(next);
  return seen;
}

describe('the session machine', () => {
  it('reaches every status from pending', () => {
    expect([...reachableFrom('pending')].sort()).toEqual([...SESSION_STATUSES].sort());
  });

  it('has the final statuses of the contract, and no exit from any of them', () => {
    expect(FINAL.sort()).toEqual(
      ['approved', 'attempted', 'challenge_abandoned', 'declined', 'expired', 'rejected', 'unavailable'].sort(),
    );
    for (const status of FINAL) {
      expect(isFinal(status)).toBe(true);
      expect(exitsOf(status)).toEqual({});
    }
    for (const status of OPEN) expect(isFinal(status)).toBe(false);
  });

  it('lets every open session end when its deadline passes', () => {
    expect(transition('pending', 'deadlinePassed')).toBe('expired');
    expect(transition('processing', 'deadlinePassed')).toBe('unavailable');
    expect(transition('challenged', 'deadlinePassed')).toBe('challenge_abandoned');
  });

  it('lets a cardholder leave before the issuer is asked, and decline a challenge; nowhere else', () => {
    const ends = SESSION_STATUSES.flatMap((status) => {
      const { cardholderLeft, challengeDeclined } = exitsOf(status);
      return [cardholderLeft, challengeDeclined].flatMap((end) => (end === undefined ? [] : [[status, end]]));
    });

    expect(ends).toEqual([
      ['pending', 'expired'],
      ['challenged', 'challenge_abandoned'],
    ]);
  });

  it('never lets a session that asked nobody be a success', () => {
    const exits = Object.values(exitsOf('pending'));

    expect(exits).not.toContain('approved');
    expect(exits).not.toContain('attempted');
  });

  const illegal = SESSION_STATUSES.flatMap((status) =>
    TRIGGERS.filter((trigger) => exitsOf(status)[trigger] === undefined).map((trigger) => [status, trigger] as const),
  );

  it.each(illegal)('refuses, in %s, %s', (status, trigger) => {
    expect(() => transition(status, trigger)).toThrow(
      expect.objectContaining({
        constructor: NotAllowed,
        kind: 'not_allowed',
        codes: ['update_not_allowed_due_to_state'],
      }) as Error,
    );
  });

  it('walks every combination of status and trigger', () => {
    const legal = SESSION_STATUSES.reduce((sum, status) => sum + Object.keys(exitsOf(status)).length, 0);

    expect(illegal.length + legal).toBe(SESSION_STATUSES.length * TRIGGERS.length);
  });

  it('never leaves a final status, in whatever order things happen', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...TRIGGERS), { maxLength: 40 }), (triggers) => {
        let status: SessionStatus = 'pending';
        let settledAs: SessionStatus | null = null;
        for (const trigger of triggers) {
          try {
            status = transition(status, trigger);
          } catch (error) {
            if (!(error instanceof NotAllowed)) throw error;
          }
          if (settledAs !== null) expect(status).toBe(settledAs);
          if (isFinal(status)) settledAs = status;
          expect(SESSION_STATUSES).toContain(status);
        }
      }),
      { numRuns: 500 },
    );
  });
});
