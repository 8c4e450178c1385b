import { Database, type Queryable } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { JsonWebKey } from 'node:crypto';
import type { SigningKeyInfo } from '../domain/model';

/** A signing key as stored. */
export interface SigningKeyRow extends SigningKeyInfo {
  publicJwk: JsonWebKey;
  privateSealed: Buffer;
}

const COLUMNS = `
  kid, public_jwk AS "publicJwk", private_sealed AS "privateSealed", created_at AS "createdAt",
  activates_at AS "activatesAt", retires_at AS "retiresAt"`;

/** Rows of `signing_key`. */
@Injectable()
export class SigningKeyRepository {
  constructor(private readonly database: Database) {}

  /** Keys that are published at `at`, the one that activates last first. */
  async findPublished(at: Date, tx: Queryable = this.database): Promise<SigningKeyRow[]> {
    return tx.query<SigningKeyRow>(
      `SELECT ${COLUMNS} FROM signing_key WHERE retires_at IS NULL OR retires_at > $1 ORDER BY activates_at DESC, kid DESC`,
      [at],
    );
  }

  /** Runs `work` while no other replica can add or retire a key. */
  async exclusively<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE');
      return work(tx);
    });
  }

  async insert(tx: Queryable, key: SigningKeyRow): Promise<void> {
    await tx.query(
      `INSERT INTO signing_key (kid, public_jwk, private_sealed, created_at, activates_at, retires_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [key.kid, JSON.stringify(key.publicJwk), key.privateSealed, key.createdAt, key.activatesAt, key.retiresAt],
    );
  }

  /** Sets the end of every key but `successor` that has none yet. */
  async retireOthers(tx: Queryable, successor: string, retiresAt: Date): Promise<void> {
    await tx.query(
      'UPDATE signing_key SET retires_at = $2, version = version + 1 WHERE kid <> $1 AND retires_at IS NULL',
      [successor, retiresAt],
    );
  }
}
