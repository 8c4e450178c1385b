import {
  bindings,
  Database,
  listSql,
  type ListQuery,
  type ListRow,
  type ListSource,
  type MerchantScope,
  type Queryable,
} from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { ServiceAccountFilter, ServiceAccountSort } from '../domain/listings';
import type { ServiceAccount } from '../domain/operator';
import { fromMerchantIds, merchantsWithin, toMerchantIds } from './merchant-ids';

interface Row extends Omit<ServiceAccount, 'merchants'> {
  merchantIds: string[] | null;
}

const COLUMNS = `
  a.id, a.name, a.role, a.merchant_ids AS "merchantIds", a.created_at AS "createdAt", a.last_used_at AS "lastUsedAt",
  a.revoked_at AS "revokedAt"`;

const SOURCE: ListSource<ServiceAccountFilter, ServiceAccountSort> = {
  filters: {
    name: 'a.name',
    role: 'a.role',
    is_revoked: ({ values: [wanted] }) => `a.revoked_at IS ${wanted === true ? 'NOT ' : ''}NULL`,
  },
  sorts: { created_at: 'a.created_at', name: 'a.name' },
  id: 'a.id',
};

const toAccount = <R extends Row>({ merchantIds, ...row }: R): Omit<R, 'merchantIds'> & ServiceAccount => ({
  ...row,
  merchants: fromMerchantIds(merchantIds),
});

/** Rows of `service_account`. */
@Injectable()
export class ServiceAccountRepository {
  constructor(private readonly database: Database) {}

  async insert(account: ServiceAccount, secretHash: Buffer, tx: Queryable): Promise<void> {
    await tx.query(
      `INSERT INTO service_account (id, name, role, merchant_ids, secret_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [account.id, account.name, account.role, toMerchantIds(account.merchants), secretHash, account.createdAt],
    );
  }

  async find(id: string): Promise<(ServiceAccount & { secretHash: Buffer }) | null> {
    const [row] = await this.database.query<Row & { secretHash: Buffer }>(
      `SELECT ${COLUMNS}, a.secret_hash AS "secretHash" FROM service_account a WHERE a.id = $1`,
      [id],
    );
    return row ? toAccount(row) : null;
  }

  /** One page, of those that have nothing outside of `scope`. */
  async list(
    query: ListQuery<ServiceAccountFilter, ServiceAccountSort>,
    scope: MerchantScope,
  ): Promise<(ServiceAccount & ListRow)[]> {
    const { values, bind } = bindings();
    const within = merchantsWithin('a.merchant_ids', bind(toMerchantIds(scope)));
    const { columns, conditions, order } = listSql(query, SOURCE, bind);
    const rows = await this.database.query<Row & ListRow>(
      `SELECT ${COLUMNS}, ${columns} FROM service_account a WHERE ${within}${conditions} ${order}`,
      values,
    );
    return rows.map(toAccount);
  }

  /** Ends one for good; null when it has ended before. */
  async revoke(id: string, at: Date, tx: Queryable): Promise<ServiceAccount | null> {
    const [row] = await tx.query<Row>(
      `UPDATE service_account a SET revoked_at = $2, version = a.version + 1
       WHERE a.id = $1 AND a.revoked_at IS NULL RETURNING ${COLUMNS}`,
      [id, at],
    );
    return row ? toAccount(row) : null;
  }

  async noteUse(id: string, at: Date): Promise<void> {
    await this.database.query('UPDATE service_account SET last_used_at = $2 WHERE id = $1', [id, at]);
  }
}
