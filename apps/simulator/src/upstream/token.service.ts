/** The token endpoint as a function (sessions-api.md section 3). */
import { Injectable } from '@nestjs/common';
import { AccountStore } from './account.store';
import type { UpstreamAnswer } from './answer';
import type { TokenRequest } from './token-request';

/** Issues tokens. */
@Injectable()
export class TokenService {
  constructor(private readonly accounts: AccountStore) {}

  /** Bad credentials are 400, not 401. `skewMs` is how far the clock is ahead. */
  answer(asked: TokenRequest, skewMs: number): UpstreamAnswer {
    if (!asked.ok) return refuse(asked.error);
    const account = this.accounts.authenticate(asked.clientId, asked.clientSecret);
    if (!account) return refuse('invalid_client');
    const scopes = asked.scopes.length > 0 ? asked.scopes : account.scopes;
    if (scopes.some((scope) => !account.scopes.includes(scope))) return refuse('invalid_scope');
    const access_token = this.accounts.issue(account, scopes, skewMs);
    return {
      status: 200,
      body: { access_token, token_type: 'Bearer', expires_in: account.expiresIn, scope: scopes.join(' ') },
    };
  }
}

function refuse(error: string): UpstreamAnswer {
  return { status: 400, body: { error } };
}
