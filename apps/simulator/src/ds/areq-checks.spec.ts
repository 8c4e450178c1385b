import { ProtocolError, type AReq } from '@app/emv3ds';
import { checkAReq, type AReqFacts } from './areq-checks';

const now = new Date('2026-03-01T12:00:00Z');
const range = {
  startRange: '4000000000000050',
  endRange: '4999999999999949',
  acsStartProtocolVersion: '2.1.0',
  acsEndProtocolVersion: '2.2.0',
  threeDSMethodURL: 'http://localhost:4001/acs/method',
};
const { threeDSMethodURL: _url, ...withoutMethod } = range;
const facts: AReqFacts = { range, now, checkPurchaseDate: true };
const anAReq = (fields: Partial<AReq> = {}): AReq => ({
  messageType: 'AReq',
  messageVersion: '2.2.0',
  threeDSServerTransID: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
  threeDSServerRefNumber: '3DS_LOA_SER_CSGN_020200_00001',
  threeDSServerURL: 'http://localhost:4000/rreq',
  threeDSRequestorID: 'r',
  threeDSRequestorName: 'r',
  threeDSRequestorURL: 'http://localhost',
  deviceChannel: '02',
  messageCategory: '01',
  threeDSCompInd: 'Y',
  mcc: '5411',
  acctNumber: '4242424242424242',
  purchaseDate: '20260301121500',
  ...fields,
});
const refusal = (areq: AReq, given: AReqFacts = facts): string | null => {
  try {
    checkAReq(areq, given);
    return null;
  } catch (error) {
    if (error instanceof ProtocolError) return `${error.code} ${error.component} ${error.detail}`;
    throw error;
  }
};

describe('a directory server', () => {
  it('takes a sound request', () => {
    expect(refusal(anAReq())).toBeNull();
    expect(refusal(anAReq({ threeDSCompInd: 'N' }))).toBeNull();
    expect(refusal(anAReq({ threeDSCompInd: 'U' }), { ...facts, range: withoutMethod })).toBeNull();
  });

  it.each([
    ['an unknown 3DS Server', { threeDSServerRefNumber: 'ACME' }, '303 D threeDSServerRefNumber'],
    ['a category code that is not four digits', { mcc: '54A1' }, '306 D mcc'],
    ['a purchase date more than 30 minutes away', { purchaseDate: '20260301123100' }, '203 D purchaseDate'],
    ['no 3DS Method outcome where the range has a URL', { threeDSCompInd: 'U' as const }, '203 D threeDSCompInd'],
  ])('refuses %s', (_name, fields, expected) => {
    expect(refusal(anAReq(fields))).toBe(expected);
  });

  it('refuses a 3DS Method outcome where the range has no URL', () => {
    expect(refusal(anAReq(), { ...facts, range: withoutMethod })).toBe('203 D threeDSCompInd');
  });

  it('does not compare dates when time runs faster', () => {
    expect(refusal(anAReq({ purchaseDate: '20200101000000' }), { ...facts, checkPurchaseDate: false })).toBeNull();
  });
});
