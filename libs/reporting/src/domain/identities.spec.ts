import fc from 'fast-check';
import { excessOf, IDENTITIES } from './identities';
import { anySession } from '../testing/sessions';
import { rateOf, ratesOf, RATE_IDS, RATES, SMALL, type RateDefinition } from './rates';
import { addCounts, countSessions, COUNTING, PHASES, type ReportedSession } from './reported-session';

const sessions = fc.array(anySession, { maxLength: 60 });

describe('the identities of the catalogue', () => {
  it.each(IDENTITIES)('$id holds for any set of sessions', (identity) => {
    fc.assert(fc.property(sessions, (set) => excessOf(identity, countSessions(set)) === 0));
  });

  it.each(IDENTITIES)('$id is noticed when a session is counted twice or not at all', (identity) => {
    const counts = countSessions([approved]);
    const [part = 'sessions'] = identity.parts;

    expect(excessOf(identity, { ...counts, [part]: counts[part] + 1 })).toBe(1);
    expect(excessOf(identity, { ...counts, sessions: 2 })).toBe(-1);
  });

  it('holds for the sum of slices where it holds for each', () => {
    fc.assert(
      fc.property(sessions, sessions, (one, other) => {
        const sum = addCounts([countSessions(one), countSessions(other)]);
        expect(sum).toEqual(countSessions([...one, ...other]));
      }),
    );
  });

  it('puts every session into exactly one phase', () => {
    fc.assert(fc.property(anySession, (session) => PHASES.filter((phase) => COUNTING[phase](session)).length === 1));
  });
});

describe('rates', () => {
  it('are between 0 and 1, or absent where there is nothing to divide by', () => {
    fc.assert(
      fc.property(sessions, (set) => {
        for (const { value, denominator } of Object.values(ratesOf(countSessions(set)))) {
          if (denominator === 0) expect(value).toBeNull();
          else expect(value).toBeGreaterThanOrEqual(0);
          expect(value ?? 0).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('have nobody above who is not below: what an upstream turned down by itself was not the issuer’s', () => {
    const turnedDown = { ...approved, status: 'declined', statusReason: 'risk_declined', transStatus: null };
    const counts = countSessions([turnedDown, { ...approved, status: 'declined', transStatus: 'N' }]);

    expect(rateOf('issuer_decline', counts)).toMatchObject({ numerator: 1, denominator: 1 });
    expect(counts).toMatchObject({ declined: 2, not_submitted: 1 });
  });

  it(`are small below ${SMALL}`, () => {
    const of = (count: number): boolean =>
      rateOf('authentication', countSessions(new Array(count).fill(approved))).isSmall;

    expect([of(SMALL - 1), of(SMALL)]).toEqual([true, false]);
  });

  it('have data that were only shared in neither term of a success', () => {
    const shared = { ...approved, status: 'attempted', transStatus: 'I' };
    const counts = countSessions([approved, shared]);

    for (const id of ['authentication', 'full_authentication', 'frictionless_success'] as const)
      expect(rateOf(id, counts)).toMatchObject({ numerator: 1, denominator: 1 });
    expect(counts).toMatchObject({ data_only: 1, attempted: 0, submitted: 2, frictionless: 2 });
  });

  it('are each of counts that the catalogue has', () => {
    for (const id of RATE_IDS) {
      const { numerator, denominator }: RateDefinition = RATES[id];
      expect([...numerator, ...denominator].filter((count) => !(count in COUNTING))).toEqual([]);
    }
  });
});

const approved: ReportedSession = {
  status: 'approved',
  statusReason: null,
  refusalCode: null,
  isFinal: true,
  challenged: false,
  transStatus: 'Y',
  liabilityShift: 'yes',
  attempts: 1,
  challengeIndicator: 'no_preference',
  exemptionApplied: null,
  isChallengeSeen: false,
  isEndedByUs: false,
};
