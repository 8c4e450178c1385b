import { nameFilter, searchFilters } from './search-filters';

describe('what a text can mean', () => {
  it.each([
    ['ORD-1', [{ reference: 'ORD-1' }]],
    [' 4242 ', [{ last_four: '4242' }, { reference: '4242' }]],
    ['424242', [{ bin: '424242' }, { reference: '424242' }]],
    ['42424242', [{ bin: '42424242' }, { reference: '42424242' }]],
    [
      'sid_agrctuwugz7hfabmhfygo5vejy',
      [{ id: 'sid_agrctuwugz7hfabmhfygo5vejy' }, { reference: 'sid_agrctuwugz7hfabmhfygo5vejy' }],
    ],
    [
      ' SID_AGRCTUWUGZ7HFABMHFYGO5VEJY ',
      [{ id: 'sid_agrctuwugz7hfabmhfygo5vejy' }, { reference: 'SID_AGRCTUWUGZ7HFABMHFYGO5VEJY' }],
    ],
    [
      ' 8A880DC0-D2D2-4067-BCB1-B08D1690B26E ',
      [
        { transaction_id: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e' },
        { reference: '8A880DC0-D2D2-4067-BCB1-B08D1690B26E' },
      ],
    ],
    ['4242424242424242', [{ bin: '42424242', last_four: '4242' }]],
    ['4242 4242 4242 4242', [{ bin: '42424242', last_four: '4242' }]],
    ['card 4242-4242-4242-4242', [{ bin: '42424242', last_four: '4242' }]],
    ['378282246310005', [{ bin: '378282', last_four: '0005' }]],
    ['424242424242', []],
    ['4539 6283 4711 786', []],
    ['', []],
    ['x'.repeat(101), []],
  ])('%j', (text, filters) => {
    expect(searchFilters(text)).toEqual(filters);
  });
});

describe('a name that is looked for', () => {
  it.each([
    [' Coral ', 'Coral'],
    ['ada@example.com', 'ada@example.com'],
    ['Co', null],
    ['x'.repeat(101), null],
    ['424242424242', null],
    ['Coral 4242 4242 4242 4242', null],
  ])('%j is looked for as %j', (text, word) => {
    expect(nameFilter(text)).toBe(word);
  });
});
