import { edited } from './edited';

describe('what was edited', () => {
  it('is what is not as it was, also within lists and objects', () => {
    const before = { name: 'Web', minutes: 30, route: [{ connector: 'emv3ds' }], schemes: ['visa'] };

    expect(edited(before, { ...before, minutes: 10 })).toEqual({ minutes: 10 });
    expect(edited(before, { ...before, route: [], schemes: ['visa', 'mastercard'] })).toEqual({
      route: [],
      schemes: ['visa', 'mastercard'],
    });
  });

  it('is nothing where everything is as it was, also in other objects', () => {
    expect(edited({ route: [{ connector: 'emv3ds' }] }, { route: [{ connector: 'emv3ds' }] })).toEqual({});
  });

  it('is what came, and not what went', () => {
    expect(edited<{ all?: boolean; ids?: string[] }>({ all: true }, { ids: ['mer_a'] })).toEqual({ ids: ['mer_a'] });
  });
});
