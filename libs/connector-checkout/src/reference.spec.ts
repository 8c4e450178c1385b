import { encodeId } from '@app/kernel';
import fc from 'fast-check';
import { referenceKey, sessionOfReference, toReference } from './reference';
import { SESSION_ID } from './testing/attempt';

const SID = encodeId('session', SESSION_ID);

describe('the reference that the upstream is given', () => {
  it.each([
    ['nothing', undefined, SID],
    ['an empty one', '', SID],
    ['a short one', 'order 1', `${SID} order 1`],
    ['a session id of somebody’s', `sid_${'a'.repeat(26)}`, `${SID} sid_${'a'.repeat(26)}`],
    ['a long one', 'x'.repeat(100), `${SID} ${'x'.repeat(69)}`],
    ['a pair of surrogates at the cut', `${'x'.repeat(68)}😀`, `${SID} ${'x'.repeat(68)}`],
    ['half a pair', 'a\uD83D b', `${SID} a\uFFFD b`],
  ])('carries %s beside ours', (_, merchants, expected) => {
    expect(toReference(SESSION_ID, merchants)).toBe(expected);
  });

  it('gives our session back whatever the merchant writes, within 100 characters and in well-formed text', () => {
    fc.assert(
      fc.property(
        fc.uuid({ version: 7 }),
        fc.option(
          fc.string({ unit: fc.constantFrom('a', ' ', 'ß', '😀', '\uD83D', '\uDE00', 's', 'sid_'), maxLength: 120 }),
          {
            nil: undefined,
          },
        ),
        (id, merchants) => {
          const reference = toReference(id, merchants);

          expect(sessionOfReference(reference)).toBe(id);
          expect(reference.length).toBeLessThanOrEqual(100);
          expect(reference.isWellFormed()).toBe(true);
          expect(sessionOfReference(JSON.parse(JSON.stringify(reference)))).toBe(id);
        },
      ),
    );
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a number', 7],
    ['another’s', 'order 1'],
    ['ours behind something', `x ${SID}`],
    ['ours with something at it', `${SID}x`],
    ['one that no session has', `sid_${'7'.repeat(26)}`],
  ])('finds no session of ours in %s', (_, reference) => {
    expect(sessionOfReference(reference)).toBeNull();
  });

  it('names the session for notices', () => {
    expect(referenceKey(SESSION_ID)).toBe(`reference:${SID}`);
  });
});
