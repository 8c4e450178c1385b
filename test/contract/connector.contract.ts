/** What every connector owes to sessions (libs/authentication-port), whatever the outside world does. */
import type { Attempt, AttemptRequest, AuthenticationConnector, LearnedStep, Step } from '@app/authentication-port';
import { inspect } from 'node:util';
import { anAskedAttempt, aRequest, CARD } from './attempts';

/** What the issuer side does with the next requests. */
export type UpstreamBehaviour =
  | 'approves'
  | 'declines'
  | 'challenges'
  | 'cannot_tell'
  | 'reports_an_error'
  | 'stays_silent'
  | 'cuts_the_connection'
  | 'is_down'
  | 'answers_html'
  | 'answers_nothing'
  | 'answers_500'
  | 'answers_garbage'
  | 'answers_for_another'
  | 'answers_an_unknown_status';

/** How the issuer ends a challenge. */
export type ChallengeEnd = 'success' | 'failure';

/** An answer that tells nothing of what became of the request. */
const LOST = [
  'cuts_the_connection',
  'answers_html',
  'answers_nothing',
  'answers_500',
  'answers_garbage',
  'answers_for_another',
  'answers_an_unknown_status',
] as const;

/** A connector with its scripted outside world. */
export interface ConnectorHouse {
  connector: AuthenticationConnector;
  /** The merchant that has an account where the connector needs one. */
  merchantId?: string;
  /** The authentication value that the upstream gave when it last approved. */
  proof(): Promise<string>;
  behave(behaviour: UpstreamBehaviour): Promise<void>;
  /** How many authentication requests reached the upstream. */
  asked(): number;
  /**
   * Delivers the end of a challenge as the outside world does; gives the steps that the connector made of it. A connector that
   * inquires is then asked as often as it says that there is news.
   */
  endChallenge(attempt: Attempt, end: ChallengeEnd): Promise<{ steps: Step[]; answer: string }>;
  /** Between tests. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

type Known = LearnedStep;

/** Merges a step into its attempt as sessions does. */
export function after(attempt: Attempt, step: Step): Attempt {
  if (!('facts' in step)) throw new Error('Nothing to merge');
  const progress = step.next === 'final' ? 'settled' : 'answered';
  return { ...attempt, progress, facts: { ...attempt.facts, ...step.facts }, state: step.state };
}

function known(step: Step): Known {
  if (!('facts' in step)) throw new Error(`${step.next}: ${step.cause.detail}`);
  return step;
}

function withoutResult(step: Step): Known {
  const { facts } = known(step);
  expect(facts.transStatus).toBeUndefined();
  expect(facts.authenticationValue).toBeUndefined();
  return known(step);
}

/** Runs the contract against one connector. */
export function describeConnector(name: string, open: () => Promise<ConnectorHouse>): void {
  describe(`the ${name} connector`, () => {
    let house: ConnectorHouse;

    beforeAll(async () => {
      house = await open();
    }, 120_000);
    afterEach(() => house.reset());
    afterAll(() => house.close());

    const request = (): AttemptRequest =>
      aRequest(house.merchantId === undefined ? {} : { merchantId: house.merchantId });
    const anAttempt = (): Attempt => anAskedAttempt(house.connector, request());

    const start = async (behaviour: UpstreamBehaviour): Promise<{ attempt: Attempt; step: Step }> => {
      await house.behave(behaviour);
      const attempt = anAttempt();
      return { attempt, step: await house.connector.start(attempt) };
    };

    const challenge = async (): Promise<Attempt> => {
      const { attempt, step } = await start('challenges');
      return after(attempt, step);
    };

    it('plans without asking anybody, with a transaction id of its own each time', () => {
      const first = house.connector.plan(request());
      const second = house.connector.plan(request());

      expect(first).toMatchObject({ outcome: 'planned', scheme: 'visa' });
      expect(first).not.toEqual(second);
      expect(house.asked()).toBe(0);
    });

    it.each([
      ['approves', 'Y'],
      ['declines', 'N'],
    ] as const)('reports that the issuer %s', async (behaviour, transStatus) => {
      const { step } = await start(behaviour);

      expect(step).toMatchObject({ next: 'final', facts: { transStatus, resultSource: 'ARes' } });
      expect(known(step).failure).toBeUndefined();
    });

    it('brings the proof of an approval, wrapped', async () => {
      const { step } = await start('approves');

      expect(known(step).facts.authenticationValue?.expose()).toBe(await house.proof());
    });

    it.each(['approves', 'challenges', 'answers_for_another', 'reports_an_error'] as const)(
      'shows neither card number nor proof in what it gives when the issuer %s',
      async (behaviour) => {
        const { step } = await start(behaviour);

        const shown = JSON.stringify(step) + inspect(step, { depth: 10 });
        expect(shown).not.toContain(CARD);
        if (behaviour === 'approves') expect(shown).not.toContain(await house.proof());
      },
    );

    it('keeps what was sent and received, and how long the answer took', async () => {
      const { step } = await start('approves');

      expect(step.exchanges.map(({ direction }) => direction)).toEqual(['sent', 'received']);
      expect(step.exchanges[1]?.latencyMs).toBeGreaterThanOrEqual(0);
    });

    it('hands out a challenge that a browser can go to', async () => {
      const { step } = await start('challenges');

      expect(step).toMatchObject({ next: 'challenge', facts: { transStatus: 'C' } });
      expect(known(step).facts.acs?.url).toMatch(/^https?:/);
      expect(known(step).facts.challengeRequest).toMatch(/^[\w-]+$/);
    });

    it('calls an issuer that cannot tell a failure', async () => {
      const { step } = await start('cannot_tell');

      expect(step).toMatchObject({ next: 'final', failure: 'ares_status', facts: { transStatus: 'U' } });
    });

    it('ends without a result, and says why, when the upstream reports an error', async () => {
      const { step } = await start('reports_an_error');

      expect(withoutResult(step)).toMatchObject({ next: 'final', failure: 'ares_error' });
      expect(known(step).facts.error?.code).toMatch(/^\d{3}$/);
    });

    // Who can ask later what became of it waits; who cannot ends.
    it.each(LOST)('makes no result of it, and asks once, when the upstream %s', async (behaviour) => {
      const { step } = await start(behaviour);

      expect(withoutResult(step)).toMatchObject(
        house.connector.inquires ? { next: 'waiting' } : { next: 'final', failure: 'ares_error' },
      );
      if (!house.connector.inquires) expect(known(step).facts.error?.code).toMatch(/^\d{3}$/);
      expect(house.asked()).toBe(1);
    });

    it('comes back by itself when the upstream stays silent', async () => {
      const startedAt = performance.now();

      const { step } = await start('stays_silent');

      expect(withoutResult(step)).toMatchObject({ next: house.connector.inquires ? 'waiting' : 'final' });
      expect(performance.now() - startedAt).toBeLessThan(13_000);
      expect(house.asked()).toBe(1);
    }, 20_000);

    it('knows that nobody saw the request when the upstream is down', async () => {
      const { step } = await start('is_down');

      expect(step).toMatchObject({ next: 'unreachable', issuerMayHaveSeen: false });
      expect(house.asked()).toBe(0);
    });

    it.each([
      ['success', 'Y'],
      ['failure', 'N'],
    ] as const)('takes the %s of a challenge from the issuer', async (end, transStatus) => {
      const { steps } = await house.endChallenge(await challenge(), end);

      expect(steps[0]).toMatchObject({ effective: true });
      expect(steps.at(-1)).toMatchObject({ next: 'final', facts: { transStatus, resultSource: 'RReq' } });
    });

    it('leaves a settled attempt as it is', async () => {
      const attempt = await challenge();
      const { steps } = await house.endChallenge(attempt, 'success');

      const again = await house.endChallenge(after(attempt, steps.at(-1) as Step), 'failure');

      expect(again.steps[0]).toMatchObject({ effective: false });
      expect(again.steps[0]).not.toMatchObject({ next: 'final' });
    });

    it('answers and ignores a result that comes after the deadline', async () => {
      const late = { ...(await challenge()), progress: 'settled' as const };

      const { steps } = await house.endChallenge(late, 'success');

      expect(steps[0]).toMatchObject({ next: 'waiting', effective: false });
    });

    it('takes a result that overtakes the answer', async () => {
      await house.behave('challenges');
      const attempt = anAttempt();
      await house.connector.start(attempt);

      const { steps } = await house.endChallenge(attempt, 'success');

      expect(steps[0]).toMatchObject({ effective: true });
      expect(steps.at(-1)).toMatchObject({ next: 'final', facts: { transStatus: 'Y' } });
    });

    it.each(['challenge_returned', 'timer', 'challenge_declined'] as const)(
      'never makes a result of the signal %s',
      async (type) => {
        const attempt = await challenge();

        const step = await house.connector.advance(attempt, { type });

        expect(step.next).toBe('waiting');
        expect(after(attempt, step).facts).toEqual(attempt.facts);
      },
    );

    it('never makes a result of silence', async () => {
      expect((await house.connector.fetch(await challenge())).next).not.toBe('final');
    });
  });
}
