/** The accounts, and the tokens that they were given. */
import { createHash, generateKeyPairSync, sign, timingSafeEqual, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newUuidV4, randomBytes, type Clock } from '@app/kernel';
import { SimulatorAddress } from '../address';
import { CLOCK } from '../config';
import { DEMO_ACCOUNT, type UpstreamAccount } from './account';

/** A token as the upstream remembers it. `expiresAt` is in epoch milliseconds. */
export interface IssuedToken {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** Why a bearer token is refused, or whose it is. */
export type TokenVerdict = { readonly ok: true; readonly token: IssuedToken } | { readonly ok: false };

const MAX_TOKENS = 100_000;

/** Accounts by client id; tokens by their text. */
@Injectable()
export class AccountStore {
  private readonly accounts = new Map<string, UpstreamAccount>();
  private readonly tokens = new Map<string, IssuedToken>();
  private signingKey: KeyObject | null = null;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly address: SimulatorAddress,
  ) {
    this.reset();
  }

  /** Back to the one account that is there from the start; all tokens are void. */
  reset(): void {
    this.accounts.clear();
    this.tokens.clear();
    this.put(DEMO_ACCOUNT);
  }

  put(account: UpstreamAccount): void {
    this.accounts.set(account.clientId, account);
  }

  find(clientId: string): UpstreamAccount | null {
    return this.accounts.get(clientId) ?? null;
  }

  /** Forgets an account and voids its tokens. */
  remove(clientId: string): boolean {
    this.revokeAll(clientId);
    return this.accounts.delete(clientId);
  }

  all(): readonly UpstreamAccount[] {
    return [...this.accounts.values()];
  }

  /** The account whose credentials these are, or null. */
  authenticate(clientId: string, clientSecret: string): UpstreamAccount | null {
    const account = this.find(clientId);
    return account?.clientSecrets.some((secret) => isSame(secret, clientSecret)) ? account : null;
  }

  /** A new token. `skewMs` is how far the upstream's clock is ahead: it shows in a JWT's times. */
  issue(account: UpstreamAccount, scopes: readonly string[], skewMs: number): string {
    const now = this.clock.now().getTime();
    const text =
      account.tokenFormat === 'jwt' ? this.jwt(account, scopes, now + skewMs) : randomBytes(32).toString('base64url');
    const life = account.tokenLife ?? account.expiresIn;
    this.tokens.set(text, { clientId: account.clientId, scopes, expiresAt: now + life * 1000 });
    if (this.tokens.size > MAX_TOKENS) this.forgetOldest();
    return text;
  }

  /** Whether a bearer token works now. */
  verify(text: string): TokenVerdict {
    const token = this.tokens.get(text);
    return token && token.expiresAt > this.clock.now().getTime() ? { ok: true, token } : { ok: false };
  }

  revoke(text: string): void {
    this.tokens.delete(text);
  }

  /** Voids every token of an account; tells how many. */
  revokeAll(clientId: string): number {
    let revoked = 0;
    for (const [text, token] of this.tokens) {
      if (token.clientId !== clientId) continue;
      this.tokens.delete(text);
      revoked++;
    }
    return revoked;
  }

  private forgetOldest(): void {
    const oldest = this.tokens.keys().next();
    if (!oldest.done) this.tokens.delete(oldest.value);
  }

  /** The claims of the real service (sessions-api.md section 3). */
  private jwt(account: UpstreamAccount, scopes: readonly string[], nowMs: number): string {
    this.signingKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const iat = Math.floor(nowMs / 1000);
    const claims = {
      iss: this.address.to('/upstream'),
      aud: 'gateway',
      client_id: account.clientId,
      scope: scopes,
      jti: newUuidV4(),
      iat,
      nbf: iat,
      exp: iat + account.expiresIn,
    };
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'RS256', typ: 'at+jwt' })}.${part(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), this.signingKey).toString('base64url')}`;
  }
}

function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
