import { randomUUID } from 'node:crypto';
import { bearer } from '../support/api';
import type { Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { ConsoleClient, demoOperator, inviteAndSignIn } from '../support/console';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';

let product: Product;
let operator: ConsoleClient;
let session: Body;

beforeAll(async () => {
  product = await startProduct();
  operator = await demoOperator(product);
  const sessions = new Calls(product, await bearer(product));
  session = await sessions.open('4485040371536584', { channel_data: BROWSER, reference: '<b>ORDER-1</b>' });
}, 120_000);

afterAll(() => product.stop());

const list = async (filter: object, as = operator): Promise<Body[]> => {
  const { status, body } = await as.get(`sessions?filter=${encodeURIComponent(JSON.stringify(filter))}`);
  expect(status).toBe(200);
  return body['data'] as unknown as Body[];
};

describe('sessions for operators', () => {
  it('are found by what people know of them, and told from their first line to their last', async () => {
    const [line, ...others] = await list({ reference: '<b>ORDER-1</b>', last_four: '6584' });

    expect(others).toEqual([]);
    expect(line).toMatchObject({ id: session['id'], status: 'approved', verdict: { liability_shift: 'yes' } });
    const { body } = await operator.get(`sessions/${String(session['id'])}`);
    expect(body).toMatchObject({ ...line, attempts_made: [{ connector: 'emv3ds', progress: 'settled' }] });
    const messages = body['messages'] as unknown as { message_type: string; body: Record<string, unknown> }[];
    expect(messages.map(({ message_type: type }) => type)).toEqual(['AReq', 'ARes']);
    expect(messages[0]?.body['acctNumber']).not.toBe('4485040371536584');
  });

  it('are found by the id that our 3DS Server gave the transaction, within the merchants of whoever looks', async () => {
    const [line] = await list({ id: session['id'] });
    const transaction = String(session['transaction_id']);
    const merchants = (await operator.get('merchants')).body['data'] as unknown as Body[];
    const others = merchants.map(({ id }) => id).filter((id) => id !== line?.['merchant_id']);
    const scoped = (email: string, merchant_ids: unknown[]) =>
      inviteAndSignIn(product, email, 'gravel lantern tiger', { role: 'viewer', merchant_ids });

    for (const who of [operator, await scoped('theirs@example.com', [line?.['merchant_id']])])
      expect(await list({ transaction_id: transaction.toUpperCase() }, who)).toMatchObject([{ id: session['id'] }]);
    expect(others).not.toEqual([]);
    expect(await list({ transaction_id: transaction }, await scoped('others@example.com', others))).toEqual([]);
    expect(await list({ transaction_id: randomUUID() })).toEqual([]);
  });

  it('have messages whose every field is explained', async () => {
    const { body } = await operator.get(`sessions/${String(session['id'])}`);
    const messages = body['messages'] as unknown as { message_type: string; body: Record<string, unknown> }[];
    const { status, body: answer } = await operator.get('message-fields');
    const words = answer['messages'] as unknown as Record<string, Record<string, { description: string }>>;

    expect(status).toBe(200);
    for (const { message_type: type, body: fields } of messages) {
      expect(Object.keys(fields).filter((name) => !words[type]?.[name]?.description)).toEqual([]);
    }
    expect((await new ConsoleClient(product).get('message-fields')).status).toBe(401);
  });

  it('that nobody knows are not there, whatever they are called', async () => {
    expect(await list({ reference: 'ORDER-2' })).toEqual([]);
    for (const id of ['sid_aaaaaaaaaaaaaaaaaaaaaaaaaa', 'x', '%2e%2e%2foperators']) {
      expectRefusal(await operator.get(`sessions/${id}`), 404, 'not_found', 'session_not_found');
    }
  });

  it('are nobody else’s business', async () => {
    const stranger = new ConsoleClient(product);

    for (const path of ['sessions', `sessions/${String(session['id'])}`]) {
      expectRefusal(await stranger.get(path), 401, 'forbidden', 'unauthorized');
      const merchant = await stranger.get(path, { authorization: `Bearer ${await bearer(product)}` });
      expectRefusal(merchant, 401, 'forbidden', 'unauthorized');
    }
  });

  it('are found by as much of a BIN as somebody knows', async () => {
    for (const bin of ['448504', '4485040', '44850403']) {
      expect(await list({ bin, reference: '<b>ORDER-1</b>' })).toMatchObject([{ id: session['id'], bin: '44850403' }]);
    }
    expect(await list({ bin: '448505' })).toEqual([]);
    for (const bin of ['4', '44850', '448504037', '٤٤٨٥٠٤', '44850x', 448504]) {
      const answer = await operator.get(`sessions?filter=${encodeURIComponent(JSON.stringify({ bin }))}`);
      expectRefusal(answer, 422, 'unprocessable_entity', 'filter_bin_invalid');
    }
  });

  it('are not searched by what no search is', async () => {
    const filter = encodeURIComponent(JSON.stringify({ reference: 'a'.repeat(10_000) }));

    expect(await operator.get(`sessions?filter=${filter}`)).toMatchObject({
      status: 422,
      body: { error_codes: ['filter_reference_invalid'] },
    });
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
