/**
 * One server behind the other: the suites of the native connector, run as the merchant whose upstream is this same server, and
 * what is different by nature.
 */
import { randomBytes } from 'node:crypto';
import { CryptoBox, loadConfig } from '@app/platform';
import { TOKEN_CACHE_SEALED_COLUMNS } from '@app/token-cache';
import { APP_DATA, bearer, sessionRequest, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { CARDS, PASSWORD, playChallenge, returnToMerchant, type TestCard } from '../support/cardholder';
import { hosted } from '../support/hosted';
import { findLeaks, watchSecret } from '../support/leaks';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';
import { callbacksOf, callbackUrl, eventually, transactionOf } from '../support/simulator';
import { runSuite } from '../support/suites';

const CARD = '4485040371536584';
const CHALLENGED = '4242424242424242';
const RIGHT = { password: PASSWORD };
const KEK = randomBytes(32).toString('base64');

jest.setTimeout(180_000);

let product: Product;
/** The native merchant, the one that is the upstream, and the one whose sessions go there. */
let merchants: [DemoMerchant, DemoMerchant, DemoMerchant];
let native: Calls;
let upstream: Calls;
let loop: Calls;

beforeAll(async () => {
  product = await startProduct({ COUNTERSIGN_KEK: KEK });
  merchants = product.demo.merchants as [DemoMerchant, DemoMerchant, DemoMerchant];
  const callers = merchants.map(async (merchant) => new Calls(product, await bearer(product, merchant)));
  [native, upstream, loop] = (await Promise.all(callers)) as [Calls, Calls, Calls];
}, 120_000);

afterAll(() => product.stop());

/** The demo as somebody sees it who is the first of these merchants. */
function as(whole: Product, ...own: [DemoMerchant, ...DemoMerchant[]]): Product {
  const [{ clientId, clientSecret, processingChannelId, publicKey }] = own;
  const mine = { clientId, clientSecret, processingChannelId, publicKey, merchants: own };
  return { ...whole, demo: { ...whole.demo, ...mine } };
}

const idOf = (session: Body): string => String(session['id']);

/** The session at the upstream, by the name that the merchant is told. */
async function behind(session: Body): Promise<Body> {
  return upstream.read({ id: session['upstream']?.['session_id'] } as unknown as Body);
}

/** Waits until nothing goes on behind sessions that are over: their upstream was told. */
async function quiet(): Promise<void> {
  const sql = 'SELECT 1 FROM session WHERE inquire_at IS NOT NULL AND final_at IS NOT NULL LIMIT 1';
  await eventually(async () => (await rows(product, sql)).length === 0 || undefined, 60_000);
}

const becomes = (session: Body, wanted: (now: Body) => boolean): Promise<Body> =>
  eventually(async () => {
    const now = await loop.read(session);
    return wanted(now) ? now : undefined;
  });
const hasStatus =
  (status: string) =>
  (now: Body): boolean =>
    String(now['status']) === status;

/** Of a suite, the tests that do not hold by nature, with the reason; what holds instead is further below. */
type Exceptions = Record<string, string>;

const SILENT = 'the result reaches the upstream, which says nothing: it is read there, at most once a second';
const OWN_STORY = 'the story tells what happened at the upstream in one line';
const CARRIED = 'this connector carries it; it is the upstream here that does not';

const SUITES: Record<string, Exceptions> = {
  refusals: {
    'what is not carried yet is refused before anything is stored': CARRIED,
    'a card that nobody here knows': 'its upstream is asked, which refuses it in the same words',
    'a card that cannot be authenticated leaves a row without the card':
      'there are two rows, and the card waits for the answer',
  },
  sdk: {},
  cards: { 'leaves no card number': 'the whole write-ahead log is searched where the suite stands alone' },
  contract: {},
  idempotency: {},
  results: {
    'counts once when it is sent twice': SILENT,
    'counts once when it is sent 50 times in parallel': SILENT,
    'is believed at its own address only': SILENT,
    'is taken before the answer to the request came': OWN_STORY,
  },
  issuers: {
    'that takes longer than a merchant waits': SILENT,
    'changes nothing, whatever it claims': SILENT,
    "goes to the merchant's own address where there is one": 'the browser comes to us first',
  },
  hosted: { 'refuses an app that comes later in the words that every session has for it': CARRIED },
  authorization: {
    'sends the result to checkout': 'it is authorized by identifier',
    'end after 24 hours': "the date of the authentication is the upstream's, the 24 hours are ours",
  },
};

describe('the suites of the native connector, through the loop:', () => {
  it.each(Object.entries(SUITES))('%s', async (suite, exceptions) => {
    const [, , own] = merchants;
    await quiet();
    const { passed, failures, told } = await runSuite(suite, as(product, own, merchants[0]), Object.keys(exceptions));

    expect(failures.length === 0 ? '' : `${failures.join('\n')}\n${told}`).toBe('');
    expect(passed).toBeGreaterThan(5);
  });
});

describe('every sandbox card', () => {
  /** Values that are each session's own: that they are there is what can be compared. */
  const OWN =
    /^(id|session_secret|transaction_id|authentication_date|cryptogram|xid|fingerprint|instrument_id|challenge_request|href|url)$/;
  const comparable = (value: unknown, name = ''): unknown => {
    if (OWN.test(name)) return typeof value;
    if (Array.isArray(value)) return value.map((member) => comparable(member));
    if (typeof value !== 'object' || value === null) return value;
    const { upstream: _told, ...members } = value as Body;
    return Object.fromEntries(Object.entries(members).map(([key, member]) => [key, comparable(member, key)]));
  };
  const authenticate = async (calls: Calls, { number, flow }: TestCard): Promise<unknown[]> => {
    const created = await calls.create(sessionRequest(number, { channel_data: BROWSER }));
    const seen = [created.status, comparable({ ...created.body, request_id: null })];
    if (flow !== 'challenge') return seen;
    await playChallenge(created.body, RIGHT);
    return [...seen, comparable(await calls.read(created.body))];
  };
  const name = ({ number, scheme, status }: TestCard): string => `${scheme} …${number.slice(-4)}, ${status}`;

  it.each(CARDS.map((card): [string, TestCard] => [name(card), card]))(
    'is answered as by our own 3DS Server, member by member: %s',
    async (_name, card) => {
      expect(await authenticate(loop, card)).toEqual(await authenticate(native, card));
    },
  );
});

describe('a session', () => {
  it('is there twice, once per merchant, and the one names the other', async () => {
    const session = await loop.open(CARD, { channel_data: BROWSER });

    const there = await behind(session);

    expect(there['id']).not.toBe(session['id']);
    expect(there['reference']).toBe(`${idOf(session)} ORD-1001`);
    for (const same of ['status', 'transaction_id', 'cryptogram', 'eci', 'xid', 'acs', 'ds']) {
      expect([same, session[same]]).toEqual([same, there[same]]);
    }
    expectRefusal(await loop.get(there), 404, 'not_found', 'session_not_found');
    expectRefusal(await upstream.get(session), 404, 'not_found', 'session_not_found');
  });

  it('that was completed is completed there too, and its merchant hears of it once', async () => {
    const completion = { type: 'non_hosted', callback_url: callbackUrl(product) };
    const session = await loop.open(CARD, { channel_data: BROWSER, completion });

    expect(await loop.complete(session)).toMatchObject({ status: 204 });

    await eventually(async () => ((await behind(session))['completed'] as unknown) === true || undefined);
    expect(await callbacksOf(product, idOf(session))).toMatchObject([
      { verified: true, body: { session_id: session['id'], reference: 'ORD-1001', cryptogram: session['cryptogram'] } },
    ]);
    expect(await callbacksOf(product, idOf(await behind(session)))).toEqual([]);
  });

  it('whose result nobody told us of is final within seconds of being read', async () => {
    const session = await loop.open(CHALLENGED, { channel_data: BROWSER });
    expect(await loop.read(session)).toMatchObject({ status: 'challenged' });

    // The browser goes no further than the bank.
    await playChallenge(session, RIGHT);

    expect(await becomes(session, hasStatus('approved'))).toMatchObject({ response_code: 'Y', challenged: true });
  });

  it('whose browser came back is final without being read', async () => {
    const session = await loop.open(CHALLENGED, { channel_data: BROWSER });

    const { page, status } = await returnToMerchant(await playChallenge(session, RIGHT));

    expect([status, page.includes('<form')]).toEqual([200, false]);
    const final = 'SELECT status FROM session WHERE id = $1';
    await eventually(async () => {
      const [row] = await rows<{ status: string }>(product, final, [uuidOf(idOf(session))]);
      return row?.status === 'approved' || undefined;
    });
  });

  it("takes the browser on to the merchant's own address, with what the bank gave it", async () => {
    const own = 'https://shop.example/returned?order=1';
    const completion = {
      type: 'non_hosted',
      callback_url: 'http://127.0.0.1:9/never',
      challenge_notification_url: own,
    };
    const session = await loop.open(CHALLENGED, { channel_data: BROWSER, completion });
    const end = await playChallenge(session, RIGHT);
    expect(end.notificationUrl.startsWith(`${product.apiUrl}/3ds/checkout/challenge/`)).toBe(true);

    const { page } = await returnToMerchant(end);

    expect(page).toContain('action="https://shop.example/returned?order=1"');
    expect(page).toContain(`name="cres" value="${end.form['cres'] ?? 'none'}"`);
    expect(await becomes(session, hasStatus('approved'))).toMatchObject({ approved: true });
  });

  it('tells the issuer the 3DS Method of the upstream, which the merchant ran', async () => {
    const session = await loop.open(CARD);
    expect(session).toMatchObject({ status: 'pending', next_actions: ['collect_channel_data', 'issuer_fingerprint'] });

    await loop.report(session, 'Y');
    const settled = await loop.collect(session, { ...BROWSER, three_ds_method_completion: undefined });

    expect(settled.body).toMatchObject({ status: 'approved' });
    const { areq } = await transactionOf(product, String(session['transaction_id']));
    expect(areq).toMatchObject({ threeDSCompInd: 'Y', acquirerMerchantID: 'DEMO-VISA' });
  });

  it.each([
    ['an app', { channel_data: { channel: 'app' } }],
    ['a payment without its cardholder', { channel_data: { channel: 'merchant_initiated' } }],
  ])('of %s ends unavailable with the words of an upstream that does not carry it', async (_what, { channel_data }) => {
    const device =
      channel_data.channel === 'app' ? APP_DATA : { ...channel_data, request_type: 'recurring_transaction' };
    const extra =
      channel_data.channel === 'app'
        ? {}
        : { authentication_type: 'recurring', recurring: { days_between_payments: 28, expiry: '20301231' } };

    const { status, body } = await loop.create(sessionRequest(CARD, { channel_data: device, ...extra }));

    expect({ status, body }).toMatchObject({ status: 201, body: { status: 'unavailable', approved: false } });
    const words = String(body['3ds']?.['error_details']?.['error_detail']);
    expect(words).toContain('not_supported');
  });

  it('that is hosted here is not there: our page is the one, and the 3DS Method is the issuer’s', async () => {
    const session = await loop.open(CARD, hosted());
    expect(session['_links']).not.toHaveProperty('three_ds_method_url');

    const there = await behind(session);
    expect(there).toMatchObject({ status: 'pending', next_actions: ['collect_channel_data', 'issuer_fingerprint'] });
    expect(there['_links']).not.toHaveProperty('redirect_url');

    expect((await loop.collect(session, BROWSER)).body).toMatchObject({ status: 'approved', completed: true });
    await eventually(async () => ((await behind(session))['completed'] as unknown) === true || undefined);
  });

  it('that is hosted and of an app ends unavailable, and nothing is left to do', async () => {
    const session = await loop.open(CARD, hosted());

    const { status, body } = await loop.collect(session, APP_DATA);

    expect({ status, body }).toMatchObject({ status: 200, body: { status: 'unavailable', next_actions: [] } });
  });

  it('of a card that cannot be authenticated leaves no card behind', async () => {
    const answer = await loop.create(
      sessionRequest('4484070000035519', { channel_data: BROWSER, reference: 'NOBODY' }),
    );

    expectRefusal(answer, 403, 'operation_not_allowed', 'card_not_enrolled');
    const found = await rows(
      product,
      `SELECT s.status, s.refusal_code, c.expires_at <= now() AS over FROM session s
       LEFT JOIN card c ON c.session_id = s.id WHERE s.reference = 'NOBODY'`,
    );
    expect(found).toMatchObject([{ status: 'unavailable', refusal_code: 'card_not_enrolled' }]);
    expect(found).not.toMatchObject([{ over: false }]);
  });
});

describe('where time runs 600 times faster', () => {
  it('deadlines hold through the loop', async () => {
    const fast = await startProduct({ COUNTERSIGN_TIME_SCALE: '600' });
    try {
      const [, , own] = fast.demo.merchants as typeof merchants;
      const { failures, told } = await runSuite('deadlines', as(fast, own), [
        // The upstream's own deadline comes first; that it passed is the upstream's story.
        'the issuer stays silent',
      ]);

      expect(failures.length === 0 ? '' : `${failures.join('\n')}\n${told}`).toBe('');
    } finally {
      await fast.stop();
    }
  });
});

describe('no merchant sees what is of another', () => {
  it.each([
    ['of the merchant through the loop', [2, 0], []],
    // What the upstream's pages take and what it keeps is the merchant's own there: it calls with that account.
    ['of its upstream, though it is the same server', [2, 1], ['that were handed over', 'that they keep']],
    ['of the loop, as its upstream', [1, 2], []],
  ] as const)('%s', async (_whose, [mine, theirs], exceptions) => {
    await quiet();
    const { failures, told, passed } = await runSuite('tenants', as(product, merchants[mine], merchants[theirs]), [
      'a key without a channel',
      ...exceptions,
    ]);

    expect(failures.length === 0 ? '' : `${failures.join('\n')}\n${told}`).toBe('');
    expect(passed).toBeGreaterThan(5);
  });
});

it('leaves no card number, secret, token or authentication value of either side in logs or tables', async () => {
  const box = new CryptoBox(
    loadConfig({ DATABASE_URL: product.database.url, COUNTERSIGN_KEK: KEK, COUNTERSIGN_DEMO: '1' }),
  );
  const tokens = await rows<{ key: string; sealed: Buffer }>(product, 'SELECT key, sealed FROM upstream_token');
  expect(tokens).toHaveLength(1);
  for (const { key, sealed } of tokens) {
    watchSecret(box.open(sealed, TOKEN_CACHE_SEALED_COLUMNS[0]?.context({ key }) ?? '').toString('utf8'));
  }

  expect(await findLeaks(product)).toEqual([]);
});
