import { bearer, call } from '../support/api';
import type { Answer, Body } from '../support/api';
import { BROWSER, Calls, expectRefusal, pathOf, secretOf } from '../support/calls';
import { hosted } from '../support/hosted';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { storyOf } from '../support/rows';
import {
  callbacksOf,
  callbackUrl,
  eventually,
  faultsLeft,
  resetFaults,
  sendResult,
  setFaults,
} from '../support/simulator';

/** A minute of the product's clock in milliseconds of ours. */
const MINUTE = 100;
const TIME_SCALE = 60_000 / MINUTE;
const CARD = '4485040371536584';
const STATE = 'update_not_allowed_due_to_state';
const CHALLENGED = '4242424242424242';

let product: Product;
let sessions: Calls;

beforeAll(async () => {
  product = await startProduct({ COUNTERSIGN_TIME_SCALE: String(TIME_SCALE) });
  // Tokens live by real time: one lasts for the whole file.
  sessions = new Calls(product, await bearer(product));
}, 120_000);

afterEach(() => resetFaults(product));
afterAll(() => product.stop());

const becomes = (session: Body, wanted: (now: Body) => boolean): Promise<Body> =>
  eventually(async () => {
    const now = await sessions.read(session);
    return wanted(now) ? now : undefined;
  }, 40_000);
const hasStatus =
  (status: string) =>
  (now: Body): boolean =>
    (now['status'] as unknown) === status;

describe('a session that nobody goes on with', () => {
  let pending: Body;
  let silent: Body;
  let awaited: Body;

  // All wait for their half hour at the same time.
  beforeAll(async () => {
    await setFaults(product, { rreq: { mode: 'never', times: 1 } });
    pending = await sessions.open(CARD);
    awaited = await sessions.open(CARD, hosted({ callback_url: callbackUrl(product) }));
    silent = await sessions.open(CHALLENGED, { channel_data: BROWSER });
    await eventually(async () => (await faultsLeft(product)) === 0 || undefined);
  });

  it('is abandoned when it was to be challenged: the issuer gives up first and says so', async () => {
    const session = await sessions.open(CHALLENGED, { channel_data: BROWSER });

    expect(await becomes(session, hasStatus('challenge_abandoned'))).toMatchObject({
      approved: false,
      challenged: true,
      response_code: 'N',
      response_status_reason: '14',
      acs: { challenge_cancel_reason: 'transaction_timed_out', challenge_cancel_reason_code: '05' },
    });
  });

  it('expires when nothing was asked of the issuer', async () => {
    const expired = await becomes(pending, hasStatus('expired'));

    expect(expired).toMatchObject({ approved: false, next_actions: ['complete'] });
    expect(expired).not.toHaveProperty('response_code');
    expectRefusal(await sessions.collect(pending), 403, 'operation_not_allowed', STATE);
  });

  it('expires when its cardholder never came, and its merchant hears of it at once', async () => {
    const expired = await becomes(awaited, hasStatus('expired'));

    expect(expired).toMatchObject({ approved: false, completed: true, next_actions: [] });
    expect(Object.keys(expired['_links'] ?? {}).sort()).toEqual(['callback_url', 'failure_url', 'self', 'success_url']);
    const [callback] = await eventually(async () => {
      const received = await callbacksOf(product, String(awaited['id']));
      return received.length > 0 ? received : undefined;
    });
    expect(callback).toMatchObject({ verified: true, body: { status: 'expired', approved: false } });
    expectRefusal(await sessions.complete(awaited), 403, 'operation_not_allowed', STATE);
  });

  it('is abandoned when it was to be challenged and the issuer stays silent; what it says later changes nothing', async () => {
    const abandoned = await becomes(silent, hasStatus('challenge_abandoned'));
    const { answer } = await sendResult(product, String(silent['transaction_id']));

    expect((await storyOf(product, String(silent['id']))).map(({ type }) => type)).toContain('deadline_passed');
    expect(answer).toMatchObject({ messageType: 'RRes' });
    expect(await sessions.read(silent)).toEqual(abandoned);
  });
});

describe('a session secret', () => {
  const read = (session: Body): Promise<Answer> => call(product, 'GET', pathOf(session), secretOf(session));

  it('lives until 15 minutes after the final status, the session longer', async () => {
    const [pending, final] = [await sessions.open(CARD), await sessions.open(CARD, { channel_data: BROWSER })];
    expect(await read(final)).toMatchObject({ status: 200 });

    await new Promise((passed) => setTimeout(passed, 17 * MINUTE));

    expectRefusal(await read(final), 401, 'forbidden', 'unauthorized');
    expect(await read(pending)).toMatchObject({ status: 200 });
    expect(await sessions.get(final)).toMatchObject({ status: 200 });
  });
});

describe('completion without being asked', () => {
  const completion = (): object => ({ type: 'non_hosted', callback_url: callbackUrl(product) });
  const isCompleted = (now: Body): boolean => (now['completed'] as unknown) === true;

  /** The first call of the merchant is still welcome, sends nothing again, and is the only one. */
  const expectOneMoreComplete = async (session: Body): Promise<void> => {
    expect(await sessions.complete(session)).toMatchObject({ status: 204 });
    expectRefusal(await sessions.complete(session), 403, 'operation_not_allowed', STATE);
    expect(await callbacksOf(product, String(session['id']))).toHaveLength(1);
  };

  it('comes with the next try of a callback that failed', async () => {
    await setFaults(product, { callback: { mode: 'status500', times: 1 } });
    const session = await sessions.open(CARD, { channel_data: BROWSER, completion: completion() });
    expectRefusal(await sessions.complete(session), 502, 'callback_failed', 'session_callback_failed');

    expect(await becomes(session, isCompleted)).toMatchObject({ next_actions: [] });

    await expectOneMoreComplete(session);
  });

  it('comes five minutes after the result when the merchant says nothing', async () => {
    const session = await sessions.open(CARD, { channel_data: BROWSER, completion: completion() });
    expect(session).toMatchObject({ completed: false, next_actions: ['complete'] });

    expect(await becomes(session, isCompleted)).toMatchObject({ next_actions: [] });

    await expectOneMoreComplete(session);
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
