import {
  aChallengedSession,
  aFinalSession,
  aProcessingSession,
  aresFacts,
  aSession,
  aStep,
  AT,
  later,
} from '../testing/sessions';
import { note, sendRequest, type Change } from './changes';
import { inquiryAfter, isNews } from './inquiries';
import type { Session } from './session';

const cause = { at: later(1), actor: 'issuer' };
const SOON = new Date(cause.at.getTime() + 5_000);
const changedTo = (session: Session, inquire?: true): Change => ({
  session: { ...session, updatedAt: cause.at },
  events: [],
  exchanges: [],
  ...(inquire === undefined ? {} : { inquire }),
});

describe('the next inquiry', () => {
  it('comes soon after a request goes out', () => {
    const before = aSession();

    expect(inquiryAfter(before, sendRequest(before, cause))).toEqual(SOON);
    expect(inquiryAfter(null, changedTo(aProcessingSession()))).toEqual(SOON);
  });

  it('comes soon after the next attempt begins', () => {
    const before = aProcessingSession();

    expect(inquiryAfter(before, changedTo(aProcessingSession({ attempt: { number: 2 } })))).toEqual(SOON);
  });

  it('stays where it is while nothing moves', () => {
    const before = aChallengedSession({ inquireAt: later(7) });

    expect(inquiryAfter(before, note(before, cause, { type: 'challenge_returned' }))).toEqual(later(7));
  });

  it('is due at once where there is news', () => {
    const before = aChallengedSession({ inquireAt: later(7) });

    expect(inquiryAfter(before, changedTo(before, true))).toEqual(cause.at);
    expect(inquiryAfter(aSession(), changedTo(aSession(), true))).toEqual(cause.at);
  });

  it('does not come while the session waits for its merchant', () => {
    expect(inquiryAfter(null, changedTo(aSession()))).toBeNull();
    expect(inquiryAfter(aProcessingSession({ inquireAt: later(2) }), changedTo(aSession()))).toBeNull();
  });

  it('closes what its merchant has completed, and ends there', () => {
    const final = aFinalSession('approved', aresFacts('Y'), { inquireAt: SOON });
    expect(inquiryAfter(aProcessingSession(), changedTo(final))).toBeNull();

    const completed = { ...final, completedAt: later(2) };
    expect(inquiryAfter(final, changedTo(completed))).toEqual(cause.at);
    expect(inquiryAfter(completed, changedTo({ ...completed, inquireAt: later(9) }))).toEqual(later(9));
    expect(inquiryAfter(completed, changedTo({ ...completed, inquireAt: null }))).toBeNull();
  });

  it('never comes for what was turned away', () => {
    const refused = aFinalSession('unavailable', {}, { refusalCode: 'source_number_invalid' });

    expect(inquiryAfter(aProcessingSession(), changedTo(refused))).toBeNull();
  });
});

describe('what is found', () => {
  const asked = aProcessingSession({ updatedAt: AT, attempt: { state: { id: 'there' } } });
  const found = (...[next, facts, more]: Parameters<typeof aStep>): ReturnType<typeof aStep> =>
    aStep(next, facts, { state: { id: 'there' }, ...more });

  it.each([
    ['an end', asked, found('final', aresFacts('Y')), true],
    ['a challenge', asked, found('challenge', aresFacts('C')), true],
    ['the challenge that is known', aChallengedSession(), found('challenge', aresFacts('C')), false],
    ['more waiting', asked, found('waiting'), false],
    ['more waiting with something to remember', asked, found('waiting', { eci: '05' }), true],
    ['more waiting in another state', asked, found('waiting', {}, { state: { id: 'elsewhere' } }), true],
    ['a wish for what is on its way', asked, found('need_channel_data'), false],
    ['a wish of a session that waits for its merchant anyway', aSession(), found('need_method'), false],
  ] as const)('is news or not: %s', (_what, session, step, news) => {
    expect(isNews(session, step, new Date(AT.getTime() + 34_999))).toBe(news);
  });

  it('is a wish that counts once no call can be under way any more', () => {
    expect(isNews(asked, found('need_method'), new Date(AT.getTime() + 35_000))).toBe(true);
  });
});
