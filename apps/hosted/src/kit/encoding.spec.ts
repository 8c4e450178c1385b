import { withSize } from './challenge';
import { decode, encode } from './encoding';

describe('the encoding of EMV 3-D Secure', () => {
  it('is unpadded base64url of JSON, in any script', () => {
    const text = encode({ name: 'Zoë ✓ 東京', more: '???>>>' });

    expect(text).toMatch(/^[\w-]+$/);
    expect(decode(text)).toEqual({ name: 'Zoë ✓ 東京', more: '???>>>' });
  });

  it.each(['', '%%', 'aGVsbG8', encode([]).replace(/./g, '/')])('reads nothing from %j', (text) => {
    expect(decode(text)).toBeNull();
  });
});

describe('a CReq for a window', () => {
  const creq = encode({ messageType: 'CReq', threeDSServerTransID: 'x', challengeWindowSize: '05' });

  it('names the wished size and leaves the rest', () => {
    expect(decode(withSize(creq, '02'))).toEqual({
      messageType: 'CReq',
      threeDSServerTransID: 'x',
      challengeWindowSize: '02',
    });
  });

  it('stays as it is without a wish, and where it cannot be read', () => {
    expect(withSize(creq, undefined)).toBe(creq);
    expect(withSize('signed.by.others', '02')).toBe('signed.by.others');
  });
});
