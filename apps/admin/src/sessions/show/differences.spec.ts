import { differences, flat, isTelling } from './differences';

describe('a message as members', () => {
  it('says with its path what lies deeper', () => {
    const body = { a: 'x', b: { c: 1, d: { e: true } }, f: ['1', '2'], g: null };

    expect([...flat(body)]).toEqual([
      ['a', 'x'],
      ['b.c', '1'],
      ['b.d.e', 'true'],
      ['f', '["1","2"]'],
      ['g', 'null'],
    ]);
  });
});

describe('two messages', () => {
  const here = flat({ transStatus: 'N', transStatusReason: '19', eci: '07', dsTransID: 'a' });
  const there = flat({ transStatus: 'Y', eci: '07', dsTransID: 'b', authenticationType: '02' });

  it('differ in what one has, the other has, or both have otherwise', () => {
    expect(differences(here, there)).toEqual([
      { name: 'transStatus', here: 'N', there: 'Y', kind: 'changed' },
      { name: 'transStatusReason', here: '19', there: null, kind: 'only_here' },
      { name: 'eci', here: '07', there: '07', kind: 'same' },
      { name: 'dsTransID', here: 'a', there: 'b', kind: 'changed' },
      { name: 'authenticationType', here: null, there: '02', kind: 'only_there' },
    ]);
  });

  it('are told apart by what is not an id', () => {
    expect(
      differences(here, there)
        .filter(isTelling)
        .map(({ name }) => name),
    ).toEqual(['transStatus', 'transStatusReason', 'authenticationType']);
  });
});
