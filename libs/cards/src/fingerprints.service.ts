import { randomBytes } from 'node:crypto';
import { Secret, type Clock, type Pan } from '@app/kernel';
import { CLOCK, CryptoBox } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { fingerprintOf } from './domain/fingerprint';
import { MerchantKeys } from './merchant-keys';
import { FingerprintKeyRepository, type FingerprintKeyRow } from './persistence/fingerprint-key.repository';

const FIRST_VERSION = 1;

interface FingerprintKey {
  readonly version: number;
  readonly key: Secret<Buffer>;
}

/** The AAD of a merchant's fingerprint key. */
export const sealContext = (merchantId: string, version: number | string): string =>
  `fingerprint_key:${merchantId}:${version}`;

/** Merchants' fingerprint keys: made on first use and kept in memory. */
@Injectable()
export class Fingerprints {
  private readonly keys = new MerchantKeys((merchantId) => this.load(merchantId));

  constructor(
    private readonly repository: FingerprintKeyRepository,
    private readonly box: CryptoBox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Has the merchant's key in memory once it resolves; at once when it is there already. */
  async warm(merchantId: string): Promise<void> {
    await this.keys.get(merchantId);
  }

  /** @throws Error when the merchant's key is not in memory: `warm` comes first */
  of(merchantId: string, number: Pan): { fingerprint: string; keyVersion: number } {
    const key = this.keys.peek(merchantId);
    if (!key) throw new Error('The fingerprint key of this merchant is not loaded');
    return { fingerprint: fingerprintOf(key.key, number), keyVersion: key.version };
  }

  private async load(merchantId: string): Promise<FingerprintKey> {
    const row = (await this.repository.findNewest(merchantId)) ?? (await this.create(merchantId));
    const key = this.box.open(row.sealed, sealContext(merchantId, row.keyVersion));
    return { version: row.keyVersion, key: new Secret(key) };
  }

  private async create(merchantId: string): Promise<FingerprintKeyRow> {
    const sealed = this.box.seal(randomBytes(32), sealContext(merchantId, FIRST_VERSION));
    await this.repository.insertUnlessPresent({ merchantId, keyVersion: FIRST_VERSION, sealed }, this.clock.now());
    const row = await this.repository.findNewest(merchantId);
    if (!row) throw new Error('A fingerprint key vanished while it was made');
    return row;
  }
}
