/** How a hosted page hears of changes: server-sent events, bounded; and by asking, where there is no stream. */
import { bearer, call, sessionRequest, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { PASSWORD, returnToMerchant } from '../support/cardholder';
import { hosted, HostedPage } from '../support/hosted';
import { startProduct, type Product } from '../support/product';
import { eventually } from '../support/simulator';

const FRICTIONLESS = '4485040371536584';
const CHALLENGED = '4242424242424242';

let product: Product;
let sessions: Calls;

const begin = async (env: Record<string, string> = {}): Promise<void> => {
  product = await startProduct(env);
  sessions = new Calls(product, await bearer(product));
};

const open = async (number = FRICTIONLESS): Promise<Body> =>
  (await sessions.create(sessionRequest(number, hosted()))).body;

/** A page that has the session, and its stream. */
async function listening(
  session: Body,
): Promise<{ page: HostedPage; stream: Awaited<ReturnType<HostedPage['listen']>> }> {
  const page = HostedPage.of(session);
  await page.take();
  return { page, stream: await page.listen() };
}

describe('a stream', () => {
  beforeAll(() => begin(), 120_000);
  afterAll(() => product.stop());

  it('is one that no proxy holds back', async () => {
    const { stream } = await listening(await open());
    const { status, headers } = stream.response;
    stream.close();

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('tells the state, what changes, and the end; then it ends', async () => {
    const { page, stream } = await listening(await open(CHALLENGED));
    expect(await stream.next()).toMatchObject({ step: 'device' });

    await page.device();
    await eventually(async () => ((await stream.next()).step === 'challenge' ? true : undefined));
    const end = await page.play({ password: PASSWORD });
    await returnToMerchant(end);

    const rest = await stream.rest();
    expect(rest.at(-1)).toMatchObject({ step: 'done', outcome: 'success' });
    expect(rest.filter(({ step }) => step === 'done')).toHaveLength(1);
    const versions = rest.map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((one, other) => one - other));
  });

  it('tells what the merchant does', async () => {
    const session = await open();
    const { stream } = await listening(session);
    await stream.next();

    await sessions.collect(session, BROWSER);

    expect((await stream.rest()).at(-1)).toMatchObject({ step: 'done', outcome: 'success' });
  });

  it('tells a view that another one has the session, and when it has it back', async () => {
    const session = await open();
    const { page, stream } = await listening(session);
    await stream.next();

    await HostedPage.of(session).take();
    expect(await stream.next()).toMatchObject({ step: 'elsewhere' });
    stream.close();

    await page.take();
    const anew = await page.listen();
    expect(await anew.next()).toMatchObject({ step: 'device' });
    anew.close();
  });

  it('of a view that nobody has told of is one that the session is not with', async () => {
    const { page, stream } = await listening(await open());
    stream.close();

    const foreign = await page.again().listen();

    expect(await foreign.next()).toMatchObject({ step: 'elsewhere' });
    foreign.close();
  });

  it('ends when the server stops, which it does not hold up; the next one goes on', async () => {
    const session = await open(CHALLENGED);
    const { page, stream } = await listening(session);
    await stream.next();
    const startedAt = performance.now();

    await product.restart({});
    await stream.rest();

    // A stream that held it up would have its two minutes.
    expect(performance.now() - startedAt).toBeLessThan(60_000);
    expect((await page.device()).body.state.step).toBe('challenge');
    const anew = await page.listen();
    expect(await anew.next()).toMatchObject({ step: 'challenge' });
    anew.close();
  });
});

describe('streams beyond the bound', () => {
  beforeAll(() => begin({ COUNTERSIGN_MAX_STREAMS: '3', COUNTERSIGN_MAX_REQUESTS: '2' }), 120_000);
  afterAll(() => product.stop());

  it('are refused, to come later; those pages ask instead; ordinary calls do not notice', async () => {
    const taken = [];
    for (let index = 0; index < 3; index++) taken.push(await listening(await open()));
    for (const { stream } of taken) await stream.next();
    const session = await open();

    const { page, stream: refused } = await listening(session);

    expect(refused.response.status).toBe(503);
    expect(refused.response.headers.get('retry-after')).toBe('5');
    expect(await refused.response.json()).toMatchObject({ error_codes: ['service_not_available'] });
    // Three streams are more than the two requests that may be in progress.
    expect((await call(product, 'GET', `/sessions/${String(session['id'])}`, sessions.authorization)).status).toBe(200);
    await sessions.collect(session, BROWSER);
    expect(await page.state()).toMatchObject({ step: 'done', outcome: 'success' });

    for (const { stream } of taken) stream.close();
    const last = await eventually(async () => {
      const stream = await HostedPage.of(session).listen();
      return stream.response.status === 200 ? stream : undefined;
    });
    expect((await last.rest()).at(-1)).toMatchObject({ step: 'done' });
  });
});
