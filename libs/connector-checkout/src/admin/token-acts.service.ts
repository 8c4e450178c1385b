import { ConnectorAccountsAdmin, type ConnectorAccountInfo } from '@app/credentials';
import { encodeId, NotFound, type Clock } from '@app/kernel';
import {
  assertInScope,
  AUDIT_SINK,
  CLOCK,
  type AdminActor,
  type AuditEntry,
  type AuditSink,
  type ListQuery,
  type ListRow,
} from '@app/platform';
import { TokenCache, TokenDesk, type TokenField, type TokenLine, type TokenSort } from '@app/token-cache';
import { Inject, Injectable } from '@nestjs/common';
import { DROPPED, stateFacts } from './token-state';

/** A token, and the account that it is for. */
export type OwnedToken<Line extends TokenLine = TokenLine> = Line & { readonly account: ConnectorAccountInfo | null };

/** What operators see of upstream tokens and do to them, within the merchants of their scope. The tokens stay hidden. */
@Injectable()
export class TokenActs {
  constructor(
    private readonly desk: TokenDesk,
    private readonly cache: TokenCache,
    private readonly accounts: ConnectorAccountsAdmin,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(
    { merchants }: AdminActor,
    query: ListQuery<TokenField, TokenSort>,
  ): Promise<OwnedToken<TokenLine & ListRow>[]> {
    const own = merchants === 'all' ? 'all' : await this.accountsOf(merchants);
    const tokens = await this.desk.list(query, own);
    return Promise.all(tokens.map((token) => this.owned(token)));
  }

  /** @throws NotFound, also for an account outside of the actor's scope */
  async get(actor: AdminActor, key: string): Promise<OwnedToken> {
    const token = await this.desk.find(key);
    if (!token) throw new NotFound('upstream_token');
    const owned = await this.owned(token);
    assertInScope(actor, owned.account?.merchantId ?? null, 'upstream_token');
    return owned;
  }

  /** Has the token fetched anew, within a second. @throws NotFound */
  async refresh(actor: AdminActor, key: string, reason: string | null): Promise<OwnedToken> {
    const token = await this.get(actor, key);
    // Noted before it is done: whoever asks has asked, whatever the upstream says.
    const at = this.clock.now();
    const before = stateFacts(token, at);
    const after = { ...before, renew_at: at.toISOString() };
    await this.note(actor, 'upstream_token.refresh_asked', token, { at, before, after, reason });
    await this.desk.refresh(key);
    return this.get(actor, key);
  }

  /** Drops all tokens of the account, and what its upstream refused: the next session fetches. @throws NotFound */
  async drop(actor: AdminActor, key: string, reason: string | null): Promise<OwnedToken> {
    const token = await this.get(actor, key);
    const at = this.clock.now();
    await this.note(actor, 'upstream_token.dropped', token, {
      at,
      before: stateFacts(token, at),
      after: DROPPED,
      reason,
    });
    await this.cache.forget(token.accountId);
    return this.get(actor, key);
  }

  private async accountsOf(merchants: readonly string[]): Promise<string[]> {
    const lists = await Promise.all(merchants.map((id) => this.accounts.list(id)));
    return lists.flat().map(({ id }) => id);
  }

  private async owned<Line extends TokenLine>(token: Line): Promise<OwnedToken<Line>> {
    return { ...token, account: await this.accounts.find(token.accountId) };
  }

  private note(
    by: AdminActor,
    act: string,
    { accountId, account }: OwnedToken,
    what: Pick<AuditEntry, 'at' | 'before' | 'after' | 'reason'>,
  ): Promise<void> {
    const subject = encodeId('connectorAccount', accountId);
    const merchantId = account?.merchantId ?? null;
    return this.audit.record({ by, act, subject, merchantId, ...what });
  }
}
