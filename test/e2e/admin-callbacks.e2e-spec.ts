import { bearer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { ConsoleClient, demoOperator } from '../support/console';
import { startProduct, type Product } from '../support/product';
import { callbacksOf, callbackUrl, eventually } from '../support/simulator';

let product: Product;
let operator: ConsoleClient;
let sessions: Calls;

beforeAll(async () => {
  product = await startProduct();
  operator = await demoOperator(product);
  sessions = new Calls(product, await bearer(product));
}, 120_000);

afterAll(() => product.stop());

/** A session whose merchant has been told. */
async function told(): Promise<Body> {
  const completion = { type: 'non_hosted', callback_url: callbackUrl(product) };
  const session = await sessions.open('4485040371536584', { channel_data: BROWSER, completion });
  expect((await sessions.complete(session)).status).toBe(204);
  return session;
}

const resend = (session: Body, headers = {}, body: object = {}) =>
  operator.post(`sessions/${String(session['id'])}/resend-callback`, body, headers);

const received = (session: Body, count: number) =>
  eventually(async () => {
    const callbacks = await callbacksOf(product, String(session['id']));
    return callbacks.length >= count ? callbacks : undefined;
  });

const shown = async (session: Body): Promise<Body> => (await operator.get(`sessions/${String(session['id'])}`)).body;

describe('the callback of a session', () => {
  it('is shown with its tries', async () => {
    const session = await told();

    const { callbacks, acts } = await shown(session);

    expect(callbacks).toEqual([
      {
        id: expect.stringMatching(/^msg_/) as string,
        kind: 'session_completed',
        url: callbackUrl(product),
        state: 'delivered',
        created_at: expect.any(String) as string,
        delivered_at: expect.any(String) as string,
        next_try_at: null,
        resend_at: null,
        deliveries: [
          {
            try: 1,
            at: expect.any(String) as string,
            duration_ms: expect.any(Number) as number,
            status: 204,
            problem: null,
          },
        ],
      },
    ]);
    expect(acts?.['resend_callback']).toEqual({ allowed: true, code: null, why: null });
  });

  it('is sent again as the same signed message, once for each wish, and that is in the audit log', async () => {
    const session = await told();
    const wish = { 'idempotency-key': 'lost-answer-1' };

    const first = await resend(session, wish, { reason: 'the shop lost it' });
    expect(first.status).toBe(200);
    expect((await resend(session, wish, { reason: 'the shop lost it' })).status).toBe(200);
    const [before, again] = await received(session, 2);
    await eventually(async () => ((await shown(session))['callbacks']?.[0]?.['resend_at'] === null ? true : undefined));
    expect((await resend(session, wish, { reason: 'the shop lost it' })).status).toBe(200);

    expect(again?.body).toEqual(before?.body);
    expect(again?.headers['webhook-id']).toBe(before?.headers['webhook-id']);
    expect(again?.verified).toBe(true);
    const { callbacks } = await shown(session);
    expect(callbacks?.[0]?.['deliveries']).toHaveLength(2);
    expect(callbacks?.[0]?.['resend_at']).toBeNull();
    const subject = encodeURIComponent(JSON.stringify({ subject: session['id'] }));
    const { data } = (await operator.get(`audit?filter=${subject}`)).body;
    expect(data).toEqual([expect.objectContaining({ act: 'session.callback_resent', reason: 'the shop lost it' })]);
  });

  it('refuses a key that named something else before, and one that is none', async () => {
    const [one, other] = [await told(), await told()];
    const key = { 'idempotency-key': 'two-sessions' };
    await resend(one, key);

    expectRefusal(await resend(other, key), 409, 'conflict', 'idempotency_key_reused');
    expectRefusal(
      await resend(other, { 'idempotency-key': 'x'.repeat(256) }),
      422,
      'unprocessable_entity',
      'idempotency_key_invalid',
    );
  });

  it('cannot be sent again where there is none', async () => {
    const session = await sessions.open('4485040371536584');

    expect((await shown(session))['acts']?.['resend_callback']).toMatchObject({ code: 'nothing_to_resend' });
    expectRefusal(await resend(session), 409, 'conflict', 'nothing_to_resend');
  });
});
