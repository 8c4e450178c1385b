import { changeLine, changesIn, differencesIn } from './changes';

describe('what an act changed', () => {
  it('is told member by member, without what stayed', () => {
    const before = { role: 'viewer', all_merchants: false, merchant_ids: ['mer_a'] };
    const after = { role: 'operator', all_merchants: false, merchant_ids: ['mer_a', 'mer_b'] };

    expect(changesIn({ before, after })).toEqual([
      { name: 'role', before: 'viewer', after: 'operator' },
      { name: 'merchant_ids', before: 'mer_a', after: 'mer_a, mer_b' },
    ]);
  });

  it('is what came where nothing was, and what went where nothing is', () => {
    expect(changesIn({ before: null, after: { name: 'Ada' } })).toEqual([{ name: 'name', before: null, after: 'Ada' }]);
    expect(changesIn({ before: { name: 'Ada' }, after: null })).toEqual([{ name: 'name', before: 'Ada', after: null }]);
    expect(changesIn({ before: null, after: null })).toEqual([]);
  });

  it.each([
    [null, { merchant_ids: [] }, 'merchant ids: none'],
    [{ auto_complete: false }, { auto_complete: true }, 'auto complete: no → yes'],
    [{ note: 'late' }, {}, 'note: late → nothing'],
    [null, { filter: { status: ['declined'], last_four: null } }, 'filter: status declined, last four nothing'],
    [{ route: [{ connector: 'emv3ds' }] }, { route: [] }, 'route: connector emv3ds → none'],
  ])('is said in words: %j, %j', (before, after, words) => {
    expect(changesIn({ before, after }).map(changeLine)).toEqual([words]);
  });

  it('is told of the members of members, down to those that differ', () => {
    const fault = { mode: 'none', times: null };
    expect(
      differencesIn({
        before: { ds: fault, rreq: fault, limits: null, ids: ['mer_a'] },
        after: { ds: { mode: 'timeout', times: null }, rreq: fault, limits: { amount: 5 }, ids: ['mer_a', 'mer_b'] },
      }),
    ).toEqual([
      { name: 'ds.mode', before: ['none'], after: ['timeout'] },
      { name: 'limits.amount', before: [], after: ['5'] },
      { name: 'ids', before: ['mer_a'], after: ['mer_a', 'mer_b'] },
    ]);
  });
});
