import { InvalidBinFile, parseBinFile as parse } from './bin-file';

const parseBinFile = (text: string): ReturnType<typeof parse> => parse(Buffer.from(text));

const HEAD = 'bin,issuer,country,card_type\n';

describe('a file with a table of BINs', () => {
  it('is read whatever the order and case of its columns; others are left out, and what is empty is not known', () => {
    const file =
      '\uFEFFScheme,Issuer,BIN,Card_Type,Country\r\nvisa,"Bank of ""Nowhere"", The",400099,DEFERRED DEBIT,GB\r\n\r\nvisa,, 40009901 ,Credit,\r\n';

    expect(parseBinFile(file)).toEqual([
      { prefix: '400099', issuer: 'Bank of "Nowhere", The', issuerCountry: 'GB', cardType: 'deferred_debit' },
      { prefix: '40009901', issuer: null, issuerCountry: null, cardType: 'credit' },
    ]);
  });

  it.each([
    ['', 'the first line does not name bin, issuer, country, card_type'],
    ['bin,issuer\n400099,Bank\n', 'the first line does not name country, card_type'],
    [HEAD, 'the file has no line but its first'],
    [`${HEAD}40009,Bank,GB,debit\n`, 'line 2: bin must be six to eight digits'],
    [`${HEAD}400099012,Bank,GB,debit\n`, 'line 2: bin must be six to eight digits'],
    [`${HEAD}400099,Bank,gb,debit\n`, 'line 2: country must be two capital letters of ISO 3166-1'],
    [`${HEAD}400099,Bank,XX,debit\n`, 'line 2: country must be two capital letters of ISO 3166-1'],
    [`${HEAD}400099,Bank,GB,gold\n`, 'line 2: card_type must be one of credit, debit, prepaid, charge, deferred_debit'],
    [
      `${HEAD}400099,${'B'.repeat(101)},GB,debit\n`,
      'line 2: issuer must be a name of at most 100 characters, without card numbers',
    ],
    [
      `${HEAD}400099,4242424242424242,GB,debit\n`,
      'line 2: issuer must be a name of at most 100 characters, without card numbers',
    ],
    [`${HEAD}400099,Bank \u202eevil,GB,debit\n`, 'and marks that turn its direction'],
    [`${HEAD}400099,"\u200b",GB,debit\n`, 'line 2: issuer must be a name'],
    [`${HEAD}400099,Ba"4485040371536584"nk,GB,debit\n`, /^line 2: a quote stands within a text that is not quoted$/],
    [
      `${HEAD}400099,"Ba\u0000nk",GB,debit\n`,
      'line 2: issuer must be a name of at most 100 characters, without card numbers',
    ],
    [`${HEAD}400099,A,GB,debit\n400099,B,GB,debit\n`, 'line 3: bin is there twice'],
    [`${HEAD}\n\n40009,Bank,GB,debit\n`, 'line 4: bin must be six to eight digits'],
    [`${HEAD}400099,Bank\n`, 'line 2: has another number of columns than the first line'],
    [`${HEAD}400099,"Bank,GB,debit\n`, 'a quote is opened and not closed'],
  ])('%j is refused: %s', (file, says) => {
    expect(() => parseBinFile(file)).toThrow(InvalidBinFile);
    expect(() => parseBinFile(file)).toThrow(says);
  });

  it('that is wrong all over names its first ten problems', () => {
    const file = HEAD + Array.from({ length: 12 }, (_, index) => `${index},Bank,GB,debit\n`).join('');

    expect(() => parseBinFile(file)).toThrow(/^(line \d+: bin must be six to eight digits; ){10}and 2 more$/);
  });

  it('is refused where it is not UTF-8', () => {
    const file = Buffer.concat([Buffer.from(HEAD), Buffer.from('400099,Cr\u00e9dit,FR,debit\n', 'latin1')]);

    expect(() => parse(file)).toThrow('the file is not UTF-8');
  });
});
