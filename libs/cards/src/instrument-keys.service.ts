import { newUuidV4, randomBytes, Secret, type Clock } from '@app/kernel';
import { CLOCK, CryptoBox, type DataKey } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { MerchantKeys } from './merchant-keys';
import { InstrumentKeyRepository } from './persistence/instrument-key.repository';

/** The AAD of a merchant's instrument key. */
export const instrumentKeyContext = (merchantId: string): string => `instrument_key:${merchantId}`;

/**
 * The long-lived keys of kept cards, one per merchant, wrapped by the key encryption key. Apart from the daily keys, so that
 * those can be destroyed; a merchant's own, so that nothing of it is left when it leaves and its key is deleted.
 */
@Injectable()
export class InstrumentKeys {
  private readonly keys = new MerchantKeys((merchantId) => this.load(merchantId));

  constructor(
    private readonly repository: InstrumentKeyRepository,
    private readonly box: CryptoBox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The merchant's key (UUID), made on first use. */
  of(merchantId: string): Promise<DataKey> {
    return this.keys.get(merchantId);
  }

  // Of several replicas one makes it; who loses takes the other's.
  private async load(merchantId: string): Promise<DataKey> {
    const found = await this.repository.find(merchantId);
    if (found) return this.unwrap(merchantId, found);
    const wrapped = this.box.seal(randomBytes(32), instrumentKeyContext(merchantId));
    await this.repository.insertUnlessPresent({ merchantId, id: newUuidV4(), wrapped }, this.clock.now());
    const made = await this.repository.find(merchantId);
    if (!made) throw new Error('A key vanished while it was made');
    return this.unwrap(merchantId, made);
  }

  private unwrap(merchantId: string, { id, wrapped }: { id: string; wrapped: Buffer }): DataKey {
    return { id, key: new Secret(this.box.open(wrapped, instrumentKeyContext(merchantId))) };
  }
}
