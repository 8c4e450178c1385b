import { ProtocolError } from './emv3ds.errors';
import { decodeThreeDSMethodData, encodeThreeDSMethodData } from './encoding';

const data = {
  threeDSServerTransID: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
  threeDSMethodNotificationURL: 'https://threeds.example/3ds/method?x=1',
};
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

function refusalOf(text: string): string {
  try {
    decodeThreeDSMethodData(text, 'A');
    return 'accepted';
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

describe('3DS Method data', () => {
  it('comes back as it was written, unpadded', () => {
    expect(encodeThreeDSMethodData(data)).not.toMatch(/[=+/]/);
    expect(decodeThreeDSMethodData(encodeThreeDSMethodData(data), 'A')).toEqual(data);
  });

  it('is read padded, and without the notification URL, as an ACS answers', () => {
    const answer = { threeDSServerTransID: data.threeDSServerTransID };

    expect(decodeThreeDSMethodData(`${encode(answer)}\n`, 'S')).toEqual(answer);
    expect(decodeThreeDSMethodData(encode({ ...answer, more: 1 }), 'S')).toEqual(answer);
  });

  it.each([
    ['%%', '101'],
    [encode([]), '101'],
    [encode({}), '201'],
    [encode({ threeDSServerTransID: 'x' }), '203'],
    [encode({ ...data, threeDSMethodNotificationURL: 'javascript:alert(1)' }), '203'],
    ['A'.repeat(10_000), '101'],
  ])('is refused: %s', (text, code) => {
    expect(refusalOf(text)).toBe(code);
  });
});
