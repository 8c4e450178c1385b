/** PReq, the request for card ranges: 3DS Server to directory server (emv-3ds.md section 2.8). */
import type { Envelope, MessageExtension } from './common';

/** The preparation request. Without `serialNum` it asks for everything, with it for the changes since then. */
export interface PReq extends Envelope<'PReq'> {
  threeDSServerTransID: string;
  threeDSServerRefNumber: string;
  threeDSServerOperatorID?: string;
  serialNum?: string;
  messageExtension?: MessageExtension[];
}
