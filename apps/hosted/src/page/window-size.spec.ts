import { encode } from '../kit/encoding';
import { chooseWindowSize, windowSizeIn } from './window-size';

describe('the window for a challenge', () => {
  it.each([
    ['a phone', { isPhone: true, width: 390, height: 844 }, '05'],
    ['a wide phone', { isPhone: true, width: 900, height: 400 }, '05'],
    ['a desktop', { isPhone: false, width: 616, height: 960 }, '03'],
    ['a laptop', { isPhone: false, width: 616, height: 700 }, '04'],
    ['a narrow, high one', { isPhone: false, width: 520, height: 960 }, '03'],
    ['a narrow, low one', { isPhone: false, width: 520, height: 700 }, '02'],
    ['one with no room', { isPhone: false, width: 300, height: 900 }, '05'],
  ])('on %s', (_, room, size) => {
    expect(chooseWindowSize(room)).toBe(size);
  });
});

describe('the window that a CReq was made for', () => {
  it('is the one that it names', () => {
    expect(windowSizeIn(encode({ challengeWindowSize: '03' }))).toBe('03');
  });

  it.each([undefined, '', 'signed.by.others', encode({}), encode({ challengeWindowSize: '06' })])(
    'is full screen where it names none: %j',
    (creq) => {
      expect(windowSizeIn(creq)).toBe('05');
    },
  );
});
