/** How each of the demo's sessions went, told by the functions that a real one goes through. Pure. */
import type { ErrorFacts, Facts, LearnedStep, TransStatus } from '@app/authentication-port';
import { encodeId } from '@app/kernel';
import { abandonAttempt, beginAttempt } from '../domain/attempt-changes';
import { applyStep, completeSession, noteLateAnswer, note, sendRequest, type Change } from '../domain/changes';
import { AUTOMATIC_COMPLETION_MINUTES, minutesAfter, SECRET_MINUTES_AFTER_FINAL } from '../domain/deadlines';
import { plannedAttempt } from '../domain/new-session';
import type { Session } from '../domain/session';
import { endUnanswered } from '../domain/unanswered';
import { Chance } from './chance';
import { demoCallback, isGivenUp, type DemoCallback } from './demo-callback';
import { ACS_INCIDENT, CALLBACK_OUTAGE, DEMO_ISSUERS, isDuring, UPSTREAM_OUTAGE } from './demo-cast';
import {
  aCardholdersBrowser,
  answerFacts,
  askingExchanges,
  errorExchanges,
  learned,
  resultExchanges,
  resultFacts,
  type Answer,
  type IssuerSide,
} from './demo-issuer-side';
import { demoLegs, type DemoLeg } from './demo-page-legs';
import { openDemo, planOf, SESSION_MINUTES } from './demo-opening';
import type { PlannedSession } from './demo-plan';

/** Everything that one session went through, in order, and what its merchant was told. */
export interface DemoStory {
  readonly changes: readonly Change[];
  readonly callback: DemoCallback | null;
  /** What our page saw of it, where it was hosted. */
  readonly legs: readonly DemoLeg[];
}

/** Seals the authentication value among what was learned of a session; null when it has none that may still be read. */
export type SealValue = (session: Session, facts: Facts) => Buffer | null;

/** So many are paid for on our page. */
const HOSTED_SHARE = 0.4;
const SECOND_MS = 1_000;

/** A story while it is told: the session as it stands, and the time. */
class Telling {
  readonly changes: Change[];

  constructor(
    readonly planned: PlannedSession,
    readonly now: Date,
    readonly side: IssuerSide,
    readonly chance: Chance,
    private readonly seal: SealValue,
    first: Change,
  ) {
    this.changes = [first];
  }

  get last(): Change {
    const last = this.changes.at(-1);
    if (last === undefined) throw new Error('A story has a beginning');
    return last;
  }

  get session(): Session {
    return this.last.session;
  }

  /** Some time after the last thing that happened. */
  later(leastMs: number, mostMs: number): Date {
    return new Date(this.session.updatedAt.getTime() + this.chance.between(leastMs, mostMs));
  }

  get merchant(): string {
    return encodeId('accessKey', this.session.accessKeyId);
  }

  take(change: Change): void {
    this.changes.push(change);
  }

  /** What the issuer side said, at `at`. */
  hear(step: LearnedStep, at: Date): void {
    this.take(applyStep(this.session, step, { at, actor: 'issuer' }, this.seal(this.session, step.facts)));
  }
}

/**
 * The story of a planned session as it stands at `now`; null where it would still go on, or has ended so lately that its
 * merchant could still ask with its secret, which it never had.
 */
export function tellDemo(planned: PlannedSession, now: Date, seal: SealValue = () => null): DemoStory | null {
  const chance = new Chance(planned.seed);
  const issuer = chance.weighted(DEMO_ISSUERS.map((one) => [one, one.weight] as const));
  const side = { issuer, dsTransactionId: chance.uuid(), acsTransactionId: chance.uuid() };
  const page = new Chance(~planned.seed);
  const isHosted = page.happens(HOSTED_SHARE);
  const telling = new Telling(planned, now, side, chance, seal, openDemo(planned, issuer, chance, isHosted));
  if (chance.happens(0.03)) expire(telling);
  else ask(telling);
  const callback = tellMerchant(telling);
  const { finalAt, updatedAt } = telling.session;
  if (finalAt === null || minutesAfter(finalAt, SECRET_MINUTES_AFTER_FINAL) > now || updatedAt > now) return null;
  return { changes: telling.changes, callback, legs: isHosted ? demoLegs(telling.changes, page) : [] };
}

/** The merchant opened it and never came back. */
function expire(telling: Telling): void {
  const { session } = telling;
  const at = new Date(minutesAfter(session.createdAt, SESSION_MINUTES).getTime() + telling.chance.between(50, 4_000));
  telling.take(endUnanswered(session, { at, actor: 'system' }, { type: 'deadline_passed' }));
}

/** The 3DS Method where there is one, the request, and what came of it. */
function ask(telling: Telling): void {
  const { chance, side, planned, now } = telling;
  if (side.issuer.hasMethod) reportMethod(telling);
  const device = { channel: 'browser', browser: aCardholdersBrowser(chance) } as const;
  telling.take(
    sendRequest(
      telling.session,
      { at: telling.later(40, 900), actor: telling.merchant },
      {
        device,
        deviceChannel: 'browser',
        scopeChannel: 'browser',
        methodCompletion: telling.session.methodCompletion ?? 'U',
      },
    ),
  );
  if (planned.merchant.slug === UPSTREAM_OUTAGE.slug && isDuring(UPSTREAM_OUTAGE, planned.at, now)) failOver(telling);
  const isIncident = side.issuer.operatorId === ACS_INCIDENT.operatorId && isDuring(ACS_INCIDENT, planned.at, now);
  if (chance.happens(isIncident ? 0.95 : 0.012)) return endInError(telling, ACS_TIMED_OUT);
  if (chance.happens(0.004)) return endInError(telling, NOT_UNDERSTOOD);
  answer(telling);
}

function reportMethod(telling: Telling): void {
  const completion = telling.chance.happens(0.93) ? 'Y' : 'N';
  const cause = { at: telling.later(400, completion === 'Y' ? 3_500 : 10_400), actor: telling.merchant };
  const line = { type: 'method_reported', data: { completion } };
  telling.take(note(telling.session, cause, line, { methodCompletion: completion }));
}

/** Nothing listens at the upstream: the next connector of the route takes the session. */
function failOver(telling: Telling): void {
  const { side, chance } = telling;
  const sentAt = telling.session.updatedAt;
  const at = telling.later(15, 80);
  const exchanges = askingExchanges(side, telling.session, { sentAt, at }, null, 'connection refused');
  const cause = { at, actor: 'system' };
  const step = { next: 'unreachable', issuerMayHaveSeen: false, cause: UPSTREAM_AWAY, exchanges } as const;
  const route = [
    { connector: 'checkout', outcome: 'passed', code: 'unreachable' },
    { connector: 'emv3ds', outcome: 'chosen' },
  ];
  telling.take(abandonAttempt(telling.session, step, cause, { route }));
  const next = plannedAttempt(telling.session.attempt.number + 1, 'emv3ds', planOf(side.issuer, 'emv3ds', chance));
  telling.take(beginAttempt(telling.session, next, true, cause));
}

const UPSTREAM_AWAY: ErrorFacts = {
  code: '405',
  component: 'S',
  description: 'System connection failure',
  detail: 'The upstream refused the connection',
  messageType: 'AReq',
};
/** No usable answer, and how long it takes to come. */
interface Failure {
  readonly error: ErrorFacts;
  readonly afterMs: readonly [least: number, most: number];
}

const ACS_TIMED_OUT: Failure = {
  error: {
    code: '402',
    component: 'D',
    description: 'Transaction timed out',
    detail: 'The access control server did not answer in time',
    messageType: 'AReq',
  },
  afterMs: [9_000, 11_500],
};
const NOT_UNDERSTOOD: Failure = {
  error: {
    code: '203',
    component: 'D',
    description: 'Format of one or more data elements is invalid according to the specification',
    detail: 'browserLanguage',
    messageType: 'AReq',
  },
  afterMs: [60, 300],
};

function endInError(telling: Telling, failure: Failure): void {
  const sentAt = telling.session.updatedAt;
  const at = telling.later(...failure.afterMs);
  const exchanges = errorExchanges(telling.side, telling.session, { sentAt, at }, failure.error);
  const step = learned('final', { error: failure.error }, exchanges, { failure: 'ares_error' });
  telling.hear(step, at);
}

const WITHOUT_CHALLENGE: readonly (readonly [Answer, number])[] = [
  [{ letter: 'Y' }, 80],
  [{ letter: 'A' }, 7],
  [{ letter: 'N', reason: '01' }, 4],
  [{ letter: 'N', reason: '11' }, 2],
  [{ letter: 'R', reason: '11' }, 1.5],
  [{ letter: 'R', reason: '05', cardholderInfo: 'Please call the number on the back of your card.' }, 1],
  [{ letter: 'U', reason: '22' }, 2],
];

/** The issuer's answer, and after it the challenge where it asks for one. */
function answer(telling: Telling): void {
  const { chance, side } = telling;
  const isChallenged = chance.happens(side.issuer.challengeShare);
  const said: Answer = isChallenged ? { letter: 'C' } : chance.weighted(WITHOUT_CHALLENGE);
  const sentAt = telling.session.updatedAt;
  const at = telling.later(260, chance.happens(0.08) ? 5_800 : 1_600);
  const facts = answerFacts(side, said, telling.session);
  const exchanges = askingExchanges(side, telling.session, { sentAt, at }, facts);
  const step = learned(isChallenged ? 'challenge' : 'final', facts, exchanges, unavailable(said.letter, 'ares_status'));
  telling.hear(step, at);
  if (isChallenged) challenge(telling);
}

const unavailable = <Reason extends string>(letter: TransStatus, failure: Reason): { failure?: Reason } =>
  letter === 'U' ? { failure } : {};

const LEFT: Answer = { letter: 'N', reason: '01', challengeCancel: '01' };
const TIMED_OUT: Answer = { letter: 'N', reason: '14', challengeCancel: '04' };

/** How a challenge ends: passed or not, left, run out of time, or without a word until the deadline. */
function challenge(telling: Telling): void {
  const { chance, side } = telling;
  const ending = chance.weighted([
    ['done', 86],
    ['left', 7],
    ['timed_out', 4],
    ['silent', 3],
  ] as const);
  if (ending === 'silent') return endInSilence(telling);
  const passed: Answer = chance.happens(side.issuer.passShare) ? { letter: 'Y' } : { letter: 'N', reason: '19' };
  const said = { done: passed, left: LEFT, timed_out: TIMED_OUT }[ending];
  const seconds = { done: [9, 110], left: [4, 60], timed_out: [600, 610] } as const;
  const [least, most] = seconds[ending];
  const at = telling.later(least * SECOND_MS, most * SECOND_MS);
  const facts = resultFacts(side, said, telling.session, chance.between(1, 3));
  const exchanges = resultExchanges(side, telling.session, at, facts);
  telling.hear(learned('final', facts, exchanges), at);
}

/** No result came until the deadline; now and then one comes after all, too late to change anything. */
function endInSilence(telling: Telling): void {
  const { chance, side, session } = telling;
  const deadline = session.deadlineAt ?? minutesAfter(session.updatedAt, SESSION_MINUTES);
  const cause = { at: new Date(deadline.getTime() + chance.between(50, 4_000)), actor: 'system' };
  telling.take(endUnanswered(session, cause, { type: 'deadline_passed' }));
  if (!chance.happens(0.5)) return;
  const at = telling.later(20 * SECOND_MS, 200 * SECOND_MS);
  const facts = resultFacts(side, TIMED_OUT, telling.session, 1);
  const exchanges = resultExchanges(side, telling.session, at, facts);
  const { contradicts: _never, ...late } = noteLateAnswer(telling.session, learned('final', facts, exchanges), {
    at,
    actor: 'issuer',
  });
  telling.take(late);
}

/**
 * Mostly the merchant completes what went through; of the rest it is told five minutes after the end. What was hosted is
 * complete with its end, and told at once.
 */
function tellMerchant(telling: Telling): DemoCallback | null {
  const { chance, session, planned, now } = telling;
  if (session.finalAt === null) return null;
  const { finalAt } = session;
  const isHosted = session.flow === 'hosted';
  const isEarly =
    !isHosted && session.status !== 'expired' && session.status !== 'challenge_abandoned' && chance.happens(0.9);
  if (isEarly) {
    const cause = { at: telling.later(300, 6_000), actor: telling.merchant };
    telling.take(note(session, cause, { type: 'completion_requested' }));
  }
  const isAway = planned.merchant.slug === CALLBACK_OUTAGE.slug && isDuring(CALLBACK_OUTAGE, finalAt, now);
  const mood = isAway ? 'away' : chance.happens(0.04) ? 'slow' : 'well';
  const createdAt = isEarly ? telling.session.updatedAt : finalAt;
  const dueAt = isEarly || isHosted ? createdAt : minutesAfter(finalAt, AUTOMATIC_COMPLETION_MINUTES);
  const callback = demoCallback(telling.session, { createdAt, dueAt }, mood, chance);
  if (isGivenUp(callback) || isHosted) return callback;
  const isByMerchant = isEarly && callback.deliveries.length === 1;
  const cause = { at: callback.toldAt, actor: isByMerchant ? telling.merchant : 'system' };
  telling.take(completeSession(telling.session, isByMerchant ? 'merchant' : 'callback', cause));
  return callback;
}
