import { decodeId, encodeId } from '@app/kernel';
import { CryptoBox, PublicAddress } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { CALLBACK_PATH, CHALLENGE_PATH } from './checkout.settings';

/** What an address of ours is for. The two never stand in for each other: a browser sees one of them. */
export type InboundPurpose = 'callback' | 'challenge';

const PATHS: Record<InboundPurpose, string> = { callback: CALLBACK_PATH, challenge: CHALLENGE_PATH };
const PROOFS: Record<InboundPurpose, string> = { callback: 'checkout callback', challenge: 'checkout challenge' };

/**
 * The addresses that the upstream is given for one session. Each names the session and proves that we gave it out; nothing
 * is stored for that.
 */
@Injectable()
export class InboundAddress {
  constructor(
    private readonly box: CryptoBox,
    private readonly address: PublicAddress,
  ) {}

  /** The whole address; `sessionId` is a UUID. */
  of(purpose: InboundPurpose, sessionId: string): string {
    const proof = this.box.prove(PROOFS[purpose], sessionId).toString('base64url');
    return `${this.address.url}${PATHS[purpose]}/${encodeId('session', sessionId)}.${proof}`;
  }

  /** The session (UUID) of an address by its last part, or null when we did not give it out. */
  sessionOf(purpose: InboundPurpose, lastPart: string): string | null {
    const [id = '', proof = '', ...more] = lastPart.split('.');
    const sessionId = decodeId('session', id);
    if (sessionId === null || more.length > 0) return null;
    return this.box.proves(PROOFS[purpose], sessionId, Buffer.from(proof, 'base64url')) ? sessionId : null;
  }
}
