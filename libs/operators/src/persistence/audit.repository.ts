import {
  bindings,
  Database,
  listSql,
  readInScope,
  storableJson,
  type AdminActor,
  type AuditTrace,
  type ListQuery,
  type ListRow,
  type ListSource,
  type Queryable,
} from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { AuditFacts, AuditLine, ChainEnd } from '../domain/audit-chain';
import type { AuditFilter, AuditSort } from '../domain/listings';

/** An entry as it was read, with the hash that was stored beside it. */
export interface StoredEntry extends AuditFacts {
  readonly mac: Buffer;
}

/** Who reads: their scope, and what they are called in entries. */
export type AuditReader = Pick<AdminActor, 'merchants' | 'wireId'>;

type AuditRow = AuditLine & ListRow;

const SHOWN = `
  a.id, a.seq::float8 AS seq, a.at, a.merchant_id AS "merchantId", a.actor_kind AS "actorKind", a.actor_id AS "actorId",
  a.actor_name AS "actorName", a.act, a.subject, a.before, a.after, a.reason, a.address, a.request_id AS "requestId"`;

const SOURCE: ListSource<AuditFilter, AuditSort> = {
  filters: {
    at: 'a.at',
    merchant_id: 'a.merchant_id',
    actor_kind: 'a.actor_kind',
    actor_id: 'a.actor_id',
    act: 'a.act',
    subject: 'a.subject',
  },
  sorts: { seq: 'a.seq' },
  id: 'a.id',
};

/** Rows of `audit_entry`, and the one of `audit_head`. */
@Injectable()
export class AuditRepository {
  constructor(private readonly database: Database) {}

  /** The end of the chain, held until the transaction ends: the next entry waits for it. */
  async lockEnd(tx: Queryable): Promise<ChainEnd> {
    return endIn(await tx.query<ChainEnd>(`${END} FOR UPDATE`));
  }

  async end(): Promise<ChainEnd> {
    return endIn(await this.database.query<ChainEnd>(END));
  }

  /** Adds an entry, which is the end of the chain from then on. */
  async append(facts: AuditFacts, mac: Buffer, tx: Queryable): Promise<void> {
    const json = (value: unknown): string | null => (value === null ? null : storableJson(value));
    await tx.query(
      `WITH head AS (UPDATE audit_head SET seq = $2, chain_mac = $15 WHERE id = 1)
       INSERT INTO audit_entry (id, seq, at, merchant_id, actor_kind, actor_id, actor_name, act, subject, before, after,
         reason, address, request_id, chain_mac)
       VALUES ($1, $2, 'epoch'::timestamptz + $3::bigint * interval '1 microsecond', $4, $5, $6, $7, $8, $9, $10, $11,
         $12, $13, $14, $15)`,
      [
        facts.id,
        facts.seq,
        facts.atMicros,
        facts.merchantId,
        facts.actorKind,
        facts.actorId,
        facts.actorName,
        facts.act,
        facts.subject,
        json(facts.before),
        json(facts.after),
        facts.reason,
        facts.address,
        facts.requestId,
        mac,
      ],
    );
  }

  /** The next entries after a number, in their order. */
  async after(seq: number, limit: number): Promise<StoredEntry[]> {
    return this.database.patient.query<StoredEntry>(
      `SELECT ${SHOWN}, (extract(epoch FROM a.at) * 1000000)::bigint::text AS "atMicros", a.chain_mac AS mac
       FROM audit_entry a WHERE a.seq > $1 ORDER BY a.seq LIMIT $2`,
      [seq, limit],
    );
  }

  /** The first entry about a thing from `since` on. */
  async changeOf(subject: string, since: Date): Promise<AuditTrace | null> {
    const [line] = await this.database.query<AuditLine>(
      `SELECT ${SHOWN} FROM audit_entry a WHERE a.subject = $1 AND a.at >= $2 ORDER BY a.seq LIMIT 1`,
      [subject, since],
    );
    if (!line) return null;
    const { at, act, merchantId, actorKind: kind, actorId: wireId, actorName: name } = line;
    return { at, act, merchantId, by: { kind: kind as AuditTrace['by']['kind'], wireId, name } };
  }

  /** One page of what is within somebody's scope, or is no merchant's and was done by them. */
  async list(query: ListQuery<AuditFilter, AuditSort>, { merchants, wireId }: AuditReader): Promise<AuditRow[]> {
    const { values, bind } = bindings();
    const { columns, conditions, order } = listSql(query, SOURCE, bind);
    const select = `SELECT ${SHOWN}, ${columns} FROM audit_entry a WHERE`;
    const scoped = await readInScope(this.database, merchants, (reader) =>
      reader.query<AuditRow>(`${select} true${conditions} ${order}`, values),
    );
    if (merchants === 'all') return scoped;
    // The reader sees rows of merchants only, so these are read as the owner: nobody's but their own.
    const own = await this.database.query<AuditRow>(
      `${select} a.merchant_id IS NULL AND a.actor_id = ${bind(wireId)}${conditions} ${order}`,
      values,
    );
    const sign = query.sort.descending === (query.after?.backwards ?? false) ? 1 : -1;
    return [...scoped, ...own].sort((one, other) => sign * (one.seq - other.seq)).slice(0, query.limit + 1);
  }
}

const END = 'SELECT seq::float8 AS seq, chain_mac AS mac FROM audit_head WHERE id = 1';

function endIn([end]: readonly ChainEnd[]): ChainEnd {
  if (!end) throw new Error('The end of the audit chain is missing');
  return end;
}
