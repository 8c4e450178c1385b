import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { BinEntry, BinFacts } from '../domain/card-bin';

/** Prefixes that a BIN may be found by, the longest counts. */
const entryOf = (environment: string, bin: string): string => `LEFT JOIN LATERAL (
    SELECT e.issuer, e.issuer_country, e.card_type FROM bin_entry e
    WHERE e.environment = ${environment} AND e.prefix = ANY(ARRAY[${bin}, left(${bin}, 7), left(${bin}, 6)])
    ORDER BY length(e.prefix) DESC LIMIT 1) entry ON true`;

const ADD = `INSERT INTO card_bin (environment, bin, issuer, issuer_country, card_type)
  SELECT seen.environment, seen.bin, entry.issuer, entry.issuer_country, entry.card_type
  FROM (SELECT $1::text AS environment, $2::text AS bin) seen ${entryOf('seen.environment', 'seen.bin')}
  ON CONFLICT DO NOTHING`;

// What the table says stays; what it does not say is as it was told last.
const TELL = `INSERT INTO card_bin AS known
    (environment, bin, issuer, issuer_country, card_type, told_issuer, told_issuer_country, told_card_type)
  SELECT seen.environment, seen.bin, coalesce(entry.issuer, seen.issuer), coalesce(entry.issuer_country, seen.issuer_country),
    coalesce(entry.card_type, seen.card_type), seen.issuer, seen.issuer_country, seen.card_type
  FROM (SELECT $1::text AS environment, $2::text AS bin, $3::text AS issuer, $4::text AS issuer_country, $5::text AS card_type) seen
    ${entryOf('seen.environment', 'seen.bin')}
  ON CONFLICT (environment, bin) DO UPDATE SET issuer = excluded.issuer, issuer_country = excluded.issuer_country,
    card_type = excluded.card_type, told_issuer = excluded.told_issuer, told_issuer_country = excluded.told_issuer_country,
    told_card_type = excluded.told_card_type
  WHERE (known.issuer, known.issuer_country, known.card_type, known.told_issuer, known.told_issuer_country, known.told_card_type)
    IS DISTINCT FROM (excluded.issuer, excluded.issuer_country, excluded.card_type, excluded.told_issuer,
      excluded.told_issuer_country, excluded.told_card_type)`;

const FIND_ANEW = `UPDATE card_bin c SET issuer = fresh.issuer, issuer_country = fresh.issuer_country, card_type = fresh.card_type
  FROM (SELECT seen.bin, coalesce(entry.issuer, seen.told_issuer) AS issuer,
      coalesce(entry.issuer_country, seen.told_issuer_country) AS issuer_country,
      coalesce(entry.card_type, seen.told_card_type) AS card_type
    FROM card_bin seen ${entryOf('seen.environment', 'seen.bin')} WHERE seen.environment = $1) fresh
  WHERE c.environment = $1 AND c.bin = fresh.bin
    AND (c.issuer, c.issuer_country, c.card_type) IS DISTINCT FROM (fresh.issuer, fresh.issuer_country, fresh.card_type)`;

/** So long may whoever replaces the table keep silent while others wait for it, and wait for others itself. */
const STALLED_MS = 2_000;
const LOCK_MS = 5_000;
/** Rows of one statement. */
const CHUNK = 20_000;

/** How much is known in one environment. */
export interface BinTally {
  readonly environment: string;
  /** Lines of the table of BINs. */
  readonly entries: number;
  /** BINs that some session's card had, and those of them whose issuer is known. */
  readonly bins: number;
  readonly withIssuer: number;
}

/** A BIN whose issuer nobody knows, and how many sessions had it. */
export interface UnknownBin {
  readonly environment: string;
  readonly bin: string;
  readonly sessions: number;
}

/** Rows of `bin_entry` and `card_bin`. */
@Injectable()
export class CardBinRepository {
  constructor(private readonly database: Database) {}

  /** Adds a BIN with what the table knows of it, unless it is there. */
  async add(environment: string, bin: string): Promise<void> {
    await this.database.query(ADD, [environment, bin]);
  }

  /** Keeps what an upstream told of a BIN. */
  async tell(environment: string, bin: string, { issuer, issuerCountry, cardType }: BinFacts): Promise<void> {
    await this.database.query(TELL, [environment, bin, issuer, issuerCountry, cardType]);
  }

  /**
   * One after the other, whoever asks. Puts a whole table in the place of the one that was there, and finds every BIN in it anew: both or nothing, and what is
   * done `also`, which is told how many lines there were.
   */
  replace(
    environment: string,
    entries: readonly BinEntry[],
    also?: (tx: Queryable, before: number) => Promise<void>,
  ): Promise<void> {
    return this.database.transaction(
      async (tx) => {
        await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('bin_entry', 0))`);
        const sql =
          'WITH gone AS (DELETE FROM bin_entry WHERE environment = $1 RETURNING 1) SELECT count(*)::int AS n FROM gone';
        const [gone] = await tx.query<{ n: number }>(sql, [environment]);
        for (let from = 0; from < entries.length; from += CHUNK)
          await insertEntries(tx, environment, entries.slice(from, from + CHUNK));
        // Whoever adds a BIN waits, and then finds it in the new table: none is left as the old one knew it. Whoever replaces
        // the table may be stopped meanwhile: then Postgres ends it, and all is as before.
        await tx.query(`SELECT set_config('idle_in_transaction_session_timeout', '${STALLED_MS}', true),
          set_config('lock_timeout', '${LOCK_MS}', true)`);
        await tx.query('LOCK TABLE card_bin IN SHARE ROW EXCLUSIVE MODE');
        await tx.query(FIND_ANEW, [environment]);
        await also?.(tx, gone?.n ?? 0);
      },
      { patient: true },
    );
  }

  /** Those that most sessions have first, at most `limit`. Counts them all, with minutes to do so. */
  unknown(limit: number): Promise<UnknownBin[]> {
    return this.database.patient.query<UnknownBin>(
      `SELECT c.environment, c.bin, s.sessions FROM card_bin c
       CROSS JOIN LATERAL (SELECT count(*)::int AS sessions FROM session s
         WHERE s.bin = c.bin AND s.environment = c.environment) s
       WHERE c.issuer IS NULL ORDER BY s.sessions DESC, c.environment, c.bin LIMIT $1`,
      [limit],
    );
  }

  tally(): Promise<BinTally[]> {
    return this.database.query<BinTally>(
      `SELECT environment, (SELECT count(*)::int FROM bin_entry b WHERE b.environment = e.environment) AS entries,
         (SELECT count(*)::int FROM card_bin c WHERE c.environment = e.environment) AS bins,
         (SELECT count(c.issuer)::int FROM card_bin c WHERE c.environment = e.environment) AS "withIssuer"
       FROM (VALUES ('live'), ('test')) e (environment)`,
    );
  }
}

async function insertEntries(tx: Queryable, environment: string, entries: readonly BinEntry[]): Promise<void> {
  const rows = entries.map(({ prefix, issuer, issuerCountry, cardType }) => ({
    environment,
    prefix,
    issuer,
    issuer_country: issuerCountry,
    card_type: cardType,
  }));
  await tx.query('INSERT INTO bin_entry SELECT * FROM json_populate_recordset(NULL::bin_entry, $1::json)', [
    JSON.stringify(rows),
  ]);
}
