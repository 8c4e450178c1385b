import type { AccessTokenActor } from '@app/credentials';
import { encodeId, NotAllowed, Unauthenticated } from '@app/kernel';
import { randomBytes } from 'node:crypto';
import {
  actorName,
  assertScope,
  assertSecretAlive,
  boundChannel,
  hashSecret,
  SESSION_SECRET,
  secretMatches,
} from './caller';
import { AT, later } from './testing/sessions';

const anActor = (...scopes: string[]): AccessTokenActor => ({
  merchantId: '01987f7d-0000-7000-8000-000000000001',
  environment: 'test',
  accessKeyId: '01987f7d-0000-7000-8000-000000000003',
  scopes: new Set(scopes),
  defaultChannelId: null,
});

const FORBIDDEN = expect.objectContaining({
  constructor: NotAllowed,
  codes: ['operation_not_allowed_for_scope'],
}) as Error;

describe('a session secret', () => {
  it('has the shape that we make: 32 random bytes in base64 behind sek_', () => {
    for (let round = 0; round < 50; round++) {
      expect(`sek_${randomBytes(32).toString('base64')}`).toMatch(SESSION_SECRET);
    }
  });

  it.each([
    '',
    'sek_',
    `sek_${'A'.repeat(43)}`,
    `sek_${'A'.repeat(44)}`,
    `sek_${'A'.repeat(43)}=\n`,
    ` sek_${'A'.repeat(43)}=`,
    `sek_${'-'.repeat(43)}=`,
    `SEK_${'A'.repeat(43)}=`,
    `sk_${'A'.repeat(43)}=`,
  ])('is not %j', (text) => {
    expect(text).not.toMatch(SESSION_SECRET);
  });

  it('opens its own session only', () => {
    const secret = `sek_${randomBytes(32).toString('base64')}`;
    const session = { secretHash: hashSecret(secret) };

    expect(secretMatches(session, secret)).toBe(true);
    expect(secretMatches(session, `sek_${randomBytes(32).toString('base64')}`)).toBe(false);
    expect(secretMatches(session, `${secret} `)).toBe(false);
    expect(session.secretHash.toString('latin1')).not.toContain(secret);
  });

  it('lives until fifteen minutes after the final status', () => {
    expect(() => assertSecretAlive({ finalAt: null }, later(10_000))).not.toThrow();
    expect(() => assertSecretAlive({ finalAt: AT }, later(15))).not.toThrow();
    expect(() => assertSecretAlive({ finalAt: AT }, new Date(later(15).getTime() + 1))).toThrow(Unauthenticated);
  });
});

describe('a scope', () => {
  it('is asked for by the device channel', () => {
    expect(() => assertScope(anActor('sessions:browser'), 'browser')).not.toThrow();
    expect(() => assertScope(anActor('sessions:app'), 'app')).not.toThrow();
    expect(() => assertScope(anActor('sessions:app'), 'browser')).toThrow(FORBIDDEN);
    expect(() => assertScope(anActor('sessions:browser'), 'app')).toThrow(FORBIDDEN);
  });

  it('of either channel will do while the channel is open', () => {
    for (const scope of ['sessions:app', 'sessions:browser', 'sessions']) {
      expect(() => assertScope(anActor(scope), null)).not.toThrow();
    }
    expect(() => assertScope(anActor('reports'), null)).toThrow(FORBIDDEN);
    expect(() => assertScope(anActor(), null)).toThrow(FORBIDDEN);
  });

  it('named sessions covers both channels', () => {
    for (const channel of ['app', 'browser'] as const) {
      expect(() => assertScope(anActor('sessions'), channel)).not.toThrow();
    }
  });

  it('binds a session without device data to its one channel, and to none when there are both', () => {
    expect(boundChannel(anActor('sessions:browser'))).toBe('browser');
    expect(boundChannel(anActor('sessions:app'))).toBe('app');
    expect(boundChannel(anActor('sessions:app', 'sessions:browser'))).toBeNull();
    expect(boundChannel(anActor('sessions'))).toBeNull();
  });
});

describe('the name of a caller', () => {
  it('is the access key, never a secret', () => {
    const actor = anActor('sessions');

    expect(actorName({ kind: 'token', actor })).toBe(encodeId('accessKey', actor.accessKeyId));
    expect(actorName({ kind: 'secret', secret: 'sek_x' })).toBe('session_secret');
    expect(actorName({ kind: 'cardholder', sessionId: 'x' })).toBe('cardholder');
  });
});
