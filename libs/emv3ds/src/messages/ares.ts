/** ARes, the authentication response: ACS or directory server to 3DS Server (emv-3ds.md section 2.3). */
import type { Envelope, MessageExtension, TransStatusCode, YesNo } from './common';

/** The authentication response of 2.2.0. `eci` is opaque; `authenticationValue` is 28 characters of base64. */
export interface ARes extends Envelope<'ARes'> {
  threeDSServerTransID: string;
  acsTransID: string;
  dsTransID: string;
  acsReferenceNumber: string;
  dsReferenceNumber: string;
  acsOperatorID?: string;
  /** Required for payments; presence is up to the directory server otherwise. */
  transStatus?: TransStatusCode;
  transStatusReason?: string;
  authenticationValue?: string;
  eci?: string;
  acsChallengeMandated?: YesNo;
  acsDecConInd?: YesNo;
  authenticationType?: string;
  acsURL?: string;
  cardholderInfo?: string;
  whiteListStatus?: string;
  whiteListStatusSource?: string;
  broadInfo?: Record<string, unknown>;
  messageExtension?: MessageExtension[];
}
