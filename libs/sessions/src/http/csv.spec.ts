import { csvLine } from './csv';

describe('a line of comma-separated values', () => {
  it.each([
    ['=1+1', `'=1+1`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\tx', `'\tx`],
    ['\rx', `"'\rx"`],
    ['=cmd|"x"', `"'=cmd|""x"""`],
    ['a=b', 'a=b'],
    ['<b>', '<b>'],
  ])('keeps %j from being a formula', (text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`);
  });

  it('quotes what would break it, and leaves out what is not there', () => {
    expect(csvLine(['a,b', 'say "x"', 'two\nlines', null, undefined, 0, false, -5])).toBe(
      '"a,b","say ""x""","two\nlines",,,0,false,-5\r\n',
    );
  });
});
