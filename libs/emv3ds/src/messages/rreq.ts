/** RReq, the result of a challenge: ACS to directory server to 3DS Server (emv-3ds.md section 2.6). */
import type { Envelope, MessageExtension, TransStatusCode } from './common';

/** The result request of 2.2.0. `interactionCounter` is the number of the cardholder's tries, two digits. */
export interface RReq extends Envelope<'RReq'> {
  threeDSServerTransID: string;
  acsTransID: string;
  dsTransID: string;
  messageCategory: string;
  /** Required for payments; C, D and I cannot be results. */
  transStatus?: Exclude<TransStatusCode, 'C' | 'D' | 'I'>;
  transStatusReason?: string;
  authenticationType?: string;
  authenticationMethod?: string;
  authenticationValue?: string;
  eci?: string;
  interactionCounter?: string;
  challengeCancel?: string;
  whiteListStatus?: string;
  whiteListStatusSource?: string;
  messageExtension?: MessageExtension[];
}
