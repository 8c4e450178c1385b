import { CryptoBox, PublicAddress } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { RREQ_PATH } from './emv3ds.settings';

const PURPOSE = 'rreq';

/**
 * The address that an AReq gives for its result: one per transaction, and only who was told can know it. All ids of a
 * transaction may pass through a browser; the AReq never does.
 */
@Injectable()
export class ResultAddress {
  constructor(
    private readonly box: CryptoBox,
    private readonly address: PublicAddress,
  ) {}

  /** The whole address for the result of this transaction (UUID, lower case). */
  of(transactionId: string): string {
    return this.below(this.box.prove(PURPOSE, transactionId).toString('base64url'));
  }

  /** The same as it may be kept and shown. */
  masked(): string {
    return this.below('[masked]');
  }

  /** Whether `proof`, the last part of an address, is the one that was given out for this transaction. */
  isOf(transactionId: string, proof: string): boolean {
    return this.box.proves(PURPOSE, transactionId, Buffer.from(proof, 'base64url'));
  }

  private below(proof: string): string {
    return `${this.address.resultsUrl}${RREQ_PATH}/${proof}`;
  }
}
