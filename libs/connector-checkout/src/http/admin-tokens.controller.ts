import { encodeId, NotFound, type Clock } from '@app/kernel';
import {
  Actor,
  AdminRoute,
  CLOCK,
  pageOf,
  parseListQuery,
  readBody,
  type AdminActor,
  type ListPage,
} from '@app/platform';
import { TOKEN_LISTING } from '@app/token-cache';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { TokenActs, type OwnedToken } from '../admin/token-acts.service';
import { stateOf } from '../admin/token-state';
import { TokenActDto } from './admin-tokens.dto';

/** Upstream tokens as operators see them: everything but the token. */
@Controller('admin/api/tokens')
export class AdminTokensController {
  constructor(
    private readonly acts: TokenActs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @AdminRoute('tokens.read')
  async list(@Actor() actor: AdminActor, @Query() parameters: Record<string, unknown>): Promise<ListPage> {
    const query = parseListQuery(TOKEN_LISTING, parameters);
    const now = this.clock.now();
    return pageOf(query, await this.acts.list(actor, query), (token) => present(token, now));
  }

  @Get(':id')
  @AdminRoute('tokens.read')
  async show(@Actor() actor: AdminActor, @Param('id') id: string): Promise<object> {
    return present(await this.acts.get(actor, keyIn(id)), this.clock.now());
  }

  @Post(':id/refresh')
  @HttpCode(200)
  @AdminRoute('tokens.act', { once: 'answered' })
  async refresh(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return present(await this.acts.refresh(actor, keyIn(id), reasonIn(body)), this.clock.now());
  }

  @Post(':id/drop')
  @HttpCode(200)
  @AdminRoute('tokens.act', { once: 'answered' })
  async drop(@Actor() actor: AdminActor, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return present(await this.acts.drop(actor, keyIn(id), reasonIn(body)), this.clock.now());
  }
}

const reasonIn = (body: unknown): string | null => readBody(TokenActDto, body ?? {}).reason ?? null;

function keyIn(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new NotFound('upstream_token');
  return text;
}

const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null;

const present = (token: OwnedToken, now: Date): Record<string, unknown> => ({
  id: token.key,
  account_id: encodeId('connectorAccount', token.accountId),
  account_name: token.account?.name ?? null,
  merchant_id: token.account && encodeId('merchant', token.account.merchantId),
  connector: token.account?.connector ?? null,
  scopes: token.scopes,
  state: stateOf(token, now),
  issued_at: timeOf(token.issuedAt),
  expires_at: timeOf(token.expiresAt),
  renew_at: token.renewAt.toISOString(),
  in_use_until: token.inUseUntil.toISOString(),
  fetching_until: timeOf(token.claimedUntil),
  life_seconds: token.lifeMs === null ? null : Math.round(token.lifeMs / 1000),
  failures: token.failures,
  failure: token.refusalCode ?? token.failureCause,
  rejections: token.rejections,
  refused_until: token.refusalCode === null ? null : token.renewAt.toISOString(),
  fetched_by: token.holder,
  refreshes: token.fetches,
  lives: token.lives,
  refreshes_per_life: token.lives === 0 ? null : Math.round((token.fetches / token.lives) * 1000) / 1000,
  failed_refreshes: token.failedFetches,
  last_failure: token.lastFailure,
  last_failed_at: timeOf(token.lastFailedAt),
  waits: token.waits,
  last_waited_at: timeOf(token.lastWaitedAt),
  created_at: token.createdAt.toISOString(),
});
