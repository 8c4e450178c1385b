import { newUuidV7, Pan, type Clock } from '@app/kernel';
import { CLOCK, openWith, sealWith, type DataKey, type Queryable } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { CardOwner, HeldCard } from './domain/held-card';
import { instrumentContext, type Instrument, type PreparedInstrument } from './domain/instrument';
import { Fingerprints } from './fingerprints.service';
import { InstrumentKeys } from './instrument-keys.service';
import { InstrumentRepository, type InstrumentRow } from './persistence/instrument.repository';

/** Cards that merchants keep: each once per merchant and environment, until it is deleted. Ids are UUIDs. */
@Injectable()
export class Instruments {
  constructor(
    private readonly repository: InstrumentRepository,
    private readonly keys: InstrumentKeys,
    private readonly fingerprints: Fingerprints,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Seals a card to be kept: store it by `keep`. Nothing of the holder but the name is taken along. */
  async prepare({ merchantId, environment }: CardOwner, card: HeldCard): Promise<PreparedInstrument> {
    const [key] = await Promise.all([this.keys.of(merchantId), this.fingerprints.warm(merchantId)]);
    const { fingerprint, keyVersion } = this.fingerprints.of(merchantId, card.number);
    const identity = { merchantId, environment, fingerprint };
    const seal = (part: 'number' | 'name', text: string): Buffer =>
      sealWith(key, Buffer.from(text), instrumentContext(part, identity));
    const createdAt = this.clock.now();
    const { name } = card.holder;
    return {
      ...identity,
      id: newUuidV7(createdAt),
      fingerprintKeyVersion: keyVersion,
      numberSealed: seal('number', card.number.expose()),
      nameSealed: name === undefined ? null : seal('name', name),
      expiryMonth: card.expiryMonth,
      expiryYear: card.expiryYear,
      bin: card.number.bin,
      lastFour: card.number.lastFour,
      createdAt,
    };
  }

  /**
   * Stores it; gives the id of the instrument that the card is from now on: another one than the prepared where the
   * merchant has the card already, whose expiry and name are then brought up to date.
   */
  keep(tx: Queryable, prepared: PreparedInstrument): Promise<string> {
    return this.repository.upsert(tx, prepared);
  }

  /** Undoes a `keep` that made a new instrument, unless somebody has used it meanwhile. */
  async unkeep({ id }: PreparedInstrument): Promise<void> {
    await this.repository.deleteUntouched(id);
  }

  /** The card behind an instrument; null when there is none, or it is another merchant's. */
  async findCard(id: string, owner: CardOwner): Promise<HeldCard | null> {
    const row = await this.repository.find(id, owner);
    if (!row) return null;
    const key = await this.keys.of(owner.merchantId);
    const number = Pan.fromTrusted(open(key, row, 'number', row.numberSealed));
    const { expiryMonth, expiryYear } = row;
    const name = nameOf(key, row);
    return { number, expiryMonth, expiryYear, holder: name === null ? {} : { name } };
  }

  /** Notes that a session uses it; false when it was deleted meanwhile. In the transaction that stores the session. */
  use(tx: Queryable, id: string, owner: CardOwner): Promise<boolean> {
    return this.repository.touch(tx, id, owner, this.clock.now());
  }

  /** What may be shown of it; null when there is none, or it is another merchant's. */
  async find(id: string, owner: CardOwner): Promise<Instrument | null> {
    const row = await this.repository.find(id, owner);
    if (!row) return null;
    const { fingerprint, expiryMonth, expiryYear, bin, lastFour, createdAt, updatedAt } = row;
    const name = nameOf(await this.keys.of(owner.merchantId), row);
    return { id, fingerprint, expiryMonth, expiryYear, bin, lastFour, name, createdAt, updatedAt };
  }

  /** Erases it, at once and whole; false when there was none, or it is another merchant's. */
  delete(id: string, owner: CardOwner, tx?: Queryable): Promise<boolean> {
    return this.repository.delete(id, owner, tx);
  }
}

function nameOf(key: DataKey, row: InstrumentRow): string | null {
  return row.nameSealed && open(key, row, 'name', row.nameSealed);
}

function open(key: DataKey, row: InstrumentRow, part: 'number' | 'name', sealed: Buffer): string {
  return openWith(key, sealed, instrumentContext(part, row)).toString();
}
