/** Checks across the messages of one transaction: ids, version, category (emv-3ds.md section 5.2). */
import type { ARes } from './messages/ares';
import type { RReq } from './messages/rreq';

/** What the ARes must repeat of its AReq. */
export interface ExpectedARes {
  threeDSServerTransID: string;
  messageVersion: string;
}

/** What the RReq must repeat. Ids that are absent are not known yet and are taken as they come. */
export interface ExpectedRReq {
  threeDSServerTransID: string;
  messageVersion: string;
  messageCategory: string;
  dsTransID?: string;
  acsTransID?: string;
}

/** Throws `ProtocolError` of the 3DS Server: 301 for a foreign id, 203 for another version. */
export function checkARes(_expected: ExpectedARes, _ares: ARes): void {
  throw new Error('checkARes is not written yet');
}

/** Throws `ProtocolError` of the 3DS Server: 301 for foreign ids, 203 for another version or category. */
export function checkRReq(_expected: ExpectedRReq, _rreq: RReq): void {
  throw new Error('checkRReq is not written yet');
}
