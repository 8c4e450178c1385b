import type { CardOwner } from './held-card';

/** A card that a merchant keeps, as it may be shown. */
export interface Instrument {
  /** UUID. */
  readonly id: string;
  /** The same as that of sessions with this card. */
  readonly fingerprint: string;
  readonly expiryMonth: number;
  readonly expiryYear: number;
  readonly bin: string;
  readonly lastFour: string;
  readonly name: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** An instrument ready to be stored: what may be shown, and the rest sealed. */
export interface PreparedInstrument extends CardOwner, Omit<Instrument, 'name' | 'updatedAt'> {
  readonly fingerprintKeyVersion: number;
  readonly numberSealed: Buffer;
  readonly nameSealed: Buffer | null;
}

/** A card is one instrument per merchant and environment, whatever its row is called: that is what is bound. */
type CardIdentity = Pick<PreparedInstrument, 'merchantId' | 'environment' | 'fingerprint'>;

/** What the sealed part `part` of an instrument is bound to. */
export function instrumentContext(
  part: 'number' | 'name',
  { merchantId, environment, fingerprint }: CardIdentity,
): string {
  return `instrument.${part}:${merchantId}:${environment}:${fingerprint}`;
}
