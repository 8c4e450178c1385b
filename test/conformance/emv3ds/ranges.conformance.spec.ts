/** Card ranges and versions: emv-3ds.md section 8, rows 1 to 10, 15 to 17. */
import {
  applyPRes,
  CardRangeIndex,
  chooseVersion,
  EMPTY_CARD_RANGES,
  type CardRangeRecord,
  type CardRangeSet,
  type PRes,
} from '@app/emv3ds';
import { read, refusal, vector } from './vectors';

const record = (startRange: string, endRange: string, changes: Partial<CardRangeRecord> = {}): CardRangeRecord => ({
  startRange,
  endRange,
  acsStartProtocolVersion: '2.1.0',
  acsEndProtocolVersion: '2.2.0',
  ...changes,
});
const pres = (serialNum: string | undefined, cardRangeData?: CardRangeRecord[]): PRes =>
  read('PRes', vector('pres.full.2.2.0', { serialNum, cardRangeData }));

const A = record('4485040000000000', '4485049999999999');
const B = record('4485050000000000', '4485059999999999', { threeDSMethodURL: 'https://acs.example/method' });
const C = record('4485060000000000', '4485069999999999');
const starts = (set: CardRangeSet): string[] => set.ranges.map((range) => range.start);

describe('applying a PRes (rows 1 to 9)', () => {
  it('stores a first full answer, with its serial number and the directory server’s versions', () => {
    const set = applyPRes(EMPTY_CARD_RANGES, pres('S1', [A, B]));

    expect(set).toMatchObject({ serialNum: 'S1', dsStart: '2.1.0', dsEnd: '2.3.1' });
    expect(set.ranges[1]).toEqual({
      start: B.startRange,
      end: B.endRange,
      acsStart: '2.1.0',
      acsEnd: '2.2.0',
      methodUrl: 'https://acs.example/method',
    });
  });

  it('keeps the ranges when nothing changed, and moves to the new serial number', () => {
    const first = applyPRes(EMPTY_CARD_RANGES, pres('S1', [A, B]));
    const second = applyPRes(first, pres('S2'));

    expect(second.serialNum).toBe('S2');
    expect(second.ranges).toEqual(first.ranges);
  });

  it('makes exactly the changes of an incremental answer and leaves the old set alone', () => {
    const first = applyPRes(EMPTY_CARD_RANGES, pres('S1', [A, B]));
    const second = applyPRes(
      first,
      pres('S2', [
        { ...C, actionInd: 'A' },
        { ...B, actionInd: 'M', threeDSMethodURL: 'https://acs.example/new' },
        { ...A, actionInd: 'D' },
      ]),
    );

    expect(starts(second)).toEqual([B.startRange, C.startRange]);
    expect(second.ranges[0]?.methodUrl).toBe('https://acs.example/new');
    expect(starts(first)).toEqual([A.startRange, B.startRange]);
  });

  it('changes a bound by removing and adding', () => {
    const first = applyPRes(EMPTY_CARD_RANGES, pres('S1', [A]));
    const second = applyPRes(first, pres('S2', [{ ...A, actionInd: 'D' }, record(A.startRange, '4485044999999999')]));

    expect(second.ranges.map((range) => range.end)).toEqual(['4485044999999999']);
  });

  it.each([
    ['an addition of a range that is there', { ...A, actionInd: 'A' as const }],
    ['an addition by default of a range that is there', A],
    ['a change of an unknown range', { ...C, actionInd: 'M' as const }],
    ['a removal of an unknown range', { ...C, actionInd: 'D' as const }],
  ])('refuses %s, or counts it for what it says when told to', (_, change) => {
    const first = applyPRes(EMPTY_CARD_RANGES, pres('S1', [A]));

    expect(refusal(() => applyPRes(first, pres('S2', [change])))).toBe('203 S cardRangeData.actionInd');
    expect(applyPRes(first, pres('S2', [change]), 'tolerate').serialNum).toBe('S2');
  });

  it('replaces everything when the answer has no serial number, and asks for everything next', () => {
    const first = applyPRes(EMPTY_CARD_RANGES, pres('S1', [A, B]));
    const second = applyPRes(first, pres(undefined, [C]));

    expect(starts(second)).toEqual([C.startRange]);
    expect(second).not.toHaveProperty('serialNum');
  });

  it('replaces everything when it asked for everything', () => {
    const cleared: CardRangeSet = { ranges: applyPRes(EMPTY_CARD_RANGES, pres('S1', [A, B])).ranges };

    expect(starts(applyPRes(cleared, pres('S9', [C, { ...C, actionInd: 'A' }])))).toEqual([C.startRange]);
  });

  it.each([
    ['ends before it starts', record('4485049999999999', '4485040000000000'), '203 S cardRangeData.endRange'],
    ['has ends of two lengths', record('448504000000000', '4485049999999999'), '203 S cardRangeData.endRange'],
    ['is not digits', record('44850400000000xx', '4485049999999999'), '203 S cardRangeData.startRange'],
    ['lacks an end', { ...A, endRange: '' }, '201 S cardRangeData.endRange'],
    ['has an unknown action', { ...A, actionInd: 'X' as 'A' }, '203 S cardRangeData.actionInd'],
  ])('refuses a range that %s', (_, bad, answer) => {
    expect(refusal(() => pres('S1', [A, bad]))).toBe(answer);
  });
});

describe('finding a range (rows 1, 5 and 10)', () => {
  const index = (records: CardRangeRecord[]): CardRangeIndex =>
    new CardRangeIndex(applyPRes(EMPTY_CARD_RANGES, pres('S1', records)).ranges);

  it('finds both bounds and nothing beside them', () => {
    const ranges = index([B, record('345678000000000', '345678999999999')]);

    expect(ranges.find('4485050000000000')?.start).toBe(B.startRange);
    expect(ranges.find('4485059999999999')?.start).toBe(B.startRange);
    expect(ranges.find('4485049999999999')).toBeNull();
    expect(ranges.find('4485060000000000')).toBeNull();
    expect(ranges.find('345678901234564')?.start).toBe('345678000000000');
  });

  it('compares numbers of one length only', () => {
    expect(index([A]).find('448504037153658')).toBeNull();
    expect(index([A]).find('44850403715365844')).toBeNull();
    expect(new CardRangeIndex([]).find('4485040371536584')).toBeNull();
  });

  it('prefers the narrowest of overlapping ranges, the later of equally narrow ones', () => {
    const wide = record('4000000000000000', '4999999999999999');
    const left = record('4485040000000000', '4485040499999999', { threeDSMethodURL: 'https://acs.example/left' });
    const ranges = index([left, wide, A]);

    expect(ranges.find('4485040371536584')?.methodUrl).toBe('https://acs.example/left');
    expect(ranges.find('4485040500000000')?.end).toBe(A.endRange);
    expect(ranges.find('4485050000000000')?.end).toBe(wide.endRange);
    const shifted = index([
      record('4000000000000000', '4000000000000009'),
      record('4000000000000005', '4000000000000014'),
    ]);
    expect(shifted.find('4000000000000007')?.start).toBe('4000000000000005');
  });

  it('loads 200,000 ranges and finds each', () => {
    const records = Array.from({ length: 200_000 }, (_, position) => {
      const head = String(4_000_000_000 + position * 7);
      return record(`${head}000000`, `${head}999999`);
    });
    const ranges = index(records);

    expect(ranges.find('4000000000000000')?.start).toBe('4000000000000000');
    expect(ranges.find('4001399993123456')?.start).toBe('4001399993000000');
    expect(ranges.find('4001399994123456')).toBeNull();
  });
});

describe('choosing a version (rows 15 to 17)', () => {
  const range = (acsStart: string, acsEnd: string, ds: { dsStart?: string; dsEnd?: string } = {}) => ({
    start: A.startRange,
    end: A.endRange,
    acsStart,
    acsEnd,
    ...ds,
  });
  const ds = { dsStart: '2.1.0', dsEnd: '2.3.1' };

  it.each([
    ['the highest that all have', range('2.1.0', '2.2.0'), '2.2.0'],
    ['the highest known below an unknown end', range('2.1.0', '2.4.0'), '2.3.1'],
    ['by numbers, not by letters', range('2.0.9', '2.10.0'), '2.3.1'],
    ['the range’s own directory server bounds first', range('2.1.0', '2.3.1', { dsEnd: '2.1.0' }), '2.1.0'],
    ['none when nothing is common', range('2.4.0', '2.5.0'), null],
    ['none when the ACS is too old', range('2.0.0', '2.0.1'), null],
  ])('takes %s', (_, candidate, expected) => {
    expect(chooseVersion(['2.1.0', '2.2.0', '2.3.1'], candidate, ds)).toBe(expected);
  });

  it('asks the ACS alone when the directory server said nothing', () => {
    expect(chooseVersion(['2.2.0'], range('2.1.0', '2.2.0'), {})).toBe('2.2.0');
  });
});
