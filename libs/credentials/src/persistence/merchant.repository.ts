import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { Merchant, MerchantStatus } from '../domain/model';

const COLUMNS = 'id, name, status, created_at AS "createdAt", version';

/** Rows of `merchant`. */
@Injectable()
export class MerchantRepository {
  constructor(private readonly database: Database) {}

  async insert(merchant: Merchant, tx: Queryable = this.database): Promise<void> {
    await tx.query('INSERT INTO merchant (id, name, status, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)', [
      merchant.id,
      merchant.name,
      merchant.status,
      merchant.createdAt,
    ]);
  }

  /** By name, then by age. */
  async list(): Promise<Merchant[]> {
    return this.database.query<Merchant>(`SELECT ${COLUMNS} FROM merchant ORDER BY name, id`);
  }

  async findById(id: string, tx: Queryable = this.database): Promise<Merchant | null> {
    const [merchant] = await tx.query<Merchant>(`SELECT ${COLUMNS} FROM merchant WHERE id = $1`, [id]);
    return merchant ?? null;
  }

  async setStatus(tx: Queryable, id: string, status: MerchantStatus): Promise<void> {
    await tx.query('UPDATE merchant SET status = $2 WHERE id = $1', [id, status]);
  }

  async setName(tx: Queryable, id: string, name: string): Promise<void> {
    await tx.query('UPDATE merchant SET name = $2 WHERE id = $1', [id, name]);
  }
}
