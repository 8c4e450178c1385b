import { grantScopes, specificScopes } from './scopes';

describe('scopes', () => {
  it.each([
    [undefined, ['sessions:app'], ['sessions:app']],
    [' ', ['sessions'], ['sessions']],
    ['sessions:app sessions:app', ['sessions:app', 'sessions:browser'], ['sessions:app']],
    ['sessions:browser', ['sessions'], ['sessions:browser']],
    ['sessions', ['sessions:app', 'sessions:browser'], ['sessions']],
  ])('asking for "%s" of a key with %j gets %j', (requested, granted, expected) => {
    expect(grantScopes(requested, granted)).toEqual(expected);
  });

  it.each([
    ['sessions', ['sessions:app']],
    ['sessions:browser', ['sessions:app']],
    ['gateway', ['sessions']],
    ['sessions:app gateway', ['sessions']],
    ['constructor', ['sessions']],
  ])('asking for "%s" of a key with %j is refused', (requested, granted) => {
    expect(grantScopes(requested, granted)).toBeNull();
  });

  it('are specific once umbrellas are opened', () => {
    expect(specificScopes(['sessions', 'sessions:app', 'other'])).toEqual(
      new Set(['sessions:app', 'sessions:browser']),
    );
  });
});
