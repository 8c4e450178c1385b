/** What a directory server checks of an AReq beyond its format (emv-3ds.md sections 4.1 and 5.4). */
import { ProtocolError, type AReq, type CardRangeRecord } from '@app/emv3ds';

/** The reference numbers that take part: our 3DS Server's letter of approval begins like this. */
export const KNOWN_SERVER_REFERENCE = /^3DS_LOA_SER_/;

const MAX_SKEW_MS = 30 * 60 * 1000;

/** What the checks need to know beside the message. */
export interface AReqFacts {
  /** The card's published range, or null when it is not enrolled. */
  readonly range: CardRangeRecord | null;
  readonly now: Date;
  /** Whether `purchaseDate` is compared with the clock: not when time runs faster than usual. */
  readonly checkPurchaseDate: boolean;
}

/** Throws `ProtocolError` (component D) for the first rule that the AReq breaks. */
export function checkAReq(areq: AReq, facts: AReqFacts): void {
  const refuse = (code: string, detail: string): never => {
    throw new ProtocolError({
      code,
      component: 'D',
      detail,
      messageType: 'AReq',
      messageVersion: areq.messageVersion,
      ids: { threeDSServerTransID: areq.threeDSServerTransID },
    });
  };
  if (!KNOWN_SERVER_REFERENCE.test(areq.threeDSServerRefNumber)) refuse('303', 'threeDSServerRefNumber');
  if (areq.deviceChannel !== '02') refuse('305', 'deviceChannel');
  if (areq.mcc !== undefined && !/^\d{4}$/.test(areq.mcc)) refuse('306', 'mcc');
  if (facts.checkPurchaseDate && areq.purchaseDate !== undefined && isSkewed(areq.purchaseDate, facts.now)) {
    refuse('203', 'purchaseDate');
  }
  if (facts.range && (facts.range.threeDSMethodURL === undefined) !== (areq.threeDSCompInd === 'U')) {
    refuse('203', 'threeDSCompInd');
  }
}

function isSkewed(purchaseDate: string, now: Date): boolean {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(purchaseDate)?.map(Number) ?? [];
  const at = Date.UTC(year ?? NaN, (month ?? NaN) - 1, day, hour, minute, second);
  return !(Math.abs(at - now.getTime()) <= MAX_SKEW_MS);
}
