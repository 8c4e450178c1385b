/** Hosted sessions from the link to the shop, as the page's script plays them: every end is the issuer's, or the cardholder's own. */
import { bearer, sessionRequest, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { CARDS, PASSWORD, playChallengeAt, returnToMerchant, type Deed } from '../support/cardholder';
import { FAILURE_URL, hosted, HostedPage, SUCCESS_URL } from '../support/hosted';
import { findLeaks } from '../support/leaks';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { rows, storyOf, uuidOf } from '../support/rows';
import { callbacksOf, callbackUrl, eventually, resetFaults, resultsSent, transactionOf } from '../support/simulator';

const FRICTIONLESS = '4485040371536584';
const FRICTIONLESS_WITHOUT_METHOD = '4556085951507152';
const DECLINED = '4539628347117863';
const CHALLENGED = '4242424242424242';
const RIGHT: Deed = { password: PASSWORD };
const WRONG: Deed = { password: 'guess' };

let product: Product;

beforeAll(async () => {
  product = await startProduct();
}, 120_000);

afterEach(() => resetFaults(product));
afterAll(() => product.stop());

const idOf = (session: Body): string => String(session['id']);
const back = (url: string, session: Body): string =>
  `${url}${url.includes('?') ? '&' : '?'}cko-session-id=${idOf(session)}`;

/** Both connectors, each by the merchant whose sessions go there. */
const CONNECTORS: [name: string, merchant: number][] = [
  ['our own 3DS Server', 0],
  ['an upstream of the same contract', 2],
];

describe.each(CONNECTORS)('a hosted session at %s', (_name, index) => {
  let sessions: Calls;
  let isNative: boolean;

  beforeAll(async () => {
    const merchant = product.demo.merchants[index] as DemoMerchant;
    sessions = new Calls(product, await bearer(product, merchant));
    isNative = merchant.connector === 'emv3ds';
  });

  async function open(number: string, extra: Record<string, unknown> = {}): Promise<Body> {
    const { status, body } = await sessions.create(sessionRequest(number, { ...hosted(), ...extra }));
    expect([status, body['status'], body['next_actions']]).toEqual([202, 'pending', ['redirect_cardholder']]);
    return body;
  }

  const statusOf = async (session: Body): Promise<string> => String((await sessions.read(session))['status']);

  /** What the issuer was told: of the present attempt, at whatever server asked it. */
  async function areqOf(session: Body): Promise<Body> {
    const { transaction_id: id } = await sessions.read(session);
    return (await transactionOf(product, String(id)))['areq'] as unknown as Body;
  }

  it('without a challenge: device data, the result, the shop', async () => {
    const session = await open(FRICTIONLESS);
    const page = HostedPage.of(session);
    expect((await page.open()).status).toBe(200);

    const first = await page.take();
    expect(first).toMatchObject({ step: 'device', cancel: 'declines', return_url: back(FAILURE_URL, session) });
    const { status, body } = await page.device('Y');

    expect(status).toBe(200);
    expect(body.state).toMatchObject({ step: 'done', outcome: 'success', return_url: back(SUCCESS_URL, session) });
    expect(await sessions.read(session)).toMatchObject({
      status: 'approved',
      next_actions: [],
      completed: true,
      _links: { success_url: { href: SUCCESS_URL }, failure_url: { href: FAILURE_URL } },
    });
    expect(await areqOf(session)).toMatchObject({
      threeDSCompInd: 'Y',
      browserJavascriptEnabled: true,
      browserScreenWidth: '1920',
      browserTZ: '-60',
      browserUserAgent: 'node',
    });
    const [device] = await rows<{ ip: string }>(
      product,
      `SELECT browser->>'ipAddress' AS ip FROM session WHERE id = $1`,
      [uuidOf(idOf(session))],
    );
    expect(device?.ip).toBe('127.0.0.1');
  });

  it('sends who comes after the end back to the shop', async () => {
    const session = await open(FRICTIONLESS);
    const page = HostedPage.of(session);
    await page.take();
    await page.device();

    const { status, location } = await page.open();

    expect([status, location]).toEqual([303, back(SUCCESS_URL, session)]);
  });

  it.each([
    ['declined', DECLINED],
    ['unavailable', '4024007186645015'],
    ['rejected', '4275765574319271'],
  ])('that ends %s goes to the failure address', async (status, number) => {
    const session = await open(number);
    const page = HostedPage.of(session);
    await page.take();

    const { state } = (await page.device()).body;

    expect(state).toMatchObject({ step: 'done', outcome: 'failure', return_url: back(FAILURE_URL, session) });
    expect(await statusOf(session)).toBe(status);
  });

  it('that is attempted goes to the success address', async () => {
    const session = await open('4556574722325580');
    const page = HostedPage.of(session);
    await page.take();

    expect((await page.device()).body.state).toMatchObject({ outcome: 'success' });
    expect(await statusOf(session)).toBe('attempted');
  });

  describe('with a 3DS Method', () => {
    it('hands the page the form for it, which comes back to us', async () => {
      const session = await open(FRICTIONLESS);
      const { method } = await HostedPage.of(session).take();

      const issuer = await fetch(String(method?.url), {
        method: 'POST',
        body: new URLSearchParams(method?.fields),
      });
      const [, action = '', data = ''] =
        /action="([^"]+)"[\s\S]*name="threeDSMethodData" value="([^"]+)"/.exec(await issuer.text()) ?? [];
      const end = await fetch(action, { method: 'POST', body: new URLSearchParams({ threeDSMethodData: data }) });

      expect(action).toBe(`${product.apiUrl}/3ds/method-notification`);
      expect(await end.text()).toContain(`data-id="${String(method?.transaction_id)}"`);
      expect(method?.transaction_id).toBe((await sessions.read(session))['transaction_id']);
    });

    it('that did not run in time asks all the same', async () => {
      const session = await open(FRICTIONLESS);
      const page = HostedPage.of(session);
      await page.take();

      expect((await page.device('N')).body.state.outcome).toBe('success');
      expect(await areqOf(session)).toMatchObject({ threeDSCompInd: 'N' });
    });

    it('that the merchant reported is not run again', async () => {
      const session = await open(FRICTIONLESS);
      await sessions.report(session, 'Y');
      const page = HostedPage.of(session);

      const state = await page.take();

      expect(state.step).toBe('device');
      expect(state.method).toBeUndefined();
    });
  });

  it('without a 3DS Method hands out no form, and says so to the issuer', async () => {
    const session = await open(FRICTIONLESS_WITHOUT_METHOD);
    const page = HostedPage.of(session);

    expect((await page.take()).method).toBeUndefined();
    expect((await page.device('U')).body.state.outcome).toBe('success');
    expect(await areqOf(session)).toMatchObject({ threeDSCompInd: 'U' });
  });

  describe('with a challenge', () => {
    it('ends as the issuer says: success', async () => {
      const session = await open(CHALLENGED, hosted({ callback_url: callbackUrl(product) }));
      const page = HostedPage.of(session);
      const state = await page.toChallenge();
      expect(state).toMatchObject({ cancel: 'declines', challenge: { shown: false } });
      expect(state.outcome).toBeUndefined();

      const end = await page.play(RIGHT);
      const { page: shown } = await returnToMerchant(end);
      const final = await eventually(async () => {
        const now = await page.state();
        return now.step === 'done' ? now : undefined;
      });

      expect(shown).toContain('countersign:challenge-returned');
      expect(final).toMatchObject({ outcome: 'success', return_url: back(SUCCESS_URL, session) });
      expect(await statusOf(session)).toBe('approved');
      const [callback] = await eventually(async () => {
        const received = await callbacksOf(product, idOf(session));
        return received.length > 0 ? received : undefined;
      });
      expect(callback).toMatchObject({ verified: true, body: { status: 'approved', session_id: idOf(session) } });
    });

    it.each<[string, Deed[], string]>([
      ['three wrong answers', [WRONG, WRONG, WRONG], 'declined'],
      ['a cancel at the issuer’s page', ['cancel'], 'challenge_abandoned'],
    ])('ends as the issuer says: %s', async (_what, deeds, status) => {
      const session = await open(CHALLENGED);
      const page = HostedPage.of(session);
      await page.toChallenge();

      await returnToMerchant(await page.play(...deeds));
      const final = await eventually(async () => {
        const now = await page.state();
        return now.step === 'done' ? now : undefined;
      });

      expect(final).toMatchObject({ outcome: 'failure', return_url: back(FAILURE_URL, session) });
      expect(await statusOf(session)).toBe(status);
    });

    it('posts the same CReq again on a reload, in the window that was chosen first', async () => {
      const session = await open(CHALLENGED);
      const page = HostedPage.of(session);
      await page.toChallenge();
      const first = (await page.challenge('02')).body.state.challenge;

      await page.take();
      const reloaded = await page.state();
      const again = (await page.challenge('05')).body.state.challenge;

      const creq = JSON.parse(Buffer.from(String(first?.fields.creq), 'base64url').toString()) as Body;
      expect(creq['challengeWindowSize']).toBe('02');
      expect(reloaded.challenge).toEqual({ ...first, shown: true });
      expect(again).toEqual(first);
    });

    it('brings a browser whose challenge filled the window back to the page', async () => {
      const session = await open(CHALLENGED);
      const page = HostedPage.of(session);
      await page.toChallenge();

      const { page: shown } = await returnToMerchant(await page.play(RIGHT));

      expect(shown).toContain(`data-to="${page.url}`);
      await eventually(async () => ((await page.open()).status === 303 ? true : undefined));
      expect((await page.open()).location).toBe(back(SUCCESS_URL, session));
    });

    it('believes no CRes: one that lies changes nothing', async () => {
      const session = await open(CHALLENGED);
      const page = HostedPage.of(session);
      await page.toChallenge();
      const end = await page.play(WRONG, WRONG, WRONG);
      const lie = Buffer.from(JSON.stringify({ ...end.cres, transStatus: 'Y' })).toString('base64url');

      await returnToMerchant({ ...end, form: { ...end.form, cres: lie } });
      await eventually(async () => ((await statusOf(session)) === 'challenged' ? undefined : true));

      expect(await statusOf(session)).toBe('declined');
      expect((await page.state()).outcome).toBe('failure');
      // An upstream tells its results after the browser is back: there is nothing to compare with.
      if (!isNative) return;
      const alert = new RegExp(`"event":"hosted.cres_contradicted"[^\\n]*"${idOf(session)}"`);
      await eventually(async () => (alert.test(product.logs()) ? true : undefined));
    });

    it('takes a return that comes again for the same one', async () => {
      const session = await open(CHALLENGED);
      const page = HostedPage.of(session);
      await page.toChallenge();
      const end = await page.play(RIGHT);
      const first = await returnToMerchant(end);
      await eventually(async () => ((await statusOf(session)) === 'approved' ? true : undefined));
      // What connectors and upstreams go on to note is not of the browser's making.
      const returns = async (): Promise<unknown[]> =>
        (await storyOf(product, idOf(session))).filter(({ type }) => type === 'challenge_returned');
      const before = await returns();

      const again = await Promise.all([1, 2, 3].map(() => returnToMerchant(end)));

      expect(again).toEqual([first, first, first]);
      expect(await returns()).toEqual(before);
      expect(await statusOf(session)).toBe('approved');
    });

    it('takes nobody home by a ticket that is not its own', async () => {
      const [session, other] = [await open(CHALLENGED), await open(CHALLENGED)];
      const page = HostedPage.of(session);
      await page.toChallenge();
      const end = await page.play(RIGHT);
      const ticket = end.form['threeDSSessionData'] ?? '';
      const foreign = (await HostedPage.of(other).toChallenge()).challenge?.fields.threeDSSessionData ?? '';
      expect(foreign).not.toBe(ticket);

      for (const threeDSSessionData of [
        '',
        'c2lk',
        foreign,
        ticket.replace(/^./, (one) => (one === 'A' ? 'B' : 'A')),
      ]) {
        const { status, page: shown } = await returnToMerchant({ ...end, form: { ...end.form, threeDSSessionData } });

        expect(status).toBe(200);
        expect(shown).toContain('countersign:challenge-returned');
        expect(shown).not.toContain('/hosted/');
      }
      const alert = new RegExp(`"event":"hosted.return_refused"[^\\n]*"${idOf(session)}"`);
      await eventually(async () => (alert.test(product.logs()) ? true : undefined));
    });
  });

  describe('that its cardholder cancels', () => {
    it('before the issuer is asked, is over', async () => {
      const session = await open(CHALLENGED);
      const page = HostedPage.of(session);
      await page.take();

      const { state } = (await page.cancel()).body;

      expect(state).toMatchObject({ step: 'done', outcome: 'failure', return_url: back(FAILURE_URL, session) });
      expect(await statusOf(session)).toBe('expired');
    });

    it('before the challenge is shown, is declined: what the issuer says later changes nothing', async () => {
      const session = await open(CHALLENGED);
      const page = HostedPage.of(session);
      const { challenge } = await page.toChallenge();

      expect((await page.cancel()).body.state).toMatchObject({ step: 'done', outcome: 'failure' });
      expect(await statusOf(session)).toBe('challenge_abandoned');

      if (isNative) {
        // The issuer gives up without a CReq and says so; here somebody posts it all the same.
        await playChallengeAt(String(challenge?.url), { ...challenge?.fields }, RIGHT);
        const transaction = String(session['transaction_id']);
        const [result] = await resultsSent(product, transaction);
        expect(result).toMatchObject({ rreq: { transStatus: 'Y' }, answer: { body: { resultsStatus: '02' } } });
      }
      expect(await statusOf(session)).toBe('challenge_abandoned');
    });

    it('after the challenge was shown, waits for the issuer, who decides', async () => {
      const session = await open(CHALLENGED);
      const page = HostedPage.of(session);
      await page.toChallenge();
      const shown = (await page.challenge()).body.state;
      expect(shown.cancel).toBe('leaves');

      expect((await page.cancel()).body.state).toMatchObject({
        step: 'done',
        outcome: 'failure',
        return_url: back(FAILURE_URL, session),
      });
      expect(await statusOf(session)).toBe('challenged');

      await returnToMerchant(await page.play(RIGHT));
      await eventually(async () => ((await statusOf(session)) === 'approved' ? true : undefined));
    });
  });

  describe('that is open in two views', () => {
    it('belongs to the last one: the first is elsewhere, and changes nothing', async () => {
      const session = await open(CHALLENGED);
      const [first, second] = [HostedPage.of(session), HostedPage.of(session)];
      await first.take();
      await second.take();

      expect((await first.state()).step).toBe('elsewhere');
      for (const answer of [
        await first.device(),
        await first.method('Y'),
        await first.challenge(),
        await first.cancel(),
      ]) {
        expect(answer.status).toBe(409);
        expect(answer.body).toMatchObject({ error_codes: ['opened_elsewhere'], state: { step: 'elsewhere' } });
      }
      expect(await statusOf(session)).toBe('pending');

      expect((await second.device()).body.state.step).toBe('challenge');
    });

    it('can be taken back', async () => {
      const session = await open(FRICTIONLESS);
      const [first, second] = [HostedPage.of(session), HostedPage.of(session)];
      await first.take();
      await second.take();

      expect((await first.take()).step).toBe('device');
      expect((await second.device()).status).toBe(409);
      expect((await first.device()).body.state.outcome).toBe('success');
    });

    it('is asked about once, however many views and posts there are', async () => {
      const session = await open(FRICTIONLESS);
      const page = HostedPage.of(session);
      await page.take();

      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => page.device()));

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      const asked = await rows<{ n: number }>(
        product,
        `SELECT count(*)::int AS n FROM session_event WHERE session_id = $1 AND type = 'request_sent'`,
        [uuidOf(idOf(session))],
      );
      expect(asked).toEqual([{ n: 1 }]);
      expect((await page.device()).body.state).toMatchObject({ step: 'done', outcome: 'success' });
    });
  });

  it('follows what the merchant does meanwhile', async () => {
    const session = await open(FRICTIONLESS);
    const page = HostedPage.of(session);
    await page.take();

    await sessions.collect(session, BROWSER);

    expect(await page.state()).toMatchObject({ step: 'done', outcome: 'success' });
    expect((await page.device()).body.state).toMatchObject({ step: 'done' });
  });

  it('keeps when its page came how far', async () => {
    const session = await open(FRICTIONLESS);
    const page = HostedPage.of(session);
    const before = Date.now();

    const first = await page.legs([
      { leg: 'page_shown', ms_ago: 500 },
      { leg: 'method_started', ms_ago: 86_400_000 },
    ]);
    await page.legs([{ leg: 'page_shown', ms_ago: 0 }]);

    expect(first.status).toBe(204);
    const legs = await rows<{ leg: string; at: Date }>(
      product,
      'SELECT leg, at FROM session_leg WHERE session_id = $1 ORDER BY leg',
      [uuidOf(idOf(session))],
    );
    expect(legs.map(({ leg }) => leg)).toEqual(['method_started', 'page_shown']);
    // The first time counts, and none is before the session.
    expect(Number(legs[1]?.at)).toBeLessThanOrEqual(before);
    expect(Number(legs[0]?.at)).toBeGreaterThan(before - 60_000);
  });

  it('goes with every scheme and card without a challenge', async () => {
    const cards = CARDS.filter(({ flow, status }) => flow === 'frictionless' && status === 'approved');
    expect(cards.length).toBeGreaterThan(5);

    for (const card of cards) {
      const page = HostedPage.of(await open(card.number));
      const state = await page.take();
      expect(state.method !== undefined).toBe(card.methodUrl);
      expect((await page.device(card.methodUrl ? 'Y' : 'U')).body.state.outcome).toBe('success');
    }
  });
});

it('leaves no link and no secret anywhere', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
