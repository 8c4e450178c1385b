import { Pan, type Clock } from '@app/kernel';
import { CLOCK } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DataKeyring } from './data-keyring.service';
import type { CardInput, PreparedCard, StoredCard } from './domain/card';
import { inBatches } from './erasure';
import { Fingerprints } from './fingerprints.service';
import { CardRepository } from './persistence/card.repository';

/** A sealed number opens only for the session and merchant that it was sealed for. */
const numberContext = (sessionId: string, merchantId: string): string => `card.number:${merchantId}:${sessionId}`;

/** Card numbers at rest: sealed for one session, read while needed, erased when their clock runs out. */
@Injectable()
export class CardVault {
  constructor(
    private readonly cards: CardRepository,
    private readonly keyring: DataKeyring,
    private readonly fingerprints: Fingerprints,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Has everything in memory that `prepare` needs for this merchant (UUID); resolves at once when it is there already. */
  async warm(merchantId: string): Promise<void> {
    return this.fingerprints.warm(merchantId);
  }

  /**
   * Seals a number for storage, without waiting for anything: store it with `CARD_COLUMNS` and `cardValues`.
   * @throws Error when `warm` was not awaited for this merchant
   */
  prepare(input: CardInput): PreparedCard {
    const { sessionId, merchantId, number, expiryMonth, expiryYear } = input;
    const { fingerprint, keyVersion } = this.fingerprints.of(merchantId, number);
    return {
      sessionId,
      merchantId,
      sealed: this.keyring.seal('card', Buffer.from(number.expose()), numberContext(sessionId, merchantId)),
      expiryMonth,
      expiryYear,
      createdAt: this.clock.now(),
      fingerprint,
      fingerprintKeyVersion: keyVersion,
      bin: number.bin,
      lastFour: number.lastFour,
    };
  }

  /** The card of a session, or null when it is erased, its clock has run out, or it is another merchant's. */
  async find(sessionId: string, merchantId: string): Promise<StoredCard | null> {
    const row = await this.cards.find(sessionId, merchantId, this.clock.now());
    const number = row && (await this.open(sessionId, merchantId, row.sealed));
    return number && { number, expiryMonth: row.expiryMonth, expiryYear: row.expiryYear };
  }

  /**
   * Opens `card.sealed` of a row that the caller has read itself; null when its key was destroyed. The caller looks at
   * `expires_at`.
   * @throws DecryptionFailed when it is of another session or merchant
   */
  async open(sessionId: string, merchantId: string, sealed: Buffer): Promise<Pan | null> {
    const digits = await this.keyring.open(sealed, numberContext(sessionId, merchantId));
    return digits && Pan.fromTrusted(digits.toString('latin1'));
  }

  /** Erases the numbers whose clock has run out, in batches. Returns how many; what is left waits for the next call. */
  eraseDue(): Promise<number> {
    return inBatches((limit) => this.cards.eraseDue(this.clock.now(), limit));
  }
}
