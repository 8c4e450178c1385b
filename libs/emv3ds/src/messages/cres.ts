/** CRes, the final challenge response that the browser carries back (emv-3ds.md section 2.5). */
import type { Envelope, MessageExtension, YesNo } from './common';

/** The final challenge response of the browser channel. Never a result: that is the RReq's. */
export interface CRes extends Envelope<'CRes'> {
  threeDSServerTransID: string;
  acsTransID: string;
  transStatus?: YesNo;
  challengeCompletionInd?: YesNo;
  messageExtension?: MessageExtension[];
}
