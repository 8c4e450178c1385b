import { Database } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { DirectoryServer } from '../card-ranges/directory-server';
import type { CountedCalls } from '../health/call-tally';
import type { CallCount, ServerCertificate } from '../health/server-health';

type Key = Pick<DirectoryServer, 'environment' | 'id'>;

/** A certificate, and whose it is. */
export type CertifiedServer = Key & ServerCertificate;

/** How directory servers answer, and by which certificates: what all replicas saw. Times are the database's. */
@Injectable()
export class DirectoryServerHealthRepository {
  constructor(private readonly database: Database) {}

  /** Adds what a process counted, in one statement. A server that is gone is left out. */
  async add(counted: readonly CountedCalls[]): Promise<void> {
    await this.database.query(
      `INSERT INTO directory_server_call AS known (environment, directory_server_id, at, is_good, bin, calls)
       SELECT c.environment, c.id, date_bin('5 minutes', now(), 'epoch'), c."isGood", c.bin, c.calls
       FROM jsonb_to_recordset($1::jsonb) AS c (environment text, id text, "isGood" boolean, bin smallint, calls int)
       JOIN directory_server USING (environment, id)
       ORDER BY c.environment, c.id, c."isGood", c.bin
       ON CONFLICT ON CONSTRAINT pk_directory_server_call DO UPDATE SET calls = known.calls + excluded.calls`,
      [JSON.stringify(counted)],
    );
  }

  /** What was counted in the last hour and day, to five minutes. */
  counts(): Promise<CallCount[]> {
    return this.database.query<CallCount>(
      `SELECT environment, directory_server_id AS id, is_good AS "isGood", bin,
         coalesce(sum(calls) FILTER (WHERE at > now() - interval '1 hour'), 0)::float8 AS "lastHour",
         sum(calls)::float8 AS "lastDay"
       FROM directory_server_call WHERE at > now() - interval '1 day' GROUP BY 1, 2, 3, 4`,
    );
  }

  /** Deletes what no figure is made of any more; returns how many rows. */
  async deleteOld(): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM directory_server_call WHERE at < now() - interval '25 hours' RETURNING 1`,
    );
    return rows.length;
  }

  async saveCertificate({ environment, id, subject, issuer, ...times }: CertifiedServer): Promise<void> {
    await this.database.query(
      `UPDATE directory_server SET certificate_subject = $3, certificate_issuer = $4, certificate_not_before = $5,
         certificate_not_after = $6, certificate_seen_at = $7
       WHERE environment = $1 AND id = $2 AND (certificate_seen_at IS NULL OR certificate_seen_at < $7)`,
      [environment, id, subject, issuer, times.notBefore, times.notAfter, times.seenAt],
    );
  }

  /** Those servers that showed one. */
  certificates(): Promise<CertifiedServer[]> {
    return this.database.query<CertifiedServer>(
      `SELECT environment, id, certificate_subject AS subject, certificate_issuer AS issuer,
         certificate_not_before AS "notBefore", certificate_not_after AS "notAfter", certificate_seen_at AS "seenAt"
       FROM directory_server WHERE certificate_seen_at IS NOT NULL`,
    );
  }
}
