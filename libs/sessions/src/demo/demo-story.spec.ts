import { Pan, SCHEMES } from '@app/kernel';
import { PAGE_LEGS } from '../domain/page-leg';
import { isFinal, SESSION_STATUSES, TRANSITIONS } from '../domain/session.machine';
import { verdictOf } from '../domain/verdict';
import { ACS_INCIDENT, CALLBACK_OUTAGE, DEMO_HISTORY_MERCHANTS, isDuring, UPSTREAM_OUTAGE } from './demo-cast';
import { DEMO_DAYS, planDemo, type PlannedSession } from './demo-plan';
import { tellDemo, type DemoStory } from './demo-story';

const NOW = new Date('2026-11-20T16:20:30.123Z');
const DAY_MS = 86_400_000;

const tell = (planned: readonly PlannedSession[]): DemoStory[] =>
  planned.flatMap((one) => {
    const story = tellDemo(one, NOW);
    return story === null ? [] : [story];
  });
const PLANNED = planDemo(7, NOW);
const STORIES = tell(PLANNED);

const endOf = ({ changes }: DemoStory) => changes.at(-1)?.session ?? fail('a story without an end');
const fail = (why: string): never => {
  throw new Error(why);
};
const shareOf = (stories: readonly DemoStory[], holds: (story: DemoStory) => boolean): number =>
  stories.filter(holds).length / stories.length;

describe('the past of a demo', () => {
  it('is the same whenever it is told, and another one from another seed', () => {
    const again = planDemo(7, NOW);
    const idsOf = (planned: readonly PlannedSession[]): string => planned.map(({ id }) => id).join();

    expect(idsOf(again)).toBe(idsOf(PLANNED));
    expect(JSON.stringify(tell(again.slice(0, 200)))).toBe(JSON.stringify(tell(PLANNED.slice(0, 200))));
    expect(idsOf(planDemo(8, NOW))).not.toBe(idsOf(PLANNED));
  });

  it.each(['2026-03-01T00:10:00Z', '2026-08-15T12:00:00Z', '2027-01-01T23:59:59Z'])(
    'fills the month before %s, and no more than a demo can bear',
    (text) => {
      const now = new Date(text);
      const planned = planDemo(7, now);

      expect(planned.length).toBeGreaterThan(3_000);
      expect(planned.length).toBeLessThanOrEqual(5_000);
      expect(planned.every(({ at }) => at < now && at.getTime() >= now.getTime() - DEMO_DAYS * DAY_MS)).toBe(true);
      expect(new Set(planned.map(({ id }) => id)).size).toBe(planned.length);
    },
  );

  it('has ended: nobody is owed anything, and no secret could still be asked with', () => {
    const open = STORIES.filter((story) => {
      const { status, deadlineAt, finalAt, updatedAt, attempt, inquireAt } = endOf(story);
      const isOver = isFinal(status) && deadlineAt === null && inquireAt === null && attempt.progress === 'settled';
      const isLongOver = finalAt !== null && finalAt.getTime() <= NOW.getTime() - 15 * 60_000;
      return !isOver || !isLongOver || updatedAt > NOW || (story.callback?.toldAt ?? NOW) > NOW;
    });

    expect(open).toEqual([]);
  });

  it('goes by the state machine, step by step and forwards in time', () => {
    const wrong = STORIES.flatMap(({ changes }) => changes.flatMap((change) => change.events)).filter(
      ({ from, to, at }, index, lines) => {
        const before = from === null ? undefined : lines[index - 1];
        const isNext = from === (before?.to ?? null) && at.getTime() >= (before?.at.getTime() ?? 0);
        const isMove = from !== null && from !== to;
        return !isNext || (isMove && !Object.values<string>(TRANSITIONS[from]).includes(to));
      },
    );

    expect(wrong).toEqual([]);
    expect(STORIES.every(({ changes }) => changes.every(endsAsItsLinesSay))).toBe(true);
  });

  it('has pages of ours that were seen, in their order and while the session went on', () => {
    const hosted = STORIES.filter((story) => endOf(story).returnUrls !== null);
    const wrong = hosted.filter((story) => {
      const { createdAt, finalAt } = endOf(story);
      const times = [createdAt, ...story.legs.map(({ at }) => at), finalAt ?? NOW].map((at) => at.getTime());
      const order = story.legs.map(({ leg }) => PAGE_LEGS.indexOf(leg));
      return [times, order].some((values) => values.some((value, index) => value < (values[index - 1] ?? 0)));
    });

    expect(wrong).toEqual([]);
    expect(hosted.length / STORIES.length).toBeCloseTo(0.4, 1);
    for (const leg of PAGE_LEGS)
      expect(shareOf(hosted, ({ legs }) => legs.some((one) => one.leg === leg))).toBeGreaterThan(0.1);
    expect(STORIES.filter((story) => story.legs.length > 0 && endOf(story).returnUrls === null)).toEqual([]);
  });

  it('numbers what it keeps without gaps', () => {
    const counts = STORIES.map(({ changes }) => [
      changes.flatMap(({ events }) => events).length,
      changes.flatMap(({ exchanges }) => exchanges).length,
      changes.length,
    ]);

    expect(counts).toEqual(
      STORIES.map((story) => [endOf(story).eventSeq, endOf(story).exchangeSeq, endOf(story).version]),
    );
  });

  it('promises a shift of liability for successes only', () => {
    const wrong = STORIES.map(endOf).filter((session) => {
      const isSuccess = session.status === 'approved' || session.status === 'attempted';
      const shift = verdictOf(session)?.liabilityShift;
      return shift !== (isSuccess ? 'yes' : 'no') || (session.attempt.facts.eci !== undefined) !== isSuccess;
    });

    expect(wrong).toEqual([]);
  });

  it('holds nothing that could be a card number, and no authentication value', () => {
    const text = JSON.stringify(STORIES.map(({ changes, callback }) => [changes.map(withoutHash), callback]));
    const alike = (text.match(/(?<![\d.-])\d{13,19}(?![\d-])/g) ?? []).filter((digits) => Pan.parse(digits) !== null);

    // Times of purchases have as many digits.
    expect(alike.filter((digits) => !/^2026\d{10}$/.test(digits))).toEqual([]);
    expect(STORIES.every((story) => endOf(story).attempt.authenticationValueSealed === null)).toBe(true);
  });

  it('says of a session whose it is, and that it is none', () => {
    const names = STORIES.map((story) => endOf(story).reference ?? '');

    expect(names.every((name) => name.startsWith('demo-'))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('what there is to see in it', () => {
  it('is of every scheme, merchant, connector and end', () => {
    const ends = STORIES.map(endOf);

    expect(new Set(ends.map(({ attempt }) => attempt.scheme))).toEqual(new Set(SCHEMES));
    expect(new Set(ends.map(({ merchantId }) => merchantId))).toEqual(
      new Set(DEMO_HISTORY_MERCHANTS.map(({ merchantId }) => merchantId)),
    );
    expect(new Set(ends.map(({ attempt }) => attempt.connector))).toEqual(new Set(['emv3ds', 'checkout']));
    expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(SESSION_STATUSES.filter(isFinal)));
  });

  it('is mostly well, and better where it is better in life', () => {
    expect(shareOf(STORIES, (story) => endOf(story).status === 'approved')).toBeGreaterThan(0.6);
    expect(shareOf(STORIES, (story) => endOf(story).challenged === true)).toBeGreaterThan(0.15);
    const of = (bin: string) => STORIES.filter((story) => endOf(story).bin === bin && endOf(story).challenged === true);
    const isPassed = (story: DemoStory) => endOf(story).status === 'approved';
    expect(shareOf(of('40009901'), isPassed)).toBeGreaterThan(shareOf(of('40009902'), isPassed));
  });

  it('an afternoon on which an access control server did not answer', () => {
    const during = STORIES.filter((story) => {
      const { createdAt, attempt, status } = endOf(story);
      const isOfIt = attempt.facts.acs?.operatorId === ACS_INCIDENT.operatorId || attempt.facts.error?.code === '402';
      return isOfIt && status !== 'expired' && isDuring(ACS_INCIDENT, createdAt, NOW);
    });

    expect(during.length).toBeGreaterThan(8);
    expect(shareOf(during, (story) => endOf(story).attempt.facts.error?.code === '402')).toBeGreaterThan(0.6);
  });

  it('an outage of an upstream, in which the next connector took over', () => {
    const second = STORIES.filter((story) => endOf(story).attempt.number === 2);

    expect(second.length).toBeGreaterThan(2);
    for (const story of second) {
      expect(isDuring(UPSTREAM_OUTAGE, endOf(story).createdAt, NOW)).toBe(true);
      expect(endOf(story).attempt.connector).toBe('emv3ds');
      expect(story.changes.flatMap(({ events }) => events.map(({ type }) => type))).toEqual(
        expect.arrayContaining(['attempt_failed', 'attempt_planned']),
      );
    }
  });

  it('callbacks that were given up, and the sessions of these alone are not completed', () => {
    const dead = STORIES.filter(({ callback }) => callback?.state === 'dead');

    expect(dead.length).toBeGreaterThan(3);
    expect(dead.every(({ callback }) => callback?.deliveries.length === 10)).toBe(true);
    expect(dead.every((story) => isDuring(CALLBACK_OUTAGE, endOf(story).finalAt ?? NOW, NOW))).toBe(true);
    expect(STORIES.filter((story) => endOf(story).completedAt === null)).toEqual(
      dead.filter((story) => endOf(story).flow === 'non_hosted'),
    );
  });

  it('results that came when it was too late', () => {
    const late = STORIES.filter(({ changes }) => changes.some(({ events }) => events[0]?.type === 'late_answer'));

    expect(late.length).toBeGreaterThan(2);
    expect(late.every((story) => endOf(story).status === 'challenge_abandoned')).toBe(true);
  });
});

const endsAsItsLinesSay = ({ session, events }: DemoStory['changes'][number]): boolean =>
  events.at(-1)?.to === session.status;

const withoutHash = ({ session: { secretHash: _hash, ...session }, ...change }: DemoStory['changes'][number]) => ({
  ...change,
  session,
});
