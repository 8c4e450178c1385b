import { Secret, type Clock } from '@app/kernel';
import { Coalescer, CryptoBox, Database, DecryptionFailed, LOG, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { TokenRow } from '../domain/token-row';
import { TOKEN_CACHE_CLOCK } from '../token-cache.clock';
import { TokenStore, type Rejection, type Settlement, type TokenUse, type WantedClaim } from '../token-store';
import { THIS_PROCESS } from './holder';
import { sealContext } from './sealed-token';

const COLUMNS = `t.key, t.account_id, t.credential_version, t.scopes, t.audience, t.version, t.fence,
  extract(epoch FROM t.claimed_until - clock_timestamp())::float8 * 1000 AS claimed_ms, t.sealed, t.sequence, t.issued_at, t.expires_at, t.renew_at, t.refusal_code, t.failures, t.failure_cause,
  t.rejections, t.life_ms`;

/** The end of a claim that begins now and lasts as many milliseconds as the parameter says. */
const lasting = (ms: string): string => `clock_timestamp() + ${ms}::float8 * interval '1 ms'`;

/** Many accounts at the same moment share a statement; the pool is for the sessions. */
const SHARED = { concurrency: 2, batch: 100 };

interface Row {
  key: string;
  account_id: string;
  credential_version: number;
  scopes: string[];
  audience: string | null;
  version: string;
  fence: string;
  claimed_ms: number | null;
  sealed: Buffer | null;
  sequence: string | null;
  issued_at: Date | null;
  expires_at: Date | null;
  renew_at: Date;
  refusal_code: string | null;
  failures: number;
  failure_cause: string | null;
  rejections: number;
  life_ms: number | null;
}

/**
 * Rows of `upstream_token`. Whoever changes one says which version or which fetch they mean; rows of a statement are
 * locked in the order of their keys, so that statements of two processes do not wait for each other in a circle.
 */
@Injectable()
export class UpstreamTokenRepository extends TokenStore {
  private readonly finds = new Coalescer<string, TokenRow | null>((keys) => this.findAll(keys), SHARED);
  private readonly claims = new Coalescer<WantedClaim, TokenRow | null>((wanted) => this.claimAll(wanted), SHARED);
  private readonly settlements = new Coalescer<Settlement, number | null>((ends) => this.settleAll(ends), SHARED);

  constructor(
    private readonly database: Database,
    private readonly box: CryptoBox,
    @Inject(TOKEN_CACHE_CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    super();
  }

  find(key: string): Promise<TokenRow | null> {
    return this.finds.submit(key);
  }

  claim(wanted: WantedClaim): Promise<TokenRow | null> {
    return this.claims.submit(wanted);
  }

  settle(settlement: Settlement): Promise<number | null> {
    return this.settlements.submit(settlement);
  }

  async claimDue(times: { dueBefore: number; now: number; forMs: number }, limit: number): Promise<TokenRow[]> {
    const rows = await this.database.query<Row>(
      `WITH due AS (
         SELECT key FROM upstream_token
         WHERE renew_at <= $1 AND in_use_until > $2 AND (claimed_until IS NULL OR claimed_until <= clock_timestamp()
           OR claimed_until > ${lasting('2 * $3')})
         ORDER BY renew_at LIMIT $4 FOR UPDATE SKIP LOCKED
       )
       UPDATE upstream_token AS t
       SET claimed_until = ${lasting('$3')}, holder = $5, fence = nextval('upstream_token_fetch'), fetches = t.fetches + 1,
         version = t.version + 1
       FROM due WHERE t.key = due.key
       RETURNING ${COLUMNS}`,
      [new Date(times.dueBefore), new Date(times.now), times.forMs, limit, THIS_PROCESS],
    );
    return rows.map((row) => this.rowOf(row));
  }

  async extend(key: string, fence: number, forMs: number): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE upstream_token SET claimed_until = ${lasting('$3')}, version = version + 1
       WHERE key = $1 AND fence = $2 AND claimed_until IS NOT NULL RETURNING 1`,
      [key, fence, forMs],
    );
    return rows.length === 1;
  }

  async reject({ key, sequence, rejections, renewAt }: Rejection): Promise<boolean> {
    // While the upstream refuses or fails, its pause is kept.
    const rows = await this.database.query(
      `UPDATE upstream_token SET sealed = NULL, sequence = NULL, issued_at = NULL, expires_at = NULL, rejections = $3,
         renew_at = CASE WHEN refusal_code IS NULL AND failures = 0 THEN $4::timestamptz ELSE renew_at END,
         version = version + 1
       WHERE key = $1 AND sequence = $2 RETURNING 1`,
      [key, sequence, rejections, new Date(renewAt)],
    );
    return rows.length === 1;
  }

  async forget(accountId: string, now: number): Promise<void> {
    await this.database.query(
      `UPDATE upstream_token SET sealed = NULL, sequence = NULL, issued_at = NULL, expires_at = NULL, claimed_until = NULL,
         refusal_code = NULL, failures = 0, failure_cause = NULL, rejections = 0, renew_at = $2,
         fence = nextval('upstream_token_fetch'), version = version + 1
       WHERE account_id = $1`,
      [accountId, new Date(now)],
    );
  }

  async noteUse(uses: readonly TokenUse[]): Promise<void> {
    await this.database.query(
      `WITH used AS (
         SELECT t.key, u.until, u.waits, u.waited_at FROM upstream_token t
         JOIN unnest($1::text[], $2::timestamptz[], $3::int[], $4::timestamptz[]) AS u(key, until, waits, waited_at) USING (key)
         WHERE t.in_use_until < u.until OR u.waits > 0 ORDER BY t.key FOR UPDATE OF t
       )
       UPDATE upstream_token AS t SET in_use_until = greatest(t.in_use_until, used.until), waits = t.waits + used.waits,
         last_waited_at = greatest(t.last_waited_at, used.waited_at)
       FROM used WHERE t.key = used.key`,
      [
        uses.map(({ key }) => key),
        uses.map(({ inUseUntil }) => new Date(inUseUntil)),
        uses.map(({ waits }) => waits),
        uses.map(({ waitedAt }) => waitedAt && new Date(waitedAt)),
      ],
    );
  }

  async deleteIdle(now: number): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM upstream_token WHERE in_use_until <= $1 AND renew_at <= $1
         AND (expires_at IS NULL OR expires_at <= $1)
         AND (claimed_until IS NULL OR claimed_until <= clock_timestamp())
       RETURNING 1`,
      [new Date(now)],
    );
    return rows.length;
  }

  private async findAll(keys: readonly string[]): Promise<(TokenRow | null)[]> {
    const rows = await this.database.query<Row>(`SELECT ${COLUMNS} FROM upstream_token t WHERE key = ANY($1)`, [keys]);
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return keys.map((key) => {
      const row = byKey.get(key);
      return row === undefined ? null : this.rowOf(row);
    });
  }

  /** A credential that is newer than the row's begins anew: what the older one got does not count. */
  private async claimAll(wanted: readonly WantedClaim[]): Promise<(TokenRow | null)[]> {
    // Of two that want the same row the first gets it, as it would from two statements.
    const byKey = new Map(wanted.toReversed().map((one) => [one.key, one]));
    const anew = 'held.credential_version < excluded.credential_version';
    const kept = ['sealed', 'sequence', 'issued_at', 'expires_at', 'refusal_code', 'failure_cause']
      .map((column) => `${column} = CASE WHEN ${anew} THEN NULL ELSE held.${column} END`)
      .concat(
        ['failures', 'rejections'].map((column) => `${column} = CASE WHEN ${anew} THEN 0 ELSE held.${column} END`),
      );
    const rows = await this.database.query<Row>(
      `WITH claimed AS (
         INSERT INTO upstream_token AS held (key, account_id, credential_version, scopes, audience, version, fence,
           claimed_until, holder, fetches, renew_at, in_use_until, created_at)
         SELECT w.key, w.account_id, w.credential_version, w.scopes, w.audience, w.seen_version + 1,
           nextval('upstream_token_fetch'), ${lasting('w.for_ms')}, $2, 1, w.now, w.in_use_until, w.now
         FROM jsonb_to_recordset($1::jsonb) AS w(key text, account_id uuid, credential_version int, scopes text[],
           audience text, seen_version bigint, now timestamptz, for_ms float8, in_use_until timestamptz)
         ORDER BY w.key
         ON CONFLICT ON CONSTRAINT pk_upstream_token DO UPDATE SET
           version = excluded.version, fence = excluded.fence, claimed_until = excluded.claimed_until,
           holder = excluded.holder, fetches = held.fetches + 1,
           credential_version = greatest(held.credential_version, excluded.credential_version),
           in_use_until = greatest(held.in_use_until, excluded.in_use_until), ${kept.join(', ')}
         WHERE held.version = excluded.version - 1
         RETURNING *
       )
       SELECT ${COLUMNS} FROM claimed t`,
      [
        JSON.stringify(
          [...byKey.values()].map((one) => ({
            key: one.key,
            account_id: one.accountId,
            credential_version: one.credentialVersion,
            scopes: one.scopes,
            audience: one.audience,
            seen_version: one.seenVersion,
            now: new Date(one.now),
            for_ms: one.forMs,
            in_use_until: new Date(one.inUseUntil),
          })),
        ),
        THIS_PROCESS,
      ],
    );
    const claimed = new Map(rows.map((row) => [row.key, row]));
    return wanted.map((one) => {
      const row = byKey.get(one.key) === one ? claimed.get(one.key) : undefined;
      return row === undefined ? null : this.rowOf(row);
    });
  }

  private async settleAll(settlements: readonly Settlement[]): Promise<(number | null)[]> {
    const rows = await this.database.query<{ key: string; fence: string; version: string }>(
      `WITH ended AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS e(key text, fence bigint, sealed text, issued_at timestamptz,
           expires_at timestamptz, life_ms int, renew_at timestamptz, refusal_code text, failures int, failure_cause text,
           ended_at timestamptz)
       ),
       mine AS (
         SELECT t.key FROM upstream_token t JOIN ended e USING (key) WHERE t.fence = e.fence ORDER BY t.key FOR UPDATE OF t
       )
       UPDATE upstream_token AS t SET
         sealed = CASE WHEN e.sealed IS NULL THEN t.sealed ELSE decode(e.sealed, 'base64') END,
         sequence = CASE WHEN e.sealed IS NULL THEN t.sequence ELSE t.fence END,
         issued_at = coalesce(e.issued_at, t.issued_at), expires_at = coalesce(e.expires_at, t.expires_at),
         life_ms = coalesce(e.life_ms, t.life_ms), renew_at = e.renew_at, claimed_until = NULL,
         refusal_code = e.refusal_code, failures = e.failures, failure_cause = e.failure_cause,
         lives = t.lives + (e.sealed IS NOT NULL)::int, failed_fetches = t.failed_fetches + (e.sealed IS NULL)::int,
         last_failure = coalesce(e.refusal_code, e.failure_cause, t.last_failure),
         last_failed_at = CASE WHEN e.sealed IS NULL THEN e.ended_at ELSE t.last_failed_at END, version = t.version + 1
       FROM mine JOIN ended e USING (key)
       WHERE t.key = mine.key AND t.fence = e.fence
       RETURNING t.key, t.fence, t.version`,
      [JSON.stringify(settlements.map((one) => this.sealedSettlement(one)))],
    );
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return settlements.map(({ key, fence }) => {
      const row = byKey.get(key);
      // Two fetches of one row may end in one statement: only the last one's end is written.
      return row !== undefined && Number(row.fence) === fence ? Number(row.version) : null;
    });
  }

  private sealedSettlement({ key, fence, token, renewAt, ...end }: Settlement): Record<string, unknown> {
    return {
      key,
      fence,
      sealed: token && this.box.seal(Buffer.from(token.accessToken.expose()), sealContext(key)).toString('base64'),
      issued_at: token && new Date(token.issuedAt),
      expires_at: token && new Date(token.expiresAt),
      life_ms: token && token.lifeMs,
      renew_at: new Date(renewAt),
      refusal_code: end.refusalCode,
      failures: end.failures,
      failure_cause: end.failureCause,
      ended_at: new Date(end.endedAt),
    };
  }

  private rowOf(row: Row): TokenRow {
    return {
      key: row.key,
      accountId: row.account_id,
      credentialVersion: row.credential_version,
      scopes: row.scopes,
      audience: row.audience,
      version: Number(row.version),
      fence: Number(row.fence),
      claimedUntil: row.claimed_ms === null ? null : this.clock.now().getTime() + row.claimed_ms,
      token: this.tokenOf(row),
      renewAt: row.renew_at.getTime(),
      refusalCode: row.refusal_code,
      failures: row.failures,
      failureCause: row.failure_cause,
      rejections: row.rejections,
      lifeMs: row.life_ms,
    };
  }

  private tokenOf({ key, sealed, sequence, issued_at, expires_at }: Row): TokenRow['token'] {
    if (sealed === null || issued_at === null || expires_at === null) return null;
    try {
      return {
        accessToken: new Secret(this.box.open(sealed, sealContext(key)).toString()),
        sequence: Number(sequence),
        issuedAt: issued_at.getTime(),
        expiresAt: expires_at.getTime(),
      };
    } catch (error) {
      if (!(error instanceof DecryptionFailed)) throw error;
      // Another can be had: the account works on.
      this.log.warn({ err: error, key }, 'an upstream token cannot be opened: it is fetched anew');
      return null;
    }
  }
}
