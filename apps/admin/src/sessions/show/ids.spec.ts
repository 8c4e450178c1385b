import { isId, isIdOf } from './ids';

describe('an id', () => {
  it.each([
    ['sid_aaaaaaaaaaaaaaaaaaaaaaaaaa', true],
    ['8a880dc0-d2d2-4067-bcb1-b08d1690b26e', true],
    ['8A880DC0-D2D2-4067-BCB1-B08D1690B26E', true],
    ['add_card', false],
    ['2026-11-29T14:03:07.120Z', false],
    ['', false],
  ])('is told by its form: %j, %j', (text, is) => {
    expect(isId(text)).toBe(is);
  });

  it.each([
    ['acsTransID', 'x', true],
    ['acsReferenceNumber', '3DS_LOA_ACS_1', true],
    ['source.reference', 'ORDER-1', true],
    ['id', 'gw_1', true],
    ['transStatus', 'Y', false],
    ['acctInfo.chAccAgeInd', '05', false],
  ])('is told by what it is the value of: %s, %j, %j', (name, value, is) => {
    expect(isIdOf(name, value)).toBe(is);
  });
});
