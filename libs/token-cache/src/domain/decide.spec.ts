import fc from 'fast-check';
import { aRow, aToken, NOW } from '../testing/a-token-row';
import { decide, LEASE_MS, type Decision } from './decide';
import type { TokenRow } from './token-row';

const later = NOW + 60_000;
const claimed = NOW + LEASE_MS;
const old = aToken({ expiresAt: NOW });

const TABLE: [string, TokenRow | null, Decision][] = [
  ['nothing is stored', null, { do: 'fetch' }],
  ['nothing was ever fetched', aRow(), { do: 'fetch' }],
  ['a token is young', aRow({ token: aToken(), renewAt: later }), { do: 'serve' }],
  ['a token is to be replaced', aRow({ token: aToken() }), { do: 'serve_and_renew' }],
  ['it is being replaced', aRow({ token: aToken(), claimedUntil: claimed }), { do: 'serve' }],
  ['who replaced it is dead', aRow({ token: aToken(), claimedUntil: NOW }), { do: 'serve_and_renew' }],
  [
    'replacing it failed',
    aRow({ token: aToken(), renewAt: later, failures: 3, failureCause: 'timeout' }),
    { do: 'serve' },
  ],
  [
    'replacing it was refused',
    aRow({ token: aToken(), renewAt: later, refusalCode: 'invalid_client' }),
    { do: 'serve' },
  ],
  ['the token has ended', aRow({ token: old, renewAt: NOW - 1 }), { do: 'fetch' }],
  ['somebody is fetching', aRow({ claimedUntil: claimed }), { do: 'wait', until: claimed }],
  ['who fetched is dead', aRow({ claimedUntil: NOW }), { do: 'fetch' }],
  ['it was claimed by a clock far ahead', aRow({ claimedUntil: NOW + 86_400_000 }), { do: 'fetch' }],
  [
    'the upstream refused',
    aRow({ refusalCode: 'invalid_client', renewAt: later }),
    { do: 'refuse', code: 'invalid_client' },
  ],
  [
    'the upstream refused and the token has ended',
    aRow({ token: old, refusalCode: 'invalid_client', renewAt: later }),
    { do: 'refuse', code: 'invalid_client' },
  ],
  ['it refused long ago', aRow({ refusalCode: 'invalid_client', renewAt: NOW }), { do: 'fetch' }],
  [
    'the upstream failed just now',
    aRow({ failures: 1, failureCause: 'timeout', renewAt: later }),
    { do: 'hold_off', until: later, reason: 'timeout' },
  ],
  ['it failed a while ago', aRow({ failures: 1, failureCause: 'timeout', renewAt: NOW }), { do: 'fetch' }],
  [
    'the upstream does not take what it gives',
    aRow({ rejections: 3, renewAt: later }),
    { do: 'hold_off', until: later, reason: 'rejected' },
  ],
  ['the token was dropped ahead of its time', aRow({ renewAt: later }), { do: 'fetch' }],
];

const anyTime = fc.integer({ min: NOW - 100_000, max: NOW + 100_000 });
const anyRow: fc.Arbitrary<TokenRow> = fc
  .record({
    token: fc.option(fc.record({ issuedAt: anyTime, expiresAt: anyTime }).map((times) => aToken(times))),
    claimedUntil: fc.option(anyTime),
    renewAt: anyTime,
    refusalCode: fc.option(fc.constant('invalid_client')),
    failures: fc.nat(5),
    rejections: fc.nat(5),
    credentialVersion: fc.integer({ min: 1, max: 3 }),
  })
  .map(aRow);

describe('what follows from what is stored', () => {
  it.each(TABLE)('%s', (_, row, decision) => {
    expect(decide(row, 1, NOW)).toEqual(decision);
  });

  it('is a fetch, whatever is stored, once the credential is a newer one', () => {
    fc.assert(fc.property(anyRow, (row) => expect(decide(row, 4, NOW)).toEqual({ do: 'fetch' })));
  });

  it('is the same for who knows an older credential than the row', () => {
    fc.assert(
      fc.property(anyRow, (row) => expect(decide(row, 0, NOW)).toEqual(decide(row, row.credentialVersion, NOW))),
    );
  });

  it('serves exactly as long as the token is valid', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        const serves = ['serve', 'serve_and_renew'].includes(decide(row, 1, NOW).do);
        expect(serves).toBe(row.token !== null && row.token.expiresAt > NOW);
      }),
    );
  });

  it('asks the upstream only when nobody is at it, and neither refusal nor failure is fresh', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        if (!['fetch', 'serve_and_renew'].includes(decide(row, 1, NOW).do)) return;
        const isClaimed = row.claimedUntil !== null && row.claimedUntil > NOW && row.claimedUntil <= NOW + 2 * LEASE_MS;
        const isPaused = row.renewAt > NOW && (row.refusalCode !== null || row.failures > 0 || row.rejections > 0);
        expect({ isClaimed, isPaused }).toEqual({ isClaimed: false, isPaused: false });
      }),
    );
  });

  it('never waits for what lies in the past', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        const decision = decide(row, 1, NOW);
        if ('until' in decision) expect(decision.until).toBeGreaterThan(NOW);
      }),
    );
  });

  it('changes by time alone: whatever is stored, within ten minutes the upstream is asked or a token served', () => {
    fc.assert(
      fc.property(anyRow, (row) =>
        expect(['fetch', 'serve', 'serve_and_renew']).toContain(decide(row, 1, NOW + 600_000).do),
      ),
    );
  });
});
