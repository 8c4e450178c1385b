import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** The second factor in a person's row of `operator`, and rows of `operator_recovery_code`. */
@Injectable()
export class SecondFactorRepository {
  constructor(private readonly database: Database) {}

  async setPending(operatorId: string, sealed: Buffer): Promise<void> {
    await this.database.query('UPDATE operator SET totp_pending_sealed = $2 WHERE id = $1', [operatorId, sealed]);
  }

  async findPending(operatorId: string): Promise<Buffer | null> {
    const [row] = await this.database.query<{ sealed: Buffer | null }>(
      'SELECT totp_pending_sealed AS sealed FROM operator WHERE id = $1',
      [operatorId],
    );
    return row?.sealed ?? null;
  }

  /** Makes a new secret the one that counts, from the step that proved it on, if `pending` is still what waits. */
  async enrol(
    operatorId: string,
    secret: { pending: Buffer; sealed: Buffer; step: number },
    at: Date,
    tx: Queryable,
  ): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE operator SET totp_sealed = $3, totp_pending_sealed = NULL, totp_last_step = $4, updated_at = $5,
         version = version + 1
       WHERE id = $1 AND totp_pending_sealed = $2 RETURNING 1`,
      [operatorId, secret.pending, secret.sealed, secret.step, at],
    );
    return rows.length === 1;
  }

  /** Takes the second factor away, with its recovery codes. */
  async clear(tx: Queryable, operatorId: string): Promise<void> {
    await tx.query(
      `UPDATE operator SET totp_sealed = NULL, totp_pending_sealed = NULL, totp_last_step = NULL WHERE id = $1`,
      [operatorId],
    );
    await this.replaceCodes(operatorId, [], tx);
  }

  async replaceCodes(operatorId: string, macs: readonly Buffer[], tx: Queryable): Promise<void> {
    await tx.query('DELETE FROM operator_recovery_code WHERE operator_id = $1', [operatorId]);
    await tx.query(
      'INSERT INTO operator_recovery_code (operator_id, code_mac) SELECT $1, mac FROM unnest($2::bytea[]) AS mac',
      [operatorId, macs],
    );
  }

  /** Uses a recovery code up: false when it is none, or was used. */
  async useCode(operatorId: string, mac: Buffer): Promise<boolean> {
    const rows = await this.database.query(
      'DELETE FROM operator_recovery_code WHERE operator_id = $1 AND code_mac = $2 RETURNING 1',
      [operatorId, mac],
    );
    return rows.length === 1;
  }

  async countCodes(operatorId: string): Promise<number> {
    const [row] = await this.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM operator_recovery_code WHERE operator_id = $1',
      [operatorId],
    );
    return row?.n ?? 0;
  }
}
