import { APP_DATA, BROWSER_DATA as DEVICE, bearer, sessionRequest, type Answer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal, secretOf } from '../support/calls';
import { PASSWORD, playChallenge } from '../support/cardholder';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { counts, rows } from '../support/rows';

const CARD = '4485040371536584';
const CHALLENGED = '4242424242424242';
const NOT_ENROLLED = '4484070000035519';

let product: Product;
let sessions: Calls;

beforeAll(async () => {
  product = await startProduct();
  sessions = new Calls(product, await bearer(product));
}, 120_000);

afterAll(() => product.stop());

describe('what is not carried yet is refused before anything is stored:', () => {
  const expiry = { expiry_month: 12, expiry_year: 2030 };

  it.each<[string, Record<string, unknown>]>([
    ['app', { channel_data: APP_DATA }],
    ['merchant_initiated', { channel_data: { channel: 'merchant_initiated', request_type: 'other_payment' } }],
    ['scheme', { source: { type: 'card', number: CARD, scheme: 'upi', ...expiry } }],
  ])('%s', async (feature, extra) => {
    const before = await counts(product);

    expectRefusal(
      await sessions.create(sessionRequest(CARD, extra)),
      501,
      'not_implemented',
      `${feature}_not_supported`,
    );
    expect(await counts(product)).toEqual(before);
  });

  it('an app on a session that exists', async () => {
    const session = await sessions.open(CARD);

    expectRefusal(await sessions.collect(session, APP_DATA), 501, 'not_implemented', 'app_not_supported');
    expect(await sessions.read(session)).toMatchObject({ status: 'pending' });
  });
});

describe('a card that nobody here knows is refused before anything is stored:', () => {
  it.each<[string, Record<string, unknown>]>([
    ['error_getting_instrument', { type: 'id', id: 'src_wmlfc3zyhqzehihu7giusaaawu' }],
    ['invalid_token', { type: 'token', token: 'tok_4gzeau5o2uqubbk6fufs3m7p54' }],
  ])('%s', async (code, source) => {
    const before = await counts(product);

    expectRefusal(await sessions.create(sessionRequest(CARD, { source })), 422, 'unprocessable_entity', code);
    expect(await counts(product)).toEqual(before);
  });
});

describe('a request that breaks the rules', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['nothing at all', {}, ['currency_required', 'source_required', 'completion_required']],
    ['a currency of nobody', { ...sessionRequest(CARD), currency: 'EEE' }, ['currency_invalid']],
    ['an amount as text', sessionRequest(CARD, { amount: '6540' }), ['amount_invalid']],
    ['a negative amount', sessionRequest(CARD, { amount: -1 }), ['amount_invalid']],
    [
      'recurring for nothing',
      sessionRequest(CARD, { authentication_type: 'recurring', amount: 0 }),
      ['amount_invalid'],
    ],
    ['a number that fails its check digit', sessionRequest('4485040371536585'), ['source_number_invalid']],
    ['a number with letters', sessionRequest('448504037153658A'), ['source_number_invalid']],
    [
      'no expiry',
      sessionRequest(CARD, { source: { number: CARD } }),
      ['source_expiry_month_required', 'source_expiry_year_required'],
    ],
    ['a source of no kind', sessionRequest(CARD, { source: { type: 'cash' } }), ['source_type_invalid']],
    ['a completion of no kind', sessionRequest(CARD, { completion: {} }), ['completion_type_required']],
    [
      'hosted without addresses',
      sessionRequest(CARD, { completion: { type: 'hosted' } }),
      ['completion_success_url_required', 'completion_failure_url_required'],
    ],
    [
      'a callback to nowhere',
      sessionRequest(CARD, { completion: { type: 'non_hosted', callback_url: 'shop' } }),
      ['completion_callback_url_invalid'],
    ],
    [
      'an address of no host',
      sessionRequest(CARD, { channel_data: { ...BROWSER, ip_address: 'home' } }),
      ['channel_data_ip_address_invalid'],
    ],
    [
      'half a telephone',
      sessionRequest(CARD, { source: { ...source(), home_phone: { number: '1' } } }),
      ['source_home_phone_country_code_required'],
    ],
    [
      'a channel of nobody',
      sessionRequest(CARD, { processing_channel_id: 'pc_aaaaaaaaaaaaaaaaaaaaaaaaaa' }),
      ['processing_channel_id_invalid'],
    ],
    [
      'lists where objects belong',
      sessionRequest(CARD, { account_info: [], recurring: 'daily' }),
      ['account_info_invalid', 'recurring_invalid'],
    ],
  ])('because of %s is told every reason, and nothing is stored', async (_what, request, codes) => {
    const before = await counts(product);

    const { status, body } = await sessions.create(request);

    expect({ status, type: body['error_type'] }).toEqual({ status: 422, type: 'unprocessable_entity' });
    expect([...(body['error_codes'] as unknown as string[])].sort()).toEqual([...codes].sort());
    expect(await counts(product)).toEqual(before);
  });

  it('is refused on later calls as well, and the session stays', async () => {
    const session = await sessions.open(CARD);
    const { ip_address: _ip, ...partial } = DEVICE;

    expectRefusal(
      await sessions.report(session, 'maybe'),
      422,
      'unprocessable_entity',
      'three_ds_method_completion_invalid',
    );
    expectRefusal(
      await sessions.report(session, undefined),
      422,
      'unprocessable_entity',
      'three_ds_method_completion_required',
    );
    expectRefusal(await sessions.collect(session, partial), 422, 'unprocessable_entity', 'ip_address_required');
    expect(await sessions.read(session)).toMatchObject({ status: 'pending' });
  });

  function source(): Record<string, unknown> {
    return { type: 'card', number: CARD, expiry_month: 12, expiry_year: 2030 };
  }
});

it('a card that cannot be authenticated leaves a row without the card', async () => {
  const before = await counts(product);

  const answer = await sessions.create(
    sessionRequest(NOT_ENROLLED, { channel_data: BROWSER, reference: 'NOT-ENROLLED' }),
  );

  expectRefusal(answer, 403, 'operation_not_allowed', 'card_not_enrolled');
  const after = await counts(product);
  expect(after).toMatchObject({ sessions: Number(before['sessions']) + 1, cards: before['cards'] });
  const columns = 'status, refusal_code, final_at IS NOT NULL AS final, last_four, card_fingerprint, bin';
  expect(await rows(product, `SELECT ${columns} FROM session WHERE reference = 'NOT-ENROLLED'`)).toEqual([
    {
      status: 'unavailable',
      refusal_code: 'card_not_enrolled',
      final: true,
      last_four: null,
      card_fingerprint: null,
      bin: NOT_ENROLLED.slice(0, 8),
    },
  ]);
});

describe('who may', () => {
  const scoped = (scope: string): Promise<string> => bearer(product, product.demo, scope);
  const SCOPE = 'operation_not_allowed_for_scope';

  it('a token for apps cannot touch what belongs to browsers', async () => {
    const app = await scoped('sessions:app');
    const session = await sessions.open(CARD, { channel_data: DEVICE });

    for (const answer of [
      await sessions.create(sessionRequest(CARD, { channel_data: BROWSER }), app),
      await sessions.get(session, app),
      await sessions.report(session, 'Y', app),
      await sessions.collect(session, BROWSER, app),
      await sessions.complete(session, app),
    ])
      expectRefusal(answer, 403, 'operation_not_allowed', SCOPE);
  });

  it('a token for browsers cannot touch what belongs to apps', async () => {
    const [app, browser] = [await scoped('sessions:app'), await scoped('sessions:browser')];

    const { status, body: session } = await sessions.create(sessionRequest(CARD), app);

    expect(status).toBe(202);
    expectRefusal(await sessions.get(session, browser), 403, 'operation_not_allowed', SCOPE);
    expect(await sessions.get(session, app)).toMatchObject({ status: 200 });
  });

  it.each(['sessions', 'sessions:browser', 'sessions:browser sessions:app'])(
    'a token for %s can do all of it',
    async (scope) => {
      const authorization = await scoped(scope);

      const { body: session } = await sessions.create(
        sessionRequest(CARD, { completion: { type: 'non_hosted' } }),
        authorization,
      );
      const statuses = [
        (await sessions.report(session, 'Y', authorization)).status,
        (await sessions.collect(session, BROWSER, authorization)).status,
        (await sessions.get(session, authorization)).status,
        (await sessions.complete(session, authorization)).status,
      ];

      expect(statuses).toEqual([200, 200, 200, 204]);
    },
  );

  it('a session secret opens its own session on every endpoint, and no other', async () => {
    const [mine, other] = [
      await sessions.open(CARD, { completion: { type: 'non_hosted' } }),
      await sessions.open(CARD, { completion: { type: 'non_hosted' } }),
    ];
    const act = async (session: Body): Promise<Answer[]> => [
      await sessions.get(session, secretOf(mine)),
      await sessions.report(session, 'Y', secretOf(mine)),
      await sessions.collect(session, BROWSER, secretOf(mine)),
      await sessions.complete(session, secretOf(mine)),
    ];

    for (const answer of await act(other)) expectRefusal(answer, 404, 'not_found', 'session_not_found');
    expect((await act(mine)).map(({ status }) => status)).toEqual([200, 200, 200, 204]);
    expect(await sessions.read(other)).toMatchObject({ status: 'pending', completed: false });
  });

  it('a session secret may also come as a bearer', async () => {
    const session = await sessions.open(CARD);

    expect(await sessions.get(session, `Bearer ${secretOf(session)}`)).toMatchObject({ status: 200 });
  });

  it('a session secret with one other character opens nothing', async () => {
    const session = await sessions.open(CARD);
    const secret = secretOf(session);
    const changed = secret.slice(0, 10) + (secret[10] === 'A' ? 'B' : 'A') + secret.slice(11);

    expectRefusal(await sessions.get(session, changed), 404, 'not_found', 'session_not_found');
  });

  it('sees what is theirs: the secret never shows itself, proof or indicator', async () => {
    const session = await sessions.open(CHALLENGED, { channel_data: BROWSER });
    await playChallenge(session, { password: PASSWORD });

    const { body: byToken } = await sessions.get(session);
    const { body: bySecret } = await sessions.get(session, secretOf(session));

    const { session_secret, cryptogram, eci, upstream: _upstream, ...rest } = byToken;
    expect(bySecret).toEqual(rest);
    expect([session_secret, cryptogram, eci]).toEqual([secretOf(session), expect.any(String), '05']);
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
