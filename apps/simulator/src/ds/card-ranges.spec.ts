import { DIRECTORY_SERVERS, passesLuhn } from '@app/kernel';
import { isSeenBy, TEST_CARDS } from '../cards/card-table';
import { findRecord, publishedRanges } from './card-ranges';

const METHOD_URL = 'http://localhost:4001/acs/method';
const numbers = TEST_CARDS.map((card) => card.number);

describe.each(DIRECTORY_SERVERS)('the ranges of %s', (directoryServer) => {
  const ranges = publishedRanges(directoryServer, METHOD_URL);

  it('are well formed, ascending per length and disjoint', () => {
    expect(ranges.records.length).toBeGreaterThan(0);
    for (const { startRange, endRange } of ranges.records) {
      expect(startRange).toMatch(/^\d{13,19}$/);
      expect(endRange).toHaveLength(startRange.length);
      expect(startRange <= endRange).toBe(true);
    }
    for (const [index, left] of ranges.records.entries()) {
      for (const right of ranges.records.slice(index + 1)) {
        const apart =
          left.startRange.length !== right.startRange.length ||
          left.endRange < right.startRange ||
          right.endRange < left.startRange;
        expect(apart).toBe(true);
      }
    }
  });

  it('never store a listed card number as, or inside, a bound', () => {
    for (const { startRange, endRange } of ranges.records) {
      expect(numbers.filter((number) => startRange.includes(number) || endRange.includes(number))).toEqual([]);
    }
  });

  it.each(TEST_CARDS.filter((card) => isSeenBy(card, directoryServer)))('give $number its behaviour', (card) => {
    const record = findRecord(ranges, card.number);

    if (card.reason === 'card_not_enrolled') {
      expect(record).toBeNull();
      return;
    }
    expect(record?.acsInfoInd).toEqual(card.reason === 'issuer_not_enrolled' ? ['80'] : ['01', '02']);
    expect(record?.threeDSMethodURL).toBe(card.methodUrl ? METHOD_URL : undefined);
  });

  it('name one set with one serial number', () => {
    expect(ranges.serialNum).toMatch(/^[0-9a-f]{20}$/);
    expect(publishedRanges(directoryServer, METHOD_URL).serialNum).toBe(ranges.serialNum);
    expect(publishedRanges(directoryServer, 'http://localhost:9/acs/method').serialNum).not.toBe(ranges.serialNum);
  });
});

describe('the card table', () => {
  it('has every card in a directory server of its scheme', () => {
    const orphans = TEST_CARDS.filter((card) => !DIRECTORY_SERVERS.some((id) => isSeenBy(card, id)));

    expect(orphans).toEqual([]);
  });

  it('holds only numbers with a valid check digit', () => {
    expect(numbers.filter((number) => !passesLuhn(number))).toEqual([]);
  });

  it('shows co-badged cards to the partner scheme as well', () => {
    const partner = publishedRanges('visa', METHOD_URL);

    expect(findRecord(partner, '4319863787850170')?.threeDSMethodURL).toBeUndefined();
    expect(findRecord(partner, '4010056200000018')?.threeDSMethodURL).toBe(METHOD_URL);
  });

  it('leaves unlisted numbers of a scheme enrolled with a method URL', () => {
    expect(findRecord(publishedRanges('visa', METHOD_URL), '4111111111111111')?.threeDSMethodURL).toBe(METHOD_URL);
    expect(findRecord(publishedRanges('discover', METHOD_URL), '6011111111111117')?.acsInfoInd).toEqual(['01', '02']);
    expect(findRecord(publishedRanges('mastercard', METHOD_URL), '2223003122003222')).not.toBeNull();
  });
});
