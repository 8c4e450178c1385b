import { readAddress, writeAddress } from './list-address';

const USUAL = { sort: '-createdAt', limit: 50 };
const read = (search: string) => readAddress(new URLSearchParams(search), USUAL);

describe('the address of a list', () => {
  it('can be shared: who opens it sees the same', () => {
    const shown = { filter: { status: ['declined'], reference: 'a&b=c' }, sort: 'createdAt', limit: 100, after: 'abc' };

    expect(read(writeAddress(shown, USUAL))).toEqual(shown);
  });

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
});
