import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Operator } from '../domain/operator';
import type { Opening } from '../domain/session-life';
import { OPERATOR_COLUMNS, toOperator } from './operator.repository';

/** Somebody who is signed in, somewhere. */
export interface SessionRow extends Opening {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

/** A session with whose it is, as both are now. */
export interface SignedIn {
  readonly session: SessionRow;
  readonly operator: Operator;
}

/** Rows of `operator_session`. */
@Injectable()
export class OperatorSessionRepository {
  constructor(private readonly database: Database) {}

  async insert(
    session: { id: string; operatorId: string; tokenHash: Buffer; address: string | null; at: Date } & Opening,
    tx: Queryable = this.database,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO operator_session (id, operator_id, token_hash, address, created_at, last_seen_at, opened_by, is_vouched)
       VALUES ($1, $2, $3, $4, $5, $5, $6, $7)`,
      [
        session.id,
        session.operatorId,
        session.tokenHash,
        session.address,
        session.at,
        session.openedBy,
        session.isVouched,
      ],
    );
  }

  async find(tokenHash: Buffer): Promise<SignedIn | null> {
    const [row] = await this.database.query<
      Parameters<typeof toOperator>[0] & Record<'sid' | 'since' | 'seen' | 'openedBy' | 'isVouched', never>
    >(
      `SELECT s.id AS sid, s.created_at AS since, s.last_seen_at AS seen, s.opened_by AS "openedBy",
         s.is_vouched AS "isVouched", ${OPERATOR_COLUMNS}
       FROM operator_session s JOIN operator o ON o.id = s.operator_id
       WHERE s.token_hash = $1`,
      [tokenHash],
    );
    if (!row) return null;
    const { sid, since, seen, openedBy, isVouched, ...operator } = row;
    const session = { id: sid, createdAt: since, lastSeenAt: seen, openedBy, isVouched };
    return { session, operator: toOperator(operator) };
  }

  async findById(id: string): Promise<SessionRow | null> {
    const [row] = await this.database.query<SessionRow>(
      `SELECT id, created_at AS "createdAt", last_seen_at AS "lastSeenAt", opened_by AS "openedBy",
         is_vouched AS "isVouched"
       FROM operator_session WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  async touch(id: string, at: Date): Promise<void> {
    await this.database.query('UPDATE operator_session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2', [
      id,
      at,
    ]);
  }

  async delete(id: string, tx: Queryable = this.database): Promise<void> {
    await tx.query('DELETE FROM operator_session WHERE id = $1', [id]);
  }

  /** Ends all sessions of a person, but for one where that is named; gives how many there were. */
  async deleteOf(operatorId: string, exceptId: string | null, tx: Queryable = this.database): Promise<number> {
    const rows = await tx.query(
      'DELETE FROM operator_session WHERE operator_id = $1 AND id IS DISTINCT FROM $2::uuid RETURNING 1',
      [operatorId, exceptId],
    );
    return rows.length;
  }

  async deleteDead(createdBefore: Date, seenBefore: Date): Promise<void> {
    await this.database.query('DELETE FROM operator_session WHERE created_at < $1 OR last_seen_at < $2', [
      createdBefore,
      seenBefore,
    ]);
  }
}
