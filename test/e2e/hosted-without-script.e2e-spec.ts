/** The way through a hosted page in a browser in which no script runs: links and forms, and what a browser does by itself. */
import { bearer, sessionRequest, type Body } from '../support/api';
import { Calls } from '../support/calls';
import { formIn, PASSWORD, playChallengeAt, returnToMerchant } from '../support/cardholder';
import { FAILURE_URL, hosted, HostedPage, SUCCESS_URL } from '../support/hosted';
import { startProduct, type Product } from '../support/product';
import { eventually, resetFaults, setFaults, transactionOf } from '../support/simulator';

let product: Product;

beforeAll(async () => {
  product = await startProduct();
}, 120_000);

afterEach(() => resetFaults(product));
afterAll(() => product.stop());

const back = (url: string, session: Body): string =>
  `${url}${url.includes('?') ? '&' : '?'}cko-session-id=${String(session['id'])}`;

/** What stands in the page for browsers without script. */
const withoutScript = (html: string): string =>
  [...html.matchAll(/<noscript>([\s\S]*?)<\/noscript>/g)].map(([, inside]) => inside).join('');

describe.each([
  ['our own 3DS Server', 0],
  ['an upstream of the same contract', 2],
])('a browser without script, at %s', (_name, index) => {
  let sessions: Calls;

  beforeAll(async () => {
    sessions = new Calls(product, await bearer(product, product.demo.merchants[index]));
  });

  const open = async (number: string): Promise<Body> => (await sessions.create(sessionRequest(number, hosted()))).body;

  /** Presses the page's own button of the step, and follows to the page again. */
  async function proceed(page: HostedPage): Promise<Awaited<ReturnType<HostedPage['open']>>> {
    const { action } = formIn(withoutScript((await page.open()).text), /\/continue"/);
    expect(action).toBe(`${new URL(page.url).pathname}/continue`);
    const { status, location } = await page.submit('continue', { 'accept-language': 'pl' });
    expect([status, location]).toEqual([303, new URL(page.url).pathname]);
    return page.open();
  }

  it('comes to the shop without a challenge', async () => {
    const session = await open('4485040371536584');

    const { status, location } = await proceed(HostedPage.of(session));

    expect([status, location]).toEqual([303, back(SUCCESS_URL, session)]);
    expect((await sessions.read(session))['status']).toBe('approved');
    const { transaction_id: id } = await sessions.read(session);
    const areq = (await transactionOf(product, String(id)))['areq'] as unknown as Body;
    expect(areq).toMatchObject({ browserJavascriptEnabled: false, browserLanguage: 'pl', threeDSCompInd: 'N' });
    if (index === 0) expect(areq).not.toHaveProperty('browserScreenWidth');
  });

  it('comes to the shop through a challenge that takes the place of the page', async () => {
    const session = await open('4242424242424242');
    const page = HostedPage.of(session);
    const asked = await proceed(page);
    expect(asked.status).toBe(200);
    const told = await proceed(page);

    const { action, fields } = formIn(withoutScript(told.text), /name="creq"/);
    const { page: end } = await returnToMerchant(await playChallengeAt(action, fields, { password: PASSWORD }));

    const [, home = ''] = /<noscript><meta http-equiv="refresh" content="0; url=([^"]+)">/.exec(end) ?? [];
    expect(home.split('#', 1)[0]).toBe(page.url);
    const last = await eventually(async () => {
      const answer = await page.open();
      return answer.status === 303 ? answer : undefined;
    });
    expect(last.location).toBe(back(SUCCESS_URL, session));
  });

  it('can leave at every step, which cancels what can be cancelled', async () => {
    const [early, late] = [await open('4242424242424242'), await open('4242424242424242')];
    const page = HostedPage.of(late);
    await proceed(page);
    await proceed(page);

    for (const session of [early, late]) {
      const { status, location } = await HostedPage.of(session).submit('leave');
      expect([status, location]).toEqual([303, back(FAILURE_URL, session)]);
    }

    expect((await sessions.read(early))['status']).toBe('expired');
    // Its challenge had been shown: only the issuer ends it now.
    expect((await sessions.read(late))['status']).toBe('challenged');
  });

  it('can look again while the issuer is asked', async () => {
    await setFaults(product, { ds: { mode: 'slow', delayMs: 9_000, times: 1, scheme: 'visa' } });
    const session = await open('4485040371536584');

    const page = HostedPage.of(session);
    const waiting = await proceed(page);

    expect(waiting.status).toBe(200);
    expect(withoutScript(waiting.text)).toContain(`<form action="${new URL(page.url).pathname}"><button`);
    const last = await eventually(async () => {
      const answer = await HostedPage.of(session).open();
      return answer.status === 303 ? answer : undefined;
    }, 20_000);
    expect(last.location).toBe(back(SUCCESS_URL, session));
  });
});
