import { bearer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { ConsoleClient, demoOperator, inviteAndSignIn } from '../support/console';
import { FAILURE_URL, hosted, HostedPage } from '../support/hosted';
import { findLeaks } from '../support/leaks';
import { ready, startProduct, type DemoMerchant, type Product } from '../support/product';
import { callbacksOf, callbackUrl, eventually } from '../support/simulator';

const DECLINED = '4539628347117863';
const FRICTIONLESS = '4485040371536584';
const CHALLENGED = '4242424242424242';

let product: Product;
let operator: ConsoleClient;

beforeAll(async () => {
  product = await startProduct();
  operator = await demoOperator(product);
}, 120_000);

afterAll(() => product.stop());

const callsOf = async (connector: string): Promise<Calls> => {
  const merchant = product.demo.merchants.find((one) => one.connector === connector) as DemoMerchant;
  return new Calls(product, await bearer(product, merchant));
};
const pathOf = (session: Body): string => `sessions/${String(session['id'])}/retry`;
const retry = (session: Body, body: object = {}, headers = {}) => operator.post(pathOf(session), body, headers);
const shown = async (id: unknown): Promise<Body> => (await operator.get(`sessions/${String(id)}`)).body;
const finalOf = (calls: Calls, id: unknown): Promise<Body> =>
  eventually(async () => {
    const session = await calls.read({ id } as unknown as Body);
    return session['status'] === 'pending' || session['status'] === 'processing' ? undefined : session;
  }, 20_000);

describe.each(['emv3ds', 'checkout'])('a session of the connector %s that was declined', (connector) => {
  let calls: Calls;
  let session: Body;

  beforeAll(async () => {
    calls = await callsOf(connector);
    const completion = { type: 'non_hosted', callback_url: callbackUrl(product) };
    const opened = await calls.open(DECLINED, { channel_data: BROWSER, completion, reference: '<i>ORDER-7</i>' });
    session = await finalOf(calls, opened['id']);
    expect(session['status']).toBe('declined');
  });

  it('is retried by a link, on which its cardholder goes on and ends at our page', async () => {
    expect((await operator.get(pathOf(session))).body).toMatchObject({ kind: 'new_session', retried_as: null });

    const { status, body } = await retry(session, { link_hours: 3, reason: 'they called' });

    expect({ status, kind: body['kind'] }).toEqual({ status: 200, kind: 'new_session' });
    const page = new HostedPage(String(body['hosted_url']));
    const { text } = await page.open();
    expect(text).toContain('&lt;i&gt;ORDER-7&lt;/i&gt;');
    let state = await page.take();
    if (state.step === 'device') state = (await page.device()).body.state;
    if (state.step === 'method') await page.method('N');
    const ended = await finalOf(calls, body['session_id']);
    expect(ended).toMatchObject({ status: 'declined', reference: '<i>ORDER-7</i>', completed: true });
    const finished = (await page.open()).location ?? '';
    expect(finished).toBe(`${product.apiUrl}/hosted/finished?cko-session-id=${String(body['session_id'])}`);
    expect(await (await fetch(finished, { headers: { 'accept-language': 'de' } })).text()).toContain('schließen');
  });

  it('and its merchant is told of the retry and of its result', async () => {
    const successor = (await shown(session['id']))['retried_as'];

    const told = await eventually(async () => {
      const callbacks = await callbacksOf(product, String(successor));
      return callbacks.length === 2 ? callbacks : undefined;
    });

    const both = { session_id: successor, retry_of: session['id'], reference: '<i>ORDER-7</i>', approved: false };
    // The later one may arrive first: they are sent beside each other.
    const bodies = told.map(({ body }) => body);
    expect(bodies).toContainEqual(expect.objectContaining({ ...both, status: 'pending' }));
    expect(bodies).toContainEqual(expect.objectContaining({ ...both, status: 'declined' }));
    expect(told.every(({ verified }) => verified)).toBe(true);
  });

  it('and both sessions lead to each other', async () => {
    const before = await shown(session['id']);
    const behind = await shown(before['retried_as']);

    expect(before).toMatchObject({ status: 'declined', try_number: 1, retry_of: null });
    expect(behind).toMatchObject({ retry_of: session['id'], try_number: 2, retried_as: null });
    expectRefusal(await retry(session), 409, 'conflict', 'session_already_retried');
  });
});

describe('retrying', () => {
  it('sends cardholders of a hosted session back to where the merchant wanted them', async () => {
    const calls = await callsOf('emv3ds');
    const session = await calls.open(DECLINED, hosted());
    const first = HostedPage.of(session);
    await first.take();
    await first.device();
    await finalOf(calls, session['id']);

    const { body } = await retry(session);

    const page = new HostedPage(String(body['hosted_url']));
    await page.take();
    await page.device();
    await finalOf(calls, body['session_id']);
    expect((await page.open()).location).toContain(FAILURE_URL);
  });

  it('is for one of two operators', async () => {
    const calls = await callsOf('emv3ds');
    const session = await calls.open(DECLINED, { channel_data: BROWSER });
    const role = { role: 'operator', all_merchants: true };
    const other = await inviteAndSignIn(product, 'second@example.com', 'gravel lantern tiger', role);

    const answers = await Promise.all([retry(session), other.post(pathOf(session))]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409);
    expect(['session_already_retried', 'session_already_in_use']).toContain(lost?.body['error_codes']?.[0]);
  });

  it('is refused with the reason', async () => {
    const calls = await callsOf('emv3ds');
    const approved = await calls.open(FRICTIONLESS, { channel_data: BROWSER });
    const challenged = await calls.open(CHALLENGED, { channel_data: BROWSER });

    expectRefusal(await retry(approved), 403, 'operation_not_allowed', 'session_already_approved');
    expect(challenged['status']).toBe('challenged');
    expectRefusal(await retry(challenged), 403, 'operation_not_allowed', 'nothing_to_drive_on');
    for (const hours of [0, 169, '1', null, 1e9]) {
      const answer = await retry(approved, { link_hours: hours });
      expect(answer.body['error_codes']).toEqual([hours === null ? 'session_already_approved' : 'link_hours_invalid']);
    }
  });

  it('asks an upstream what became of a session that is not final', async () => {
    const calls = await callsOf('checkout');
    const challenged = await calls.open(CHALLENGED, { channel_data: BROWSER });

    const { status, body } = await retry(challenged);

    expect({ status, kind: body['kind'], url: body['hosted_url'] }).toEqual({
      status: 200,
      kind: 'drive_on',
      url: null,
    });
    const timeline = (await shown(challenged['id']))['timeline'] as unknown as { type: string }[];
    expect(timeline.map(({ type }) => type)).toContain('driven_on');
  });

  it('survives a server that is killed right after it, and is told again to whoever asks again', async () => {
    const calls = await callsOf('emv3ds');
    const completion = { type: 'non_hosted', callback_url: callbackUrl(product) };
    const session = await calls.open(DECLINED, { channel_data: BROWSER, completion });
    const wish = { 'idempotency-key': 'the-answer-is-lost' };
    const first = await retry(session, {}, wish);

    product.signal('SIGKILL');
    await product.restart({});
    await ready(product.apiUrl, product.logs);

    const again = await retry(session, {}, wish);
    expect(again.body).toEqual(first.body);
    const told = await eventually(async () => {
      const callbacks = await callbacksOf(product, String(first.body['session_id']));
      return callbacks.length > 0 ? callbacks : undefined;
    }, 30_000);
    expect(told[0]?.body).toMatchObject({ retry_of: session['id'], status: 'pending' });
    expect((await new HostedPage(String(again.body['hosted_url'])).open()).status).toBe(200);
  });
});

it('leaves no link, card number, secret or token in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
