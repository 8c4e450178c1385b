import { SESSION_STATUSES } from '../domain/session.machine';
import { SESSION_ID } from '../testing/sessions';
import { encodeId } from '@app/kernel';
import { returnUrl } from './return-url';

const SID = `cko-session-id=${encodeId('session', SESSION_ID)}`;
const ended = (success: string): string =>
  returnUrl({ id: SESSION_ID, status: 'approved', returnUrls: { success, failure: 'https://shop.example/no' } });

describe('the way back to the shop', () => {
  it.each(SESSION_STATUSES)('of a session that is %s', (status) => {
    const returnUrls = { success: 'https://shop.example/yes', failure: 'https://shop.example/no' };
    const way = status === 'approved' || status === 'attempted' ? returnUrls.success : returnUrls.failure;

    expect(returnUrl({ id: SESSION_ID, status, returnUrls })).toBe(`${way}?${SID}`);
  });

  it.each([
    ['https://shop.example', `https://shop.example?${SID}`],
    ['https://shop.example/?a=1&b=%20x+y', `https://shop.example/?a=1&b=%20x+y&${SID}`],
    ['https://shop.example/?', `https://shop.example/?${SID}`],
    ['https://shop.example/?a=1&', `https://shop.example/?a=1&${SID}`],
    ['https://shop.example/#/thanks?x', `https://shop.example/?${SID}#/thanks?x`],
    ['https://shop.example/?a=1#', `https://shop.example/?a=1&${SID}#`],
  ])('keeps what %s has', (url, expected) => {
    expect(ended(url)).toBe(expected);
  });

  it('is what only hosted sessions have', () => {
    expect(() => returnUrl({ id: SESSION_ID, status: 'expired', returnUrls: null })).toThrow();
  });
});
