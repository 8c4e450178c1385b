import type { Clock } from '@app/kernel';
import type { ListQuery, ListRow } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { TokenSearchRepository } from '../persistence/token-search.repository';
import { TOKEN_CACHE_CLOCK } from '../token-cache.clock';
import type { TokenField, TokenLine, TokenSort } from './token-listing';

const IN_USE_MS = 60_000;

/** How upstream tokens stand, for people. Whose accounts they are is not known here: callers say which they may see. */
@Injectable()
export class TokenDesk {
  constructor(
    private readonly tokens: TokenSearchRepository,
    @Inject(TOKEN_CACHE_CLOCK) private readonly clock: Clock,
  ) {}

  /** One page, and one row more where more are there, of the tokens of these accounts (UUIDs), or of all. */
  list(
    query: ListQuery<TokenField, TokenSort>,
    accountIds: readonly string[] | 'all',
  ): Promise<(TokenLine & ListRow)[]> {
    return this.tokens.list(query, accountIds);
  }

  async find(key: string): Promise<TokenLine | null> {
    return this.tokens.find(key);
  }

  /** Has a worker fetch the token anew, within a second; the one that is there serves until then. */
  async refresh(key: string): Promise<void> {
    const now = this.clock.now();
    await this.tokens.makeDue(key, now, new Date(now.getTime() + IN_USE_MS));
  }
}
