import { randomUUID } from 'node:crypto';
import { bearer, BROWSER_DATA, call, sessionRequest, type Answer } from '../support/api';
import { expectRefusal } from '../support/calls';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { rows } from '../support/rows';

const APPROVED = '4485040371536584';
const BROWSER = { ...BROWSER_DATA, three_ds_method_completion: 'Y' };

let product: Product;
let authorization: string;

beforeAll(async () => {
  product = await startProduct();
  authorization = await bearer(product);
}, 120_000);

afterAll(() => product.stop());

const create = (headers: Record<string, string>, extra: Record<string, unknown> = {}): Promise<Answer> =>
  call(product, 'POST', '/sessions', authorization, sessionRequest(APPROVED, extra), headers);

/** How many sessions carry a reference. */
const countOf = async (reference: string): Promise<number> =>
  (await rows(product, 'SELECT 1 FROM session WHERE reference = $1', [reference])).length;

describe('a request that names itself', () => {
  it.each(['Cko-Idempotency-Key', 'Idempotency-Key'])('by %s is answered the same again, and says so', async (name) => {
    const headers = { [name]: randomUUID() };
    const reference = randomUUID();
    const first = await create(headers, { reference, channel_data: BROWSER });
    const second = await create(headers, { reference, channel_data: BROWSER });

    expect(first).toMatchObject({ status: 201, body: { status: 'approved' } });
    expect(first.headers.has('idempotent-replayed')).toBe(false);
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.headers.get('cko-request-id')).not.toBe(first.headers.get('cko-request-id'));
    expect(await countOf(reference)).toBe(1);
  });

  it('keeps its 202 and the secret that opens the session', async () => {
    const headers = { 'Cko-Idempotency-Key': randomUUID() };
    const first = await create(headers);
    const second = await create(headers);

    expect([first.status, second.status]).toEqual([202, 202]);
    const path = `/sessions/${String(first.body['id'])}`;
    expect(await call(product, 'GET', path, String(second.body['session_secret']))).toMatchObject({ status: 200 });
  });

  it('is refused when it says something else', async () => {
    const headers = { 'Cko-Idempotency-Key': randomUUID() };
    await create(headers);

    expectRefusal(await create(headers, { amount: 1 }), 409, 'conflict', 'idempotency_key_reused');
  });

  it('is refused when its key is none', async () => {
    expectRefusal(
      await create({ 'Cko-Idempotency-Key': 'x'.repeat(256) }),
      422,
      'unprocessable_entity',
      'idempotency_key_invalid',
    );
  });

  it('does not use its key up by a body that is not valid', async () => {
    const headers = { 'Cko-Idempotency-Key': randomUUID() };
    expect(await create(headers, { amount: -1 })).toMatchObject({ status: 422 });

    expect(await create(headers)).toMatchObject({ status: 202 });
  });

  it('fifty times at once makes one session', async () => {
    const headers = { 'Cko-Idempotency-Key': randomUUID() };
    const reference = randomUUID();

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => create(headers, { reference, channel_data: BROWSER })),
    );

    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => String(body['id']))).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expectRefusal(answer, 409, 'conflict', 'idempotency_key_in_use');
    }
    expect(await countOf(reference)).toBe(1);
    expect((await create(headers, { reference, channel_data: BROWSER })).body).toEqual(made[0]?.body);
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
