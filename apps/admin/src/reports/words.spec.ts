import { valueWords } from './words';

describe('a value of a dimension', () => {
  it.each([
    ['scheme', 'cartes_bancaires', 'Cartes Bancaires'],
    ['authentication_type', 'add_card', 'add card'],
    ['issuer', 'Bank_of A', 'Bank_of A'],
    ['acs', '3DS_LOA_ACS_EXMP_020200_00001', '3DS_LOA_ACS_EXMP_020200_00001'],
    ['issuer_country', 'FR', 'FR · France'],
    ['card_type', 'deferred_debit', 'Deferred debit'],
    ['issuer', null, 'Unknown'],
  ])('of %s, %j, is %j', (by, value, words) => {
    expect(valueWords(by, value)).toBe(words);
  });
});
