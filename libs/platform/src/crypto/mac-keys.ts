import { createHmac } from 'node:crypto';
import { randomBytes, type Clock } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../clock.token';
import { Database } from '../database/database';
import { CryptoBox } from './crypto-box';
import type { SealedColumn } from './sealed-column';

const contextOf = (purpose: string): string => `mac_key:${purpose}`;

/** Where the keys of keyed hashes are, sealed directly under the key encryption key. */
export const MAC_KEY_COLUMN: SealedColumn = {
  table: 'mac_key',
  column: 'sealed',
  key: ['purpose'],
  context: ({ purpose = '' }) => contextOf(purpose),
};

/**
 * Keyed hashes that are stored and compared with later. One random key per purpose, made when it is first asked for and the
 * same for ever and on every replica: stored hashes go on matching whatever becomes of the key encryption keys.
 */
@Injectable()
export class MacKeys {
  private readonly keys = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly database: Database,
    private readonly box: CryptoBox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** HMAC-SHA256 (32 bytes) of `data` under the key of `purpose`. */
  async mac(purpose: string, data: Buffer | string): Promise<Buffer> {
    return createHmac('sha256', await this.keyOf(purpose))
      .update(data)
      .digest();
  }

  private keyOf(purpose: string): Promise<Buffer> {
    const known = this.keys.get(purpose);
    if (known) return known;
    const loading = this.load(purpose);
    this.keys.set(purpose, loading);
    // What could not be loaded is asked for again.
    loading.catch(() => this.keys.delete(purpose));
    return loading;
  }

  // Of several replicas one makes it; who loses takes the other's.
  private async load(purpose: string): Promise<Buffer> {
    const found = await this.find(purpose);
    if (found) return found;
    await this.database.query(
      'INSERT INTO mac_key (purpose, sealed, created_at) VALUES ($1, $2, $3) ON CONFLICT ON CONSTRAINT pk_mac_key DO NOTHING',
      [purpose, this.box.seal(randomBytes(32), contextOf(purpose)), this.clock.now()],
    );
    const made = await this.find(purpose);
    if (!made) throw new Error('A key vanished while it was made');
    return made;
  }

  private async find(purpose: string): Promise<Buffer | null> {
    const [row] = await this.database.query<{ sealed: Buffer }>('SELECT sealed FROM mac_key WHERE purpose = $1', [
      purpose,
    ]);
    return row ? this.box.open(row.sealed, contextOf(purpose)) : null;
  }
}
