import { CryptoBox } from '@app/platform';
import { Injectable } from '@nestjs/common';

const PURPOSE = 'hosted return';
const ID_BYTES = 16;
const PROOF_BYTES = 32;

/**
 * What an issuer's page carries for us as `threeDSSessionData` (emv-3ds.md section 5.5) and gives back beside its CRes: it names
 * the session and proves that we gave it out. It is not the link: it opens nothing by itself. Nothing is stored for it.
 */
@Injectable()
export class ReturnTickets {
  constructor(private readonly box: CryptoBox) {}

  /** The ticket of a session (UUID): base64url. */
  of(sessionId: string): string {
    const id = Buffer.from(sessionId.replaceAll('-', ''), 'hex');
    return Buffer.concat([id, this.box.prove(PURPOSE, sessionId)]).toString('base64url');
  }

  /** The session (UUID) of a ticket, or null when we did not give it out. */
  sessionOf(ticket: string): string | null {
    const bytes = Buffer.from(ticket, 'base64url');
    if (bytes.length !== ID_BYTES + PROOF_BYTES) return null;
    const hex = bytes.toString('hex', 0, ID_BYTES);
    const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return this.box.proves(PURPOSE, id, bytes.subarray(ID_BYTES)) ? id : null;
  }
}
