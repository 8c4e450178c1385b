import { itemsOf, readItems, writeItems } from './items-address';

describe('the items of a job that an address names', () => {
  it.each([
    ['', { which: 'failed', after: null }],
    ['state=done', { which: 'done', after: null }],
    ['state=all&after=c1', { which: 'all', after: 'c1' }],
    ['state=unheard-of', { which: 'failed', after: null }],
    ['state=toString', { which: 'failed', after: null }],
    // Of which items it is a page nobody knows.
    ['after=c1', { which: 'failed', after: null }],
  ])('%j', (search, items) => {
    expect(readItems(new URLSearchParams(search), 'failed')).toEqual(items);
  });

  it('are those that were written', () => {
    const items = { which: 'skipped', after: 'c 1&2' } as const;

    expect(readItems(new URLSearchParams(writeItems(items)), 'failed')).toEqual(items);
    expect(itemsOf('job_a', 'done')).toBe('/jobs/job_a?state=done');
  });
});
