import { DecryptionFailed } from './sealing';
import type { CryptoBox } from './crypto-box';
import type { SealedColumn } from './sealed-column';
import type { Queryable } from '../database/database';

const BATCH = 200;
/** The part of a ciphertext that names its key (sealing.ts). */
const KEY_ID = (column: string): string => `substring(${column} FROM 2 FOR 16)`;

/** How much one key encryption key still holds. `places` has `table.column`s. */
export interface KekUse {
  readonly kek: string;
  readonly isCurrent: boolean;
  /** False: the key is not configured, and what names it cannot be read. */
  readonly isConfigured: boolean;
  readonly values: number;
  readonly places: Readonly<Record<string, number>>;
}

/** What a rotation did: values sealed anew, and values that no configured key opens, by `table.column`. */
export interface RotationResult {
  readonly current: string;
  readonly rewrapped: number;
  readonly unreadable: Readonly<Record<string, number>>;
}

interface Row {
  sealed: Buffer;
  position: string;
  columns: Record<string, string>;
}

/**
 * Moves everything that is sealed directly under a key encryption key to the current one. Row by row, while everybody goes
 * on: a value is replaced only if nobody changed it meanwhile. Stopped half way it is simply run again.
 */
export class KekRotation {
  constructor(
    private readonly database: Queryable,
    private readonly box: CryptoBox,
    private readonly columns: readonly SealedColumn[],
  ) {}

  /** Every configured key and every key that a value names, the current one first. */
  async status(): Promise<KekUse[]> {
    const found = new Map<string, Record<string, number>>(this.box.keyIds.map((id) => [id, {}]));
    for (const { table, column } of this.columns) {
      const rows = await this.database.query<{ kek: string; n: number }>(
        `SELECT encode(${KEY_ID(column)}, 'hex')::uuid::text AS kek, count(*)::int AS n
         FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 1`,
      );
      for (const { kek, n } of rows) found.set(kek, { ...found.get(kek), [`${table}.${column}`]: n });
    }
    return [...found].map(([kek, places]) => ({
      kek,
      isCurrent: kek === this.box.currentKeyId,
      isConfigured: this.box.keyIds.includes(kek),
      values: Object.values(places).reduce((sum, n) => sum + n, 0),
      places,
    }));
  }

  /** Seals everything anew that names another key than the current one, also what comes in meanwhile. */
  async rotate(): Promise<RotationResult> {
    let rewrapped = 0;
    const unreadable: Record<string, number> = {};
    for (const column of this.columns) {
      for (;;) {
        const pass = await this.pass(column);
        rewrapped += pass.rewrapped;
        if (pass.rewrapped > 0) continue;
        if (pass.unreadable > 0) unreadable[`${column.table}.${column.column}`] = pass.unreadable;
        break;
      }
    }
    return { current: this.box.currentKeyId, rewrapped, unreadable };
  }

  /** Once through a table, in the order of its keys. */
  private async pass(column: SealedColumn): Promise<{ rewrapped: number; unreadable: number }> {
    const done = { rewrapped: 0, unreadable: 0 };
    for (let after = ''; ;) {
      const rows = await this.outdated(column, after);
      for (const row of rows) {
        const sealed = this.resealed(column, row);
        if (sealed === null) done.unreadable++;
        else if (await this.replace(column, row, sealed)) done.rewrapped++;
      }
      const last = rows.at(-1);
      if (!last) return done;
      after = last.position;
    }
  }

  private outdated({ table, column, key, about = [] }: SealedColumn, after: string): Promise<Row[]> {
    const position = `concat_ws(' ', ${key.map((name) => `${name}::text`).join(', ')}) COLLATE "C"`;
    const columns = [...key, ...about].map((name) => `'${name}', ${name}::text`).join(', ');
    return this.database.query<Row>(
      `SELECT ${column} AS sealed, ${position} AS position, jsonb_build_object(${columns}) AS columns
       FROM ${table}
       WHERE ${column} IS NOT NULL AND ${KEY_ID(column)} <> uuid_send($1::uuid) AND ${position} > $2
       ORDER BY 2 LIMIT ${BATCH}`,
      [this.box.currentKeyId, after],
    );
  }

  /** Null when no configured key opens it. */
  private resealed(column: SealedColumn, { sealed, columns }: Row): Buffer | null {
    const context = column.context(columns);
    try {
      return this.box.seal(this.box.open(sealed, context), context);
    } catch (error) {
      if (error instanceof DecryptionFailed) return null;
      throw error;
    }
  }

  private async replace({ table, column, key }: SealedColumn, row: Row, sealed: Buffer): Promise<boolean> {
    const where = key.map((name, index) => `${name} = $${index + 3}`).join(' AND ');
    const replaced = await this.database.query(
      `UPDATE ${table} SET ${column} = $1 WHERE ${column} = $2 AND ${where} RETURNING 1`,
      [sealed, row.sealed, ...key.map((name) => row.columns[name])],
    );
    return replaced.length === 1;
  }
}
