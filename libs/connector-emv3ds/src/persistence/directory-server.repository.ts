import type { Environment } from '@app/authentication-port';
import type { CardRange, CardRangeSet } from '@app/emv3ds';
import type { DirectoryServerId } from '@app/kernel';
import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { DirectoryServer } from '../card-ranges/directory-server';
import { changesWhatIsKnown, type RangeChanges } from '../card-ranges/range-changes';

/** Which row. */
type Key = Pick<DirectoryServer, 'environment' | 'id'>;

interface ServerRow {
  environment: Environment;
  id: DirectoryServerId;
  url: string;
  serial_num: string | null;
  ds_start_version: string | null;
  ds_end_version: string | null;
  revision: number;
  ranges_loaded_at: Date | null;
  last_attempt_at: Date | null;
  next_attempt_at: Date | null;
  last_error: string | null;
}

interface RangeRow {
  start_range: string;
  end_range: string;
  acs_start_version: string;
  acs_end_version: string;
  ds_start_version: string | null;
  ds_end_version: string | null;
  method_url: string | null;
  acs_info_ind: string[] | null;
}

/** Rows per statement: a large scheme has hundreds of thousands of ranges. */
const CHUNK = 5_000;

/** Directory servers and their card ranges in Postgres. */
@Injectable()
export class DirectoryServerRepository {
  constructor(private readonly database: Database) {}

  /** Adds the server or changes its address. A new address is asked for everything at once; till then the old serves. */
  async upsert(environment: Environment, id: DirectoryServerId, url: string): Promise<void> {
    await this.database.query(
      `INSERT INTO directory_server AS known (environment, id, url) VALUES ($1, $2, $3)
       ON CONFLICT (environment, id) DO UPDATE SET url = $3, serial_num = NULL, next_attempt_at = NULL
       WHERE known.url <> $3`,
      [environment, id, url],
    );
  }

  async list(): Promise<DirectoryServer[]> {
    const rows = await this.database.query<ServerRow>('SELECT * FROM directory_server ORDER BY environment, id');
    return rows.map(toServer);
  }

  async find({ environment, id }: Key): Promise<DirectoryServer | null> {
    const [row] = await this.database.query<ServerRow>(
      'SELECT * FROM directory_server WHERE environment = $1 AND id = $2',
      [environment, id],
    );
    return row ? toServer(row) : null;
  }

  /** Runs `work` between BEGIN and COMMIT. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  /** How many ranges each server has, by environment and id with `-` between. */
  async countRanges(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ id: string; count: number }>(
      `SELECT environment || '-' || directory_server_id AS id, count(*)::int AS count
       FROM card_range GROUP BY environment, directory_server_id`,
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  /** Lets the next tick ask the server. */
  async makeDue({ environment, id }: Key, tx: Queryable): Promise<void> {
    await tx.query('UPDATE directory_server SET next_attempt_at = NULL WHERE environment = $1 AND id = $2', [
      environment,
      id,
    ]);
  }

  /** The ranges of a server as one consistent set with the row it was read under. */
  async findRanges({ environment, id }: Key): Promise<readonly CardRange[]> {
    const rows = await this.database.patient.query<RangeRow>(
      `SELECT start_range, end_range, acs_start_version, acs_end_version, ds_start_version, ds_end_version,
              method_url, acs_info_ind
       FROM card_range WHERE environment = $1 AND directory_server_id = $2`,
      [environment, id],
    );
    return rows.map(toRange);
  }

  /**
   * Swaps in the next set: ranges, serial number and versions in one transaction, and only while the server still
   * stands at `server.revision`. Returns false, changing nothing, when somebody else changed it.
   */
  async saveRanges(
    server: DirectoryServer,
    set: CardRangeSet,
    changes: RangeChanges,
    times: { at: Date; nextAttemptAt: Date },
  ): Promise<boolean> {
    const step = changesWhatIsKnown(server, set, changes) ? 1 : 0;
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query(
        `UPDATE directory_server
         SET serial_num = $4, ds_start_version = $5, ds_end_version = $6, revision = revision + $7,
             ranges_loaded_at = $8, last_attempt_at = $8, next_attempt_at = $9, last_error = NULL
         WHERE environment = $1 AND id = $2 AND revision = $3 RETURNING id`,
        [
          server.environment,
          server.id,
          server.revision,
          set.serialNum ?? null,
          set.dsStart ?? null,
          set.dsEnd ?? null,
          step,
          times.at,
          times.nextAttemptAt,
        ],
      );
      if (!row) return false;
      for (const chunk of chunks(changes.removed)) await remove(tx, server, chunk);
      for (const chunk of chunks(changes.written)) await write(tx, server, chunk);
      return true;
    });
  }

  /** Keeps the ranges; remembers that and why the attempt failed. */
  async saveFailure(key: Key, failure: { at: Date; nextAttemptAt: Date; error: string }): Promise<void> {
    await this.database.query(
      `UPDATE directory_server SET last_attempt_at = $3, next_attempt_at = $4, last_error = $5
       WHERE environment = $1 AND id = $2`,
      [key.environment, key.id, failure.at, failure.nextAttemptAt, failure.error],
    );
  }

  /** The directory server does not know our serial number (Erro 307): the next request asks for everything. */
  async clearSerial(key: Key): Promise<void> {
    await this.database.query('UPDATE directory_server SET serial_num = NULL WHERE environment = $1 AND id = $2', [
      key.environment,
      key.id,
    ]);
  }
}

function* chunks(ranges: readonly CardRange[]): Generator<readonly CardRange[]> {
  for (let offset = 0; offset < ranges.length; offset += CHUNK) yield ranges.slice(offset, offset + CHUNK);
}

async function remove(tx: Queryable, { environment, id }: Key, ranges: readonly CardRange[]): Promise<void> {
  await tx.query(
    `DELETE FROM card_range USING unnest($3::text[], $4::text[]) AS gone (start_range, end_range)
     WHERE environment = $1 AND directory_server_id = $2
       AND card_range.start_range = gone.start_range AND card_range.end_range = gone.end_range`,
    [environment, id, ranges.map((range) => range.start), ranges.map((range) => range.end)],
  );
}

async function write(tx: Queryable, { environment, id }: Key, ranges: readonly CardRange[]): Promise<void> {
  await tx.query(
    `INSERT INTO card_range (environment, directory_server_id, start_range, end_range, acs_start_version,
                             acs_end_version, ds_start_version, ds_end_version, method_url, acs_info_ind)
     SELECT $1, $2, r.start_range, r.end_range, r.acs_start_version, r.acs_end_version, r.ds_start_version,
            r.ds_end_version, r.method_url, r.acs_info_ind
     FROM jsonb_to_recordset($3::jsonb) AS r (
       start_range text, end_range text, acs_start_version text, acs_end_version text,
       ds_start_version text, ds_end_version text, method_url text, acs_info_ind text[])
     ON CONFLICT (environment, directory_server_id, start_range, end_range) DO UPDATE SET
       acs_start_version = excluded.acs_start_version, acs_end_version = excluded.acs_end_version,
       ds_start_version = excluded.ds_start_version, ds_end_version = excluded.ds_end_version,
       method_url = excluded.method_url, acs_info_ind = excluded.acs_info_ind`,
    [environment, id, JSON.stringify(ranges.map(toRow))],
  );
}

function toServer(row: ServerRow): DirectoryServer {
  return {
    environment: row.environment,
    id: row.id,
    url: row.url,
    serialNum: row.serial_num,
    dsStartVersion: row.ds_start_version,
    dsEndVersion: row.ds_end_version,
    revision: row.revision,
    rangesLoadedAt: row.ranges_loaded_at,
    lastAttemptAt: row.last_attempt_at,
    nextAttemptAt: row.next_attempt_at,
    lastError: row.last_error,
  };
}

function toRange(row: RangeRow): CardRange {
  return {
    start: row.start_range,
    end: row.end_range,
    acsStart: row.acs_start_version,
    acsEnd: row.acs_end_version,
    ...(row.ds_start_version === null ? {} : { dsStart: row.ds_start_version }),
    ...(row.ds_end_version === null ? {} : { dsEnd: row.ds_end_version }),
    ...(row.method_url === null ? {} : { methodUrl: row.method_url }),
    ...(row.acs_info_ind === null ? {} : { acsInfoInd: row.acs_info_ind }),
  };
}

function toRow(range: CardRange): RangeRow {
  return {
    start_range: range.start,
    end_range: range.end,
    acs_start_version: range.acsStart,
    acs_end_version: range.acsEnd,
    ds_start_version: range.dsStart ?? null,
    ds_end_version: range.dsEnd ?? null,
    method_url: range.methodUrl ?? null,
    acs_info_ind: range.acsInfoInd ? [...range.acsInfoInd] : null,
  };
}
