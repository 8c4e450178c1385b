import { ConnectorAccounts, requestUpstreamToken, type ConnectorAccountView } from '@app/credentials';
import { OutboundHttp } from '@app/platform';
import { TokenCache, type FetchOutcome, type TokenRequest } from '@app/token-cache';
import { Injectable, type OnModuleInit } from '@nestjs/common';

/** Refusals that say that the credential is wrong, not what was asked for with it. */
const CREDENTIAL_REFUSED: ReadonlySet<string> = new Set(['invalid_client', 'unauthorized_client', 'access_denied']);

/** What the account's tokens are asked for by. */
export function tokenRequestOf({ id, credentialVersion, scopes }: ConnectorAccountView): TokenRequest {
  return { accountId: id, credentialVersion, scopes };
}

/** Tells the token cache how tokens for this connector's accounts are fetched. */
@Injectable()
export class UpstreamTokens implements OnModuleInit {
  constructor(
    private readonly cache: TokenCache,
    private readonly accounts: ConnectorAccounts,
    private readonly http: OutboundHttp,
  ) {}

  onModuleInit(): void {
    this.cache.bind((request) => this.fetch(request));
  }

  /** With the newest credential; while a rotation overlaps and the upstream does not know it yet, with the other one. */
  private async fetch(request: TokenRequest): Promise<FetchOutcome> {
    const account = await this.accounts.byId(request.accountId);
    if (!account) return { outcome: 'failed', cause: 'account_unknown' };
    if (account.credentialVersion < request.credentialVersion) return { outcome: 'failed', cause: 'account_outdated' };
    let outcome: FetchOutcome = { outcome: 'failed', cause: 'no_valid_credential' };
    for (const credential of account.credentials) {
      const told = await requestUpstreamToken(this.http, account, credential, request.scopes);
      if (told.outcome === 'issued') {
        this.accounts.touch(account.id, credential.clientId);
        const { accessToken, expiresInSeconds, date } = told;
        return {
          outcome: 'issued',
          token: { accessToken, expiresInSeconds, ...(date === undefined ? {} : { serverDate: date }) },
        };
      }
      outcome = told;
      if (told.outcome !== 'refused' || !CREDENTIAL_REFUSED.has(told.code)) return told;
    }
    return outcome;
  }
}
