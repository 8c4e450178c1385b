/** Checks across the messages of one transaction: ids, version, category (emv-3ds.md section 5.2). */
import { ProtocolError } from './emv3ds.errors';
import type { Message } from './messages';
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
  dsTransID?: string | undefined;
  acsTransID?: string | undefined;
}

/** Throws `ProtocolError` of the 3DS Server: 301 for a foreign id, 203 for another version. */
export function checkARes(expected: ExpectedARes, ares: ARes): void {
  refuse('301', ares, [!sameId(expected.threeDSServerTransID, ares.threeDSServerTransID) && 'threeDSServerTransID']);
  refuse('203', ares, [expected.messageVersion !== ares.messageVersion && 'messageVersion']);
}

/** Throws `ProtocolError` of the 3DS Server: 301 for foreign ids, 203 for another version or category. */
export function checkRReq(expected: ExpectedRReq, rreq: RReq): void {
  refuse('301', rreq, [
    !sameId(expected.threeDSServerTransID, rreq.threeDSServerTransID) && 'threeDSServerTransID',
    !sameId(expected.acsTransID, rreq.acsTransID) && 'acsTransID',
    !sameId(expected.dsTransID, rreq.dsTransID) && 'dsTransID',
  ]);
  refuse('203', rreq, [
    expected.messageVersion !== rreq.messageVersion && 'messageVersion',
    expected.messageCategory !== rreq.messageCategory && 'messageCategory',
  ]);
}

/** UUIDs are the same in either case; an id that is not known yet agrees with any. */
function sameId(expected: string | undefined, actual: string): boolean {
  return expected === undefined || expected.toLowerCase() === actual.toLowerCase();
}

function refuse(code: string, message: Extract<Message, ARes | RReq>, names: ReadonlyArray<string | false>): void {
  const failing = names.filter((name) => name !== false);
  if (failing.length === 0) return;
  const { threeDSServerTransID, acsTransID, dsTransID } = message;
  throw new ProtocolError({
    code,
    component: 'S',
    detail: failing.join(','),
    messageType: message.messageType,
    messageVersion: message.messageVersion,
    ids: { threeDSServerTransID, acsTransID, dsTransID },
  });
}
