import { offered } from './screens';

const SCREENS = [
  { name: 'sessions', permission: 'sessions.read', feature: 'sessions' },
  { name: 'operators', permission: 'operators.read', feature: 'operators' },
  { name: 'system', permission: 'system.read', feature: 'system', ofAllMerchants: true as const },
];
const names = (permissions: string[], features: string[], all_merchants = true): string[] =>
  offered(SCREENS, { permissions, features, all_merchants }).map(({ name }) => name);

describe('the menu', () => {
  it('has what the server offers and the role may see, and nothing else', () => {
    expect(names(['sessions.read', 'operators.read'], ['sessions', 'operators'])).toEqual(['sessions', 'operators']);
    expect(names(['sessions.read', 'operators.read'], ['operators'])).toEqual(['operators']);
    expect(names(['sessions.read'], ['sessions', 'operators'])).toEqual(['sessions']);
  });

  it('leaves out what is about the whole installation for whoever has some merchants', () => {
    expect(names(['system.read'], ['system'])).toEqual(['system']);
    expect(names(['system.read'], ['system'], false)).toEqual([]);
  });

  it('is empty until it is known who is there', () => {
    expect(offered(SCREENS, undefined)).toEqual([]);
  });
});
