import { COUNTRIES, countryName, countryWords } from './country';

describe('a country', () => {
  it.each([
    ['FR', 'FR · France'],
    ['GB', 'GB · United Kingdom'],
    ['XX', 'XX'],
    ['france', 'france'],
  ])('%s is said as %s', (code, words) => {
    expect(countryWords(code)).toBe(words);
  });

  it('that can be chosen has a name', () => {
    expect(COUNTRIES).toContain('FR');
    expect(COUNTRIES.filter((code) => countryName(code) === code)).toEqual([]);
  });
});
