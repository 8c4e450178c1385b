/** RRes, the answer to an RReq: 3DS Server to directory server to ACS (emv-3ds.md section 2.7). */
import type { Envelope, MessageExtension } from './common';

/** The result response. `resultsStatus`: 01 received, 02 challenge declined, 03 challenge not delivered. */
export interface RRes extends Envelope<'RRes'> {
  threeDSServerTransID: string;
  acsTransID: string;
  dsTransID: string;
  resultsStatus: string;
  messageExtension?: MessageExtension[];
}
