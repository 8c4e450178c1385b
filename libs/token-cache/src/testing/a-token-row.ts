import { Secret } from '@app/kernel';
import type { StoredToken, TokenRow } from '../domain/token-row';

/** The present of tests that need none in particular. */
export const NOW = Date.UTC(2026, 0, 1);

/** A token of an hour that was issued a minute ago. */
export const aToken = (token: Partial<StoredToken> = {}): StoredToken => ({
  accessToken: new Secret('token-of-an-upstream'),
  sequence: 5,
  issuedAt: NOW - 60_000,
  expiresAt: NOW + 3_500_000,
  ...token,
});

/** A row with nothing in it yet: nobody is at it, and it is due. */
export const aRow = (row: Partial<TokenRow> = {}): TokenRow => ({
  key: 'k',
  accountId: '018f0000-0000-7000-8000-000000000001',
  credentialVersion: 1,
  scopes: ['sessions:app'],
  audience: null,
  version: 3,
  fence: 5,
  claimedUntil: null,
  token: null,
  renewAt: NOW,
  refusalCode: null,
  failures: 0,
  failureCause: null,
  rejections: 0,
  lifeMs: null,
  ...row,
});
