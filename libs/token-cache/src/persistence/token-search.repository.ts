import { bindings, Database, listSql, type ListQuery, type ListRow, type ListSource } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { TokenField, TokenLine, TokenSort } from '../admin/token-listing';

const COLUMNS = `
  t.key, t.account_id AS "accountId", t.scopes, t.issued_at AS "issuedAt", t.expires_at AS "expiresAt",
  t.renew_at AS "renewAt", t.in_use_until AS "inUseUntil", t.claimed_until AS "claimedUntil", t.life_ms AS "lifeMs",
  t.refusal_code AS "refusalCode", t.failures, t.failure_cause AS "failureCause", t.rejections,
  t.created_at AS "createdAt", t.holder, t.fetches::float8 AS fetches, t.lives::float8 AS lives,
  t.failed_fetches::float8 AS "failedFetches", t.last_failure AS "lastFailure", t.last_failed_at AS "lastFailedAt",
  t.waits::float8 AS waits, t.last_waited_at AS "lastWaitedAt"`;

const SOURCE: ListSource<TokenField, TokenSort> = {
  filters: {
    account_id: 't.account_id',
    is_failing: ({ values: [wanted] }) =>
      `${wanted === true ? '' : 'NOT '}(t.failures > 0 OR t.refusal_code IS NOT NULL)`,
  },
  sorts: { created_at: 't.created_at' },
  // Half of a hash is as good a name as a whole one.
  id: 'substr(t.key, 1, 32)::uuid',
};

/** Reads how upstream tokens stand, without opening any. */
@Injectable()
export class TokenSearchRepository {
  constructor(private readonly database: Database) {}

  /** One page of the tokens of these accounts (UUIDs), or of all. */
  list(
    query: ListQuery<TokenField, TokenSort>,
    accountIds: readonly string[] | 'all',
  ): Promise<(TokenLine & ListRow)[]> {
    const { values, bind } = bindings();
    const { columns, conditions, order } = listSql(query, SOURCE, bind);
    const within = accountIds === 'all' ? '' : ` AND t.account_id = ANY(${bind(accountIds)}::uuid[])`;
    return this.database.query<TokenLine & ListRow>(
      `SELECT ${COLUMNS}, ${columns} FROM upstream_token t WHERE true${within}${conditions} ${order}`,
      values,
    );
  }

  async find(key: string): Promise<TokenLine | null> {
    const [token] = await this.database.query<TokenLine>(`SELECT ${COLUMNS} FROM upstream_token t WHERE t.key = $1`, [
      key,
    ]);
    return token ?? null;
  }

  /** Makes a token due for its renewal, and one that nobody uses used until `inUseUntil`. */
  async makeDue(key: string, at: Date, inUseUntil: Date): Promise<void> {
    await this.database.query(
      `UPDATE upstream_token
       SET renew_at = LEAST(renew_at, $2), in_use_until = GREATEST(in_use_until, $3), version = version + 1
       WHERE key = $1`,
      [key, at, inUseUntil],
    );
  }
}
