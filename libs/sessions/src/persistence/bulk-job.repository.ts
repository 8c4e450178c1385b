import {
  bindings,
  type Bind,
  createdById,
  Database,
  listSql,
  readInScope,
  type ListQuery,
  type ListRow,
  type ListSource,
  type MerchantScope,
  type Queryable,
  type QueueDepth,
} from '@app/platform';
import { Injectable } from '@nestjs/common';
import {
  ITEM_STATES,
  type BulkJob,
  type ClaimedItem,
  type FailedItem,
  type ItemFilter,
  type ItemSort,
  type ItemState,
  type JobCounts,
  type JobFilter,
  type JobItem,
  type JobSort,
  type JobState,
  type StopCode,
} from '../admin/bulk-job';

interface Row extends Omit<BulkJob, 'actor'> {
  readonly kind: BulkJob['actor']['kind'];
  readonly actorId: string;
  readonly name: string;
  readonly address: string | null;
  readonly requestId: string | null;
}

/** A session, or a callback with its session, of a job that is made; without a merchant it was not found. */
export interface NewItem {
  readonly sessionId: string | null;
  readonly messageId: string | null;
  readonly merchantId: string | null;
}

/** How much may be claimed: in all, for one merchant, and what each has under way. */
export interface ItemClaim {
  readonly limit: number;
  readonly share: number;
  readonly busy: ReadonlyMap<string, number>;
  readonly until: Date;
}

const COLUMNS = `
  j.id, j.act, j.state, j.stop_code AS "stopCode", j.reason, j.actor_kind AS kind, j.actor_id AS "actorId",
  j.actor_name AS name, j.address, j.request_id AS "requestId", j.merchant_ids AS "merchantIds", j.total,
  j.created_at AS "createdAt", j.ended_at AS "endedAt"`;

const sourceFor = (actorId: string): ListSource<JobFilter, JobSort> => ({
  filters: {
    act: 'j.act',
    state: 'j.state',
    created_at: createdById('j.id'),
    is_mine: ({ values: [wanted] }, bind) => `j.actor_id ${wanted === true ? '=' : '<>'} ${bind(actorId)}`,
  },
  sorts: { created_at: 'j.id' },
  id: 'j.id',
});

const ITEMS: ListSource<ItemFilter, ItemSort> = {
  filters: { state: 'i.state' },
  sorts: { number: 'i.number' },
  // Numbers of one job are unique: nothing is ever decided by it.
  id: 'i.job_id',
};

const FIRST_FAILURES = 20;

/** Merchants take turns, and what another process looks at is passed by. A dead process's claims run out. */
const CLAIM = `
  WITH RECURSIVE waiting AS (
    (SELECT i.merchant_id FROM bulk_job_item i WHERE i.state = 'waiting' ORDER BY i.merchant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT i.merchant_id FROM bulk_job_item i
            WHERE i.state = 'waiting' AND i.merchant_id > waiting.merchant_id ORDER BY i.merchant_id LIMIT 1)
    FROM waiting WHERE waiting.merchant_id IS NOT NULL
  ),
  turns AS (
    SELECT first.job_id, first.number,
      row_number() OVER (PARTITION BY waiting.merchant_id ORDER BY first.job_id, first.number) AS turn
    FROM waiting LEFT JOIN unnest($3::uuid[], $4::int[]) AS busy(merchant_id, count) USING (merchant_id),
      LATERAL (
        SELECT i.job_id, i.number FROM bulk_job_item i
        WHERE i.merchant_id = waiting.merchant_id AND i.state = 'waiting'
          AND (i.claimed_until IS NULL OR i.claimed_until <= $1)
        ORDER BY i.job_id, i.number LIMIT greatest($5::int - coalesce(busy.count, 0), 0)
        FOR UPDATE SKIP LOCKED
      ) first
  ),
  chosen AS (SELECT job_id, number FROM turns ORDER BY turn, job_id, number LIMIT $6)
  UPDATE bulk_job_item i SET claimed_until = $2, fence = i.fence + 1
  FROM chosen WHERE i.job_id = chosen.job_id AND i.number = chosen.number
  RETURNING i.job_id AS "jobId", i.number, i.session_id AS "sessionId", i.message_id AS "messageId",
    i.merchant_id AS "merchantId", i.fence,
    i.noted_at IS NOT NULL AS "isNoted"`;

/** Jobs over sessions, and their items. */
@Injectable()
export class BulkJobRepository {
  constructor(private readonly database: Database) {}

  /** Sessions of jobs that nobody has acted on yet. */
  async waiting(): Promise<QueueDepth> {
    const [row] = await this.database.query<QueueDepth>(
      `SELECT count(*)::int AS count, min(j.created_at) AS "oldestAt"
       FROM bulk_job_item i JOIN bulk_job j ON j.id = i.job_id WHERE i.state = 'waiting'`,
    );
    return row ?? { count: 0, oldestAt: null };
  }

  /** Stores a job with its items; those that were not found have failed with that. */
  async insert(tx: Queryable, job: BulkJob, keyHash: Buffer | null, items: readonly NewItem[]): Promise<void> {
    await tx.query(
      `INSERT INTO bulk_job (id, act, state, reason, actor_kind, actor_id, actor_name, address, request_id, key_hash,
         merchant_ids, total, created_at, ended_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        job.id,
        job.act,
        job.state,
        job.reason,
        job.actor.kind,
        job.actor.id,
        job.actor.name,
        job.actor.origin.address,
        job.actor.origin.requestId,
        keyHash,
        job.merchantIds,
        job.total,
        job.createdAt,
        job.endedAt,
      ],
    );
    await tx.query(
      `INSERT INTO bulk_job_item (job_id, number, session_id, message_id, merchant_id, state, code, fence)
       SELECT $1, number, session_id, message_id, merchant_id,
         CASE WHEN merchant_id IS NULL THEN 'failed' ELSE 'waiting' END,
         CASE WHEN merchant_id IS NULL THEN $5 END, 0
       FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) WITH ORDINALITY AS item(session_id, message_id, merchant_id, number)`,
      [
        job.id,
        items.map(({ sessionId }) => sessionId),
        items.map(({ messageId }) => messageId),
        items.map(({ merchantId }) => merchantId),
        job.act === 'replay_callback' ? 'callback_not_found' : 'session_not_found',
      ],
    );
  }

  /** The job that a request of this actor with this key led to last. */
  async findByKey(tx: Queryable, actorId: string, keyHash: Buffer): Promise<BulkJob | null> {
    const [row] = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM bulk_job j WHERE j.actor_id = $1 AND j.key_hash = $2 ORDER BY j.id DESC LIMIT 1`,
      [actorId, keyHash],
    );
    return row ? toJob(row) : null;
  }

  async findById(id: string): Promise<BulkJob | null> {
    const [row] = await this.database.query<Row>(`SELECT ${COLUMNS} FROM bulk_job j WHERE j.id = $1`, [id]);
    return row ? toJob(row) : null;
  }

  /** A job all of whose sessions are within `scope`; without any it is there for `actorId` and who has all merchants. */
  async find(id: string, scope: MerchantScope, actorId: string): Promise<BulkJob | null> {
    const { values, bind } = bindings(id);
    const within = withinScope(scope, actorId, bind);
    const [row] = await readInScope(this.database, scope, (reader) =>
      reader.query<Row>(`SELECT ${COLUMNS} FROM bulk_job j WHERE j.id = $1${within}`, values),
    );
    return row ? toJob(row) : null;
  }

  /** One page of the jobs that `find` would find. */
  async list(
    query: ListQuery<JobFilter, JobSort>,
    scope: MerchantScope,
    actorId: string,
  ): Promise<(BulkJob & ListRow)[]> {
    const { values, bind } = bindings();
    const within = withinScope(scope, actorId, bind);
    const { columns, conditions, order } = listSql(query, sourceFor(actorId), bind);
    const rows = await readInScope(this.database, scope, (reader) =>
      reader.query<Row & ListRow>(
        `SELECT ${COLUMNS}, ${columns} FROM bulk_job j WHERE true${within}${conditions} ${order}`,
        values,
      ),
    );
    return rows.map((row) => ({ ...toJob(row), rowId: row.rowId, sortKey: row.sortKey }));
  }

  /** One page of the items of a job (UUID). */
  async items(jobId: string, query: ListQuery<ItemFilter, ItemSort>): Promise<(JobItem & ListRow)[]> {
    const { values, bind } = bindings(jobId);
    const { columns, conditions, order } = listSql(query, ITEMS, bind);
    return this.database.query<JobItem & ListRow>(
      `SELECT i.number, i.session_id AS "sessionId", i.message_id AS "messageId", i.state, i.code, ${columns}
       FROM bulk_job_item i WHERE i.job_id = $1${conditions} ${order}`,
      values,
    );
  }

  /** How many items of each of these jobs are in which state, by the jobs' ids. */
  async counts(ids: readonly string[]): Promise<ReadonlyMap<string, JobCounts>> {
    const counted = await this.database.query<{ id: string; state: ItemState; count: number }>(
      `SELECT job_id AS id, state, count(*)::int AS count FROM bulk_job_item
       WHERE job_id = ANY($1::uuid[]) GROUP BY job_id, state`,
      [ids],
    );
    const countOf = (id: string, state: ItemState): number =>
      counted.find((one) => one.id === id && one.state === state)?.count ?? 0;
    const countsOf = (id: string): JobCounts =>
      Object.fromEntries(ITEM_STATES.map((state) => [state, countOf(id, state)])) as JobCounts;
    return new Map(ids.map((id) => [id, countsOf(id)]));
  }

  /** Those that failed, the first ones. */
  firstFailures(id: string): Promise<FailedItem[]> {
    return this.database.query<FailedItem>(
      `SELECT session_id AS "sessionId", message_id AS "messageId", code FROM bulk_job_item
       WHERE job_id = $1 AND state = 'failed' ORDER BY number LIMIT ${FIRST_FAILURES}`,
      [id],
    );
  }

  /** Claims what waits, until `until`; each item to one process at a time. */
  claim(now: Date, { limit, share, busy, until }: ItemClaim): Promise<ClaimedItem[]> {
    return this.database.query<ClaimedItem>(CLAIM, [now, until, [...busy.keys()], [...busy.values()], share, limit]);
  }

  /** Notes that an item's act is in the audit log. False when the claim has run out and somebody else has it, or the job ended. */
  async note({ jobId, number, fence }: ClaimedItem, at: Date, tx: Queryable): Promise<boolean> {
    const noted = await tx.query(
      `UPDATE bulk_job_item SET noted_at = $4
       WHERE job_id = $1 AND number = $2 AND fence = $3 AND state = 'waiting' RETURNING 1`,
      [jobId, number, fence, at],
    );
    return noted.length > 0;
  }

  /** Gives an item its outcome; `code` where it failed. False as for `note`. */
  async finish(
    { jobId, number, fence }: ClaimedItem,
    code: string | null,
    tx: Queryable = this.database,
  ): Promise<boolean> {
    const finished = await tx.query(
      `UPDATE bulk_job_item SET state = CASE WHEN $4::text IS NULL THEN 'done' ELSE 'failed' END, code = $4,
         claimed_until = NULL
       WHERE job_id = $1 AND number = $2 AND fence = $3 AND state = 'waiting' RETURNING 1`,
      [jobId, number, fence, code],
    );
    return finished.length > 0;
  }

  /** Ends a running job before its end: nothing of it is begun any more. False when it had ended before. */
  async end(tx: Queryable, id: string, state: JobState, stopCode: StopCode | null, at: Date): Promise<boolean> {
    const ended = await tx.query(
      `UPDATE bulk_job SET state = $2, stop_code = $3, ended_at = $4 WHERE id = $1 AND state = 'running' RETURNING 1`,
      [id, state, stopCode, at],
    );
    if (ended.length === 0) return false;
    // What is noted is under way: it is done whatever becomes of the job.
    await tx.query(
      `UPDATE bulk_job_item SET state = 'skipped', claimed_until = NULL
       WHERE job_id = $1 AND state = 'waiting' AND noted_at IS NULL`,
      [id],
    );
    return true;
  }

  /** Ends the running jobs that have nothing left to do. */
  async closeFinished(at: Date): Promise<void> {
    await this.database.query(
      `UPDATE bulk_job j SET state = 'done', ended_at = $1 WHERE j.state = 'running'
         AND NOT EXISTS (SELECT FROM bulk_job_item i WHERE i.job_id = j.id AND i.state = 'waiting')`,
      [at],
    );
  }

  /** Forgets jobs that ended before `at`, with their items; the audit log keeps what was done. */
  async deleteEndedBefore(at: Date): Promise<void> {
    await this.database.patient.query('DELETE FROM bulk_job WHERE ended_at < $1', [at]);
  }
}

/** Row-level security says the first half as well; a job without merchants has found nothing. */
function withinScope(scope: MerchantScope, actorId: string, bind: Bind): string {
  if (scope === 'all') return '';
  return ` AND j.merchant_ids <@ ${bind(scope)}::uuid[] AND (j.merchant_ids <> '{}' OR j.actor_id = ${bind(actorId)})`;
}

function toJob({ kind, actorId, name, address, requestId, ...row }: Row): BulkJob {
  return { ...row, actor: { kind, id: actorId, name, origin: { address, requestId } } };
}
