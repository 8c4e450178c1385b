import { setTimeout as sleep } from 'node:timers/promises';
import { bearer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { startProduct, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';
import { callbacksOf, callbackUrl, eventually, resetFaults, setFaults } from '../support/simulator';

/** A minute of the product's clock in milliseconds of ours. */
const MINUTE = 200;
const CARD = '4485040371536584';
const STATE = 'update_not_allowed_due_to_state';
/** What a replica remembers of a channel, and then some, in real milliseconds. */
const REMEMBERED_MS = 6_000;

let product: Product;
let sessions: Calls;

beforeAll(async () => {
  product = await startProduct({ COUNTERSIGN_TIME_SCALE: String(60_000 / MINUTE) });
  sessions = new Calls(product, await bearer(product));
}, 120_000);

afterEach(() => resetFaults(product));
afterAll(() => product.stop());

const approved = (): Promise<Body> =>
  sessions.open(CARD, {
    channel_data: BROWSER,
    completion: { type: 'non_hosted', callback_url: callbackUrl(product) },
  });
const received = async (session: Body): Promise<number> => (await callbacksOf(product, String(session['id']))).length;
const completed = (session: Body): Promise<true> =>
  eventually(async () => ((await sessions.read(session))['completed'] as unknown) === true || undefined, 30_000);
const owed = async (session: Body): Promise<{ due: number; delivered: boolean }[]> => {
  const found = await rows<{ due: number; delivered: boolean }>(
    product,
    `SELECT extract(epoch FROM next_try_at - s.final_at)::float AS due, delivered_at IS NOT NULL AS delivered
     FROM callback_message m JOIN session s ON s.id = m.session_id WHERE m.session_id = $1`,
    [uuidOf(String(session['id']))],
  );
  return found;
};

describe('the callback of a session that became final', () => {
  it('is owed from that moment, for five minutes later', async () => {
    const session = await approved();

    expect(await owed(session)).toEqual([{ due: 300, delivered: false }]);
  });

  it('is sent once when the merchant completes first, and not again when its time comes', async () => {
    const session = await approved();
    expect(await sessions.complete(session)).toMatchObject({ status: 204 });
    expect(await received(session)).toBe(1);

    await sleep(10 * MINUTE + 2_000);

    expect(await received(session)).toBe(1);
    expectRefusal(await sessions.complete(session), 403, 'operation_not_allowed', STATE);
  });

  it('reaches a target that was down at first', async () => {
    await setFaults(product, { callback: { mode: 'reset', times: 2 } });
    const session = await approved();

    await completed(session);

    const [{ tries } = { tries: 0 }] = await rows<{ tries: number }>(
      product,
      'SELECT tries FROM callback_message WHERE session_id = $1',
      [uuidOf(String(session['id']))],
    );
    expect(tries).toBe(3);
    expect(await received(session)).toBe(1);
  });

  it('is not sent by ourselves where the channel says so, and still by the merchant', async () => {
    await rows(product, 'UPDATE processing_channel SET auto_complete = false');
    await sleep(REMEMBERED_MS);
    const session = await approved();
    expect(await owed(session)).toEqual([]);

    await sleep(10 * MINUTE + 2_000);

    expect(await received(session)).toBe(0);
    expect(await sessions.complete(session)).toMatchObject({ status: 204 });
    expect(await received(session)).toBe(1);
  });
});
