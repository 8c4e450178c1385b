import {
  bindings,
  Database,
  isUniqueViolation,
  listSql,
  type ListQuery,
  type ListRow,
  type ListSource,
  type MerchantScope,
  type Queryable,
} from '@app/platform';
import { Injectable } from '@nestjs/common';
import { fromMerchantIds, merchantsWithin, toMerchantIds } from './merchant-ids';
import type { LinkedIdentity, Operator, OperatorChange, OperatorStatus } from '../domain/operator';
import type { OperatorFilter, OperatorSort } from '../domain/listings';

/** What somebody proves to be themselves with. */
export interface OperatorProof {
  readonly passwordHash: string | null;
  readonly totpSealed: Buffer | null;
  readonly totpLastStep: number | null;
}

interface Row extends Omit<Operator, 'merchants' | 'identity'> {
  merchantIds: string[] | null;
  oidcIssuer: string | null;
  oidcSubject: string | null;
  oidcLinkedAt: Date | null;
}

const COLUMNS = `
  o.id, o.email, o.name, o.role, o.merchant_ids AS "merchantIds", o.status, o.totp_sealed IS NOT NULL AS "hasSecondFactor",
  o.password_hash IS NOT NULL AS "hasPassword", o.oidc_issuer AS "oidcIssuer", o.oidc_subject AS "oidcSubject",
  o.oidc_linked_at AS "oidcLinkedAt",
  o.created_at AS "createdAt", o.last_signed_in_at AS "lastSignedInAt", o.version`;
const PROOF =
  'o.password_hash AS "passwordHash", o.totp_sealed AS "totpSealed", o.totp_last_step::float8 AS "totpLastStep"';

const SOURCE: ListSource<OperatorFilter, OperatorSort> = {
  filters: { email: 'o.email', role: 'o.role', status: 'o.status' },
  sorts: { created_at: 'o.created_at', email: 'o.email' },
  id: 'o.id',
};

/** The columns of an operator (alias `o`), for statements that join it. */
export const OPERATOR_COLUMNS = COLUMNS;

/** The operator in a row that was selected with `OPERATOR_COLUMNS`. */
export function toOperator<R extends Row>(
  row: R,
): Omit<R, 'merchantIds' | 'oidcIssuer' | 'oidcSubject' | 'oidcLinkedAt'> & Operator {
  const { merchantIds, oidcIssuer: issuer, oidcSubject: subject, oidcLinkedAt: linkedAt, ...operator } = row;
  const identity = issuer === null || subject === null || linkedAt === null ? null : { issuer, subject, linkedAt };
  return { ...operator, merchants: fromMerchantIds(merchantIds), identity };
}

/** Rows of `operator` and what belongs to one. */
@Injectable()
export class OperatorRepository {
  constructor(private readonly database: Database) {}

  /** False when the e-mail address is taken. */
  async insert(operator: Operator, passwordHash: string | null, tx: Queryable = this.database): Promise<boolean> {
    try {
      await tx.query(
        `INSERT INTO operator (id, email, name, role, merchant_ids, status, password_hash, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
        [
          operator.id,
          operator.email,
          operator.name,
          operator.role,
          toMerchantIds(operator.merchants),
          operator.status,
          passwordHash,
          operator.createdAt,
        ],
      );
      return true;
    } catch (error) {
      if (isUniqueViolation(error, 'uq_operator_email')) return false;
      throw error;
    }
  }

  async findByEmail(email: string): Promise<(Operator & OperatorProof) | null> {
    const [row] = await this.database.query<Row & OperatorProof>(
      `SELECT ${COLUMNS}, ${PROOF} FROM operator o WHERE o.email = $1`,
      [email],
    );
    return row ? toOperator(row) : null;
  }

  async findById(id: string, tx: Queryable = this.database): Promise<(Operator & OperatorProof) | null> {
    const [row] = await tx.query<Row & OperatorProof>(`SELECT ${COLUMNS}, ${PROOF} FROM operator o WHERE o.id = $1`, [
      id,
    ]);
    return row ? toOperator(row) : null;
  }

  /** Whom an identity of the provider was linked to. */
  async findByIdentity({
    issuer,
    subject,
  }: Omit<LinkedIdentity, 'linkedAt'>): Promise<(Operator & OperatorProof) | null> {
    const [row] = await this.database.query<Row & OperatorProof>(
      `SELECT ${COLUMNS}, ${PROOF} FROM operator o WHERE o.oidc_issuer = $1 AND o.oidc_subject = $2`,
      [issuer, subject],
    );
    return row ? toOperator(row) : null;
  }

  /**
   * Links an identity to somebody who has none yet; whoever was only invited is active by that.
   * @returns false when somebody was faster, or the identity is another's
   */
  async link(id: string, { issuer, subject, linkedAt }: LinkedIdentity, tx: Queryable): Promise<boolean> {
    try {
      const rows = await tx.query(
        `UPDATE operator SET oidc_issuer = $2, oidc_subject = $3, oidc_linked_at = $4, updated_at = $4,
         version = version + 1, status = CASE status WHEN 'invited' THEN 'active' ELSE status END
       WHERE id = $1 AND oidc_subject IS NULL AND status <> 'disabled' RETURNING 1`,
        [id, issuer, subject, linkedAt],
      );
      return rows.length === 1;
    } catch (error) {
      if (isUniqueViolation(error, 'uq_operator_oidc')) return false;
      throw error;
    }
  }

  /** Takes the identity away; whoever has no password either has to be invited anew. */
  async unlink(tx: Queryable, id: string): Promise<void> {
    await tx.query(
      `UPDATE operator SET oidc_issuer = NULL, oidc_subject = NULL, oidc_linked_at = NULL,
         status = CASE WHEN status = 'active' AND password_hash IS NULL THEN 'invited' ELSE status END
       WHERE id = $1`,
      [id],
    );
  }

  /** One page, of those who have nothing outside of `scope`. */
  async list(query: ListQuery<OperatorFilter, OperatorSort>, scope: MerchantScope): Promise<(Operator & ListRow)[]> {
    const { values, bind } = bindings();
    const within = merchantsWithin('o.merchant_ids', bind(toMerchantIds(scope)));
    const { columns, conditions, order } = listSql(query, SOURCE, bind);
    const rows = await this.database.query<Row & ListRow>(
      `SELECT ${COLUMNS}, ${columns} FROM operator o WHERE ${within}${conditions} ${order}`,
      values,
    );
    return rows.map(toOperator);
  }

  /** By e-mail address. */
  async listAll(): Promise<Operator[]> {
    const rows = await this.database.query<Row>(`SELECT ${COLUMNS} FROM operator o ORDER BY o.email`);
    return rows.map(toOperator);
  }

  /**
   * Who is an active administrator of all merchants (UUIDs); they stay so until the transaction ends. In order of their ids, so
   * that of two at once one waits for the other.
   */
  async holdAdministrators(tx: Queryable): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM operator WHERE status = 'active' AND role = 'admin' AND merchant_ids IS NULL ORDER BY id FOR UPDATE`,
    );
    return rows.map(({ id }) => id);
  }

  /** The operator as it is afterwards; null when there is none. */
  async change(
    tx: Queryable,
    id: string,
    change: OperatorChange & { status?: OperatorStatus },
  ): Promise<Operator | null> {
    const { merchants } = change;
    const [row] = await tx.query<Row>(
      `UPDATE operator o SET
         name = COALESCE($2, o.name), role = COALESCE($3, o.role), status = COALESCE($4, o.status),
         merchant_ids = CASE WHEN $5 THEN $6::uuid[] ELSE o.merchant_ids END
       WHERE o.id = $1
       RETURNING ${COLUMNS}`,
      [
        id,
        change.name ?? null,
        change.role ?? null,
        change.status ?? null,
        merchants !== undefined,
        merchants === undefined ? null : toMerchantIds(merchants),
      ],
    );
    return row ? toOperator(row) : null;
  }

  /** Sets a password; whoever was only invited is active by that. */
  async setPassword(id: string, passwordHash: string, at: Date, tx: Queryable = this.database): Promise<void> {
    await tx.query(
      `UPDATE operator SET password_hash = $2, updated_at = $3, version = version + 1,
         status = CASE status WHEN 'invited' THEN 'active' ELSE status END
       WHERE id = $1`,
      [id, passwordHash, at],
    );
  }

  /** Replaces a hash by one of the same password; nothing has changed for anybody. */
  async rehash(id: string, before: string, after: string): Promise<void> {
    await this.database.query('UPDATE operator SET password_hash = $3 WHERE id = $1 AND password_hash = $2', [
      id,
      before,
      after,
    ]);
  }

  async noteSignIn(id: string, at: Date, tx: Queryable = this.database): Promise<void> {
    await tx.query('UPDATE operator SET last_signed_in_at = $2 WHERE id = $1', [id, at]);
  }

  /** Accepts a time step once: false when it, or a later one, was accepted before. */
  async acceptStep(id: string, step: number): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE operator SET totp_last_step = $2
       WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2) RETURNING 1`,
      [id, step],
    );
    return rows.length === 1;
  }
}
