/** CReq, the challenge request that the browser carries to the ACS (emv-3ds.md section 2.4). */
import type { Envelope, MessageExtension } from './common';

/** The challenge request of the browser channel. */
export interface CReq extends Envelope<'CReq'> {
  threeDSServerTransID: string;
  acsTransID: string;
  challengeWindowSize?: string;
  messageExtension?: MessageExtension[];
}
