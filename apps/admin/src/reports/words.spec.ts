import { utcWords, valueWords } from './words';

describe('a value of a dimension', () => {
  it.each([
    ['scheme', 'cartes_bancaires', 'Cartes Bancaires'],
    ['authentication_type', 'add_card', 'add card'],
    ['issuer', 'Bank_of A', 'Bank_of A'],
    ['channel', 'pc_aaaaaaaaaaaaaaaaaaaaaaaaaa', 'pc_aaaaaaaaaaaaaaaaaaaaaaaaaa'],
    ['acs', '3DS_LOA_ACS_EXMP_020200_00001', '3DS_LOA_ACS_EXMP_020200_00001'],
    ['issuer_country', 'FR', 'FR · France'],
    ['card_type', 'deferred_debit', 'Deferred debit'],
    ['issuer', null, 'Unknown'],
  ])('of %s, %j, is %j', (by, value, words) => {
    expect(valueWords(by, value)).toBe(words);
  });
});

it('a window is told in UTC, from its beginning to its end', () => {
  expect(utcWords({ gte: '2026-03-01T23:00:00.000Z', lt: '2026-03-02T12:30:00.000Z' })).toBe(
    '1 Mar 2026, 23:00:00 – 2 Mar 2026, 12:30:00 UTC',
  );
});
