import { randomBytes } from 'node:crypto';
import { aFinalSession, aSession, AT, later } from '../testing/sessions';
import { hashToken, isLinkOpen, LINK_TOKEN, linkEndsAt, linkForgottenAt } from './hosted-link';

const justBefore = (at: Date): Date => new Date(at.getTime() - 1);

describe('the token of a link', () => {
  it('has the shape that we make: 32 random bytes, base64url', () => {
    for (let round = 0; round < 50; round++) expect(randomBytes(32).toString('base64url')).toMatch(LINK_TOKEN);
  });

  it.each(['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`, `${'a'.repeat(42)}+`, `${'a'.repeat(43)}\n`])(
    'is not %j',
    (text) => {
      expect(text).not.toMatch(LINK_TOKEN);
    },
  );

  it('is not in what it is recognised by', () => {
    expect(hashToken('a'.repeat(43)).toString('latin1')).not.toContain('a'.repeat(10));
    expect(hashToken('a'.repeat(43))).not.toEqual(hashToken('b'.repeat(43)));
  });
});

describe('a link', () => {
  it('opens while its session is open, and a little longer than its deadline: until somebody has settled it', () => {
    const session = aSession({ deadlineAt: later(30) });

    expect(isLinkOpen(session, AT)).toBe(true);
    expect(isLinkOpen(session, later(31))).toBe(true);
    expect(isLinkOpen(session, later(45))).toBe(false);
  });

  it('opens for 15 min after the end, for those who come late', () => {
    const session = aFinalSession('approved', {}, { finalAt: later(2) });

    expect(isLinkOpen(session, justBefore(later(17)))).toBe(true);
    expect(isLinkOpen(session, later(17))).toBe(false);
    expect(linkEndsAt(session)).toEqual(later(17));
  });

  it('is remembered for longer than any session lasts', () => {
    const eightDays = 8 * 24 * 60;

    expect(linkForgottenAt(aSession({ deadlineAt: later(30) })).getTime()).toBeGreaterThan(later(eightDays).getTime());
  });
});
