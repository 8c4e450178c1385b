import { readAddress, writeAddress } from './list-address';
import { readFilter } from './read-filter';

const USUAL = { sort: '-createdAt', limit: 50 };
const read = (search: string) => readAddress(new URLSearchParams(search), USUAL);

describe('the address of a list', () => {
  it('can be shared: who opens it sees the same', () => {
    const shown = { filter: { status: ['declined'], reference: 'a&b=c' }, sort: 'createdAt', limit: 100, after: 'abc' };

    expect(read(writeAddress(shown, USUAL))).toEqual(shown);
  });

  it.each([{ issuer: { eq: 'Northbank' } }, { issuer_country: { in: ['GB', 'FR'] } }])(
    'may say by operator what a member must be: %j',
    (filter) => {
      expect(read(`filter=${encodeURIComponent(JSON.stringify(filter))}`).filter).toEqual(filter);
    },
  );

  it('is empty where all is as usual', () => {
    const shown = { filter: {}, ...USUAL, after: undefined };

    expect(writeAddress(shown, USUAL)).toBe('');
    expect(read('')).toEqual(shown);
  });

  it.each(['filter=%7B', 'filter=[]', 'filter=null', 'filter=1', 'limit=7', 'limit=abc'])(
    'is as usual where it is broken: %s',
    (search) => {
      expect(read(search)).toEqual({ filter: {}, ...USUAL, after: undefined });
    },
  );

  it.each([
    '{"reference":null}',
    '{"status":[null]}',
    '{"status":[]}',
    '{"created_at":{}}',
    '{"created_at":{"gte":null}}',
    '{"reference":"4242424242424242"}',
    '{"reference":["4242 4242 4242 4242"]}',
    '{"reference":{"prefix":"4242424242424242"}}',
    '{"reference":4242424242424242}',
    '{"reference":{"in":["4242424242424242"]}}',
    '{"status":{"in":[]}}',
    '{"status":{"in":"declined"}}',
    '{"reference":{"prefix":["x"]}}',
  ])('loses what cannot be read or must not be there, and nothing else: %s', (filter) => {
    const all = JSON.stringify({ ...(JSON.parse(filter) as object), scheme: ['visa'], is_demo: false });

    expect(read(`filter=${encodeURIComponent(all)}`).filter).toEqual({ scheme: ['visa'], is_demo: false });
  });

  it.each([
    ['{"status":["declined"]}', true],
    ['{"status":["declined"]', false],
    ['{"status":["declined"],"reference":null}', false],
    [null, true],
  ])('says whether all of its filter was read: %s', (filter, isWhole) => {
    expect(readFilter(filter).isWhole).toBe(isWhole);
  });

  it('never says a card number', () => {
    const filter = { reference: '4242 4242 4242 4242', bin: '42424242', last_four: '4242' };

    expect(writeAddress({ ...USUAL, filter, after: undefined }, USUAL)).toBe(
      new URLSearchParams({ filter: '{"bin":"42424242","last_four":"4242"}' }).toString(),
    );
  });
});
