/** Erro, the error message that any component may send (emv-3ds.md section 2.10). */
import type { Envelope } from './common';

/** The error message. Receivers accept any `errorCode` and `errorComponent`, so both are plain text. */
export interface Erro extends Omit<Envelope<'Erro'>, 'messageVersion'> {
  /** The version of the message in error where known; any version can stand here. */
  messageVersion: string;
  errorCode: string;
  errorComponent: string;
  errorDescription: string;
  errorDetail: string;
  errorMessageType?: string;
  threeDSServerTransID?: string;
  acsTransID?: string;
  dsTransID?: string;
  sdkTransID?: string;
}
