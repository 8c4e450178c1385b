import { challengeRequestFor, WINDOW_SIZES } from './challenge-request';

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString());

const CREQ = { messageType: 'CReq', messageVersion: '2.2.0', challengeWindowSize: '05' };

describe('a CReq for a window', () => {
  it.each(WINDOW_SIZES)('names the size %s and leaves the rest', (size) => {
    expect(decoded(challengeRequestFor(encoded(CREQ), size))).toEqual({ ...CREQ, challengeWindowSize: size });
  });

  it('is the same text each time', () => {
    expect(challengeRequestFor(encoded(CREQ), '02')).toBe(challengeRequestFor(encoded(CREQ), '02'));
  });

  it('is unpadded base64url', () => {
    expect(challengeRequestFor(encoded({ ...CREQ, more: '???>>>' }), '01')).toMatch(/^[\w-]+$/);
  });

  it('stays as it is where no size was chosen', () => {
    expect(challengeRequestFor(encoded(CREQ), null)).toBe(encoded(CREQ));
  });

  it.each(['', 'signed.by.others', encoded('text'), encoded([1]), encoded(null)])(
    'stays as it is where it is no object: %j',
    (text) => {
      expect(challengeRequestFor(text, '02')).toBe(text);
    },
  );
});
