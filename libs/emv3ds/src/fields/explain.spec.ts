import { DESCRIPTIONS } from './descriptions';
import { EXPLAINED_MESSAGES, explainFields } from './explain';
import { allFieldNames } from './table';

const explained = explainFields();

describe('a field in words', () => {
  it('says what it is, how it is written, when it is there and what its values mean', () => {
    expect(explained.ARes['transStatus']).toMatchObject({
      description: 'The result',
      values: { Y: 'authenticated', R: 'rejected, do not authorise' },
    });
    expect(explained.AReq['threeDSRequestorAuthenticationInd']?.values).toMatchObject({
      '01': 'payment',
      '07': 'billing agreement (2.3.1)',
    });
    expect(explained.AReq['addrMatch']?.values).toEqual({ Y: 'yes', N: 'no' });
    expect(explained.AReq['threeDSServerTransID']).toMatchObject({
      format: 'uuid, canonical 36 chars',
      rule: 'required; BRW: same value as used in the 3DS Method',
    });
  });

  it('does not make meanings of versions and spans', () => {
    const meanings = EXPLAINED_MESSAGES.flatMap((type) => Object.values(explained[type])).flatMap(({ values }) =>
      Object.entries(values),
    );

    expect(meanings.length).toBeGreaterThan(100);
    expect(meanings.filter(([code, words]) => !/^([A-Z]|\d{2,3})$/.test(code) || /^[(+]|DS use/.test(words))).toEqual(
      [],
    );
  });

  it('is there for every field of every message that is kept', () => {
    const names = EXPLAINED_MESSAGES.flatMap((type) => Object.keys(explained[type]));
    const without = [...new Set(names)].filter((name) => DESCRIPTIONS[name] === undefined);

    expect(names.length).toBeGreaterThan(150);
    expect(without).toEqual([]);
  });

  it('is of a field that there is', () => {
    const known = allFieldNames();

    expect(Object.keys(DESCRIPTIONS).filter((name) => !known.has(name))).toEqual([]);
  });
});
