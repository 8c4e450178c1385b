import fc from 'fast-check';
import { maskAddresses } from './addresses';

describe('a text with web addresses', () => {
  it.each([
    ['https://user:hunter2@shop.example/cb?token=sekret', 'https://•••@shop.example/cb?token=•••'],
    ['http://user@shop.example:8080/cb', 'http://•••@shop.example:8080/cb'],
    ['https://u:p@ss@shop.example', 'https://•••@shop.example'],
    ['HTTPS://shop.example/cb?a=1&b=2=3&sekret&c=&d', 'HTTPS://shop.example/cb?a=•••&b=•••&•••&c=&•••'],
    ['https://shop.example?next=https://user:pw@other.example/?x=1', 'https://shop.example?next=•••'],
    ['https://shop.example/#/done?state=sekret&a=b', 'https://shop.example/#/done?state=•••&a=•••'],
    [
      'go to https://u:p@a.example/x?y=1 or http://b.example',
      'go to https://•••@a.example/x?y=••• or http://b.example',
    ],
    [`https://shop.example/cb?token='"sek"ret`, 'https://shop.example/cb?token=•••'],
  ])('tells of %j where it leads', (text, shown) => {
    expect(maskAddresses(text)).toBe(shown);
    expect(maskAddresses(shown)).toBe(shown);
  });

  it.each([
    'https://shop.example/3ds/callbacks',
    'http://localhost:3000/cb?',
    'https://shop.example/@handle/cb',
    'https://shop.example/#top',
    'ada@shop.example?subject=hello',
    '',
  ])('leaves %j as it is', (text) => {
    expect(maskAddresses(text)).toBe(text);
  });

  it('keeps no password and no value, whatever they are', () => {
    const sensitive = fc.stringMatching(/^[\w.~!$'()*,;:=@-]{1,20}$/);
    fc.assert(
      fc.property(sensitive, sensitive, fc.webPath(), (password, value, path) => {
        const shown = maskAddresses(`https://user:${password}@shop.example${path}?token=${value}`);
        expect(shown).toBe(`https://•••@shop.example${path}?token=•••`);
      }),
    );
  });
});
