import { judgeExpiry, readExpiry, writeExpiry } from './expiry';

const NOW = new Date('2026-11-30T12:00:00Z');

describe('the date on a card', () => {
  it.each([
    ['', ''],
    ['1', '1'],
    ['4', '04 / '],
    ['12', '12 / '],
    ['123', '12 / 3'],
    ['1230', '12 / 30'],
    ['12/30', '12 / 30'],
    ['12 / 2030', '12 / 30'],
    ['12 / 203099', '12 / 2030'],
    ['x', ''],
  ])('typed as %j stands as %j', (typed, text) => {
    expect(writeExpiry(typed)).toBe(text);
  });

  it('is read once it is whole', () => {
    expect(readExpiry('04 / 30')).toEqual({ month: 4, year: 2030 });
    expect(readExpiry('04 / 3')).toBeNull();
  });

  it.each([
    ['12 / 30', 'valid'],
    ['11 / 26', 'valid'],
    ['10 / 26', 'past'],
    ['13 / 30', 'invalid'],
    ['00 / 30', 'invalid'],
    ['12 / 99', 'invalid'],
    ['12 / ', 'incomplete'],
    ['1', 'incomplete'],
    ['', 'incomplete'],
  ])('%j is %s', (text, judgement) => {
    expect(judgeExpiry(text, NOW)).toBe(judgement);
  });
});
