import { offered } from './screens';

const SCREENS = [
  { name: 'sessions', permission: 'sessions.read', feature: 'sessions' },
  { name: 'operators', permission: 'operators.read', feature: 'operators' },
];
const names = (permissions: string[], features: string[]): string[] =>
  offered(SCREENS, { permissions, features }).map(({ name }) => name);

describe('the menu', () => {
  it('has what the server offers and the role may see, and nothing else', () => {
    expect(names(['sessions.read', 'operators.read'], ['sessions', 'operators'])).toEqual(['sessions', 'operators']);
    expect(names(['sessions.read', 'operators.read'], ['operators'])).toEqual(['operators']);
    expect(names(['sessions.read'], ['sessions', 'operators'])).toEqual(['sessions']);
  });

  it('is empty until it is known who is there', () => {
    expect(offered(SCREENS, undefined)).toEqual([]);
  });
});
