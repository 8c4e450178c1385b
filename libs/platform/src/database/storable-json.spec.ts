import * as fc from 'fast-check';
import { storableJson } from './storable-json';

describe('storable JSON', () => {
  it.each<[unknown, unknown]>([
    ['a\0b', 'a\ufffdb'],
    ['\ud800', '\ufffd'],
    ['a\udc00b', 'a\ufffdb'],
    [{ 'name\0': { '\ud800': 1 } }, { 'name\ufffd': { '\ufffd': 1 } }],
    ['\\u0000', '\\u0000'],
    ['\\\0', '\\\ufffd'],
    ['\\\\u0000 \\ud800 "\0"', '\\\\u0000 \\ud800 "\ufffd"'],
    ['😀 \u0001 \n \uffff', '😀 \u0001 \n \uffff'],
    [null, null],
  ])('of %j reads as %j', (value, read) => {
    expect(JSON.parse(storableJson(value))).toEqual(read);
  });

  it('changes nothing that Postgres can hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('\\u0000'));
        expect(storableJson(value)).toBe(text);
      }),
    );
  });

  it('never leaves what Postgres refuses', () => {
    const any = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 });
    fc.assert(
      fc.property(any, (units) => {
        const read = JSON.parse(storableJson(String.fromCharCode(...units))) as string;
        expect(read.isWellFormed()).toBe(true);
        expect(read).not.toContain('\0');
        expect(read).toHaveLength(units.length);
      }),
      { numRuns: 1000 },
    );
  });
});
