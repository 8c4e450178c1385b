/** The token endpoint as a function, and a record of who asked when. */
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@app/kernel';
import { CLOCK } from '../config';
import { AccountStore } from './account.store';
import type { UpstreamAnswer } from './answer';
import { readTokenRequest, type TokenRequest } from './token-request';

/** One token request as it was answered; `error` is null for a token, `dropped` when a fault kept it from being read. */
export interface TokenRequestRecord {
  readonly at: string;
  readonly clientId: string | null;
  readonly scope: string;
  readonly error: string | null;
}

const KEPT = 100_000;

/** Issues tokens (sessions-api.md section 3). */
@Injectable()
export class TokenService {
  private records: TokenRequestRecord[] = [];

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly accounts: AccountStore,
  ) {}

  /** Reads a request; the answer comes by `answer`. */
  read(authorization: string | undefined, body: string): TokenRequest {
    return readTokenRequest(authorization, body);
  }

  /** Bad credentials are 400, not 401. */
  answer(asked: TokenRequest, skewMs: number): UpstreamAnswer {
    if (!asked.ok) return this.refuse(asked, asked.error);
    const account = this.accounts.authenticate(asked.clientId, asked.clientSecret);
    if (!account) return this.refuse(asked, 'invalid_client');
    const scopes = asked.scopes.length > 0 ? asked.scopes : account.scopes;
    if (scopes.some((scope) => !account.scopes.includes(scope))) return this.refuse(asked, 'invalid_scope');
    this.record(asked, null);
    const access_token = this.accounts.issue(account, scopes, skewMs);
    const body = { access_token, token_type: 'Bearer', expires_in: account.expiresIn, scope: scopes.join(' ') };
    return { status: 200, body };
  }

  /** Notes a request that a fault kept from being answered by the endpoint itself. */
  recordFault(asked: Pick<TokenRequest, 'clientId'>, fault: string): void {
    this.note({ clientId: asked.clientId, scope: '', error: fault });
  }

  /** Oldest first; the latest hundred thousand. */
  all(clientId?: string): readonly TokenRequestRecord[] {
    return clientId === undefined ? this.records : this.records.filter((record) => record.clientId === clientId);
  }

  reset(): void {
    this.records = [];
  }

  private refuse(asked: TokenRequest, error: string): UpstreamAnswer {
    this.record(asked, error);
    return { status: 400, body: { error } };
  }

  private record(asked: TokenRequest, error: string | null): void {
    this.note({ clientId: asked.clientId, scope: asked.ok ? asked.scopes.join(' ') : '', error });
  }

  private note(record: Omit<TokenRequestRecord, 'at'>): void {
    this.records.push({ at: this.clock.now().toISOString(), ...record });
    if (this.records.length > KEPT) this.records = this.records.slice(-KEPT / 2);
  }
}
