/** A hosted page that one replica serves, and a session that another one changes. */
import { bearer, sessionRequest, type Body } from '../support/api';
import { BROWSER, Calls } from '../support/calls';
import { PASSWORD, returnToMerchant } from '../support/cardholder';
import { hosted, HostedPage } from '../support/hosted';
import { startReplicas, type ReplicatedProduct } from '../support/replicas';
import { eventually } from '../support/simulator';

let product: ReplicatedProduct;
let urls: readonly [string, string];
let sessions: Calls;

beforeAll(async () => {
  product = await startReplicas();
  urls = [product.replicas[0].url, product.replicas[1].url];
  sessions = new Calls(product, await bearer(product));
}, 240_000);

afterAll(() => product?.stop());

const open = async (number: string): Promise<Body> => (await sessions.create(sessionRequest(number, hosted()))).body;

it('is told by its own replica what another one has changed', async () => {
  const session = await open('4485040371536584');
  const page = HostedPage.of(session, urls[0]);
  await page.take();
  const stream = await page.listen();
  expect(await stream.next()).toMatchObject({ step: 'device' });

  await new Calls(product.through(product.replicas[1]), sessions.authorization).collect(session, BROWSER);

  expect((await stream.rest()).at(-1)).toMatchObject({ step: 'done', outcome: 'success' });
});

it('is told when it was opened anew at another one', async () => {
  const session = await open('4485040371536584');
  const first = HostedPage.of(session, urls[0]);
  await first.take();
  const stream = await first.listen();
  await stream.next();

  await HostedPage.of(session, urls[1]).take();

  expect(await stream.next()).toMatchObject({ step: 'elsewhere' });
  stream.close();
});

it('goes through a whole challenge, whichever replica each call comes to', async () => {
  for (const [one, other] of [urls, [urls[1], urls[0]]] as const) {
    const session = await open('4242424242424242');
    const page = HostedPage.of(session, one);
    await page.toChallenge();
    const stream = await page.listen();
    await stream.next();

    // The issuer's result comes to the balancer, and from there to either.
    await returnToMerchant(await page.play({ password: PASSWORD }));

    expect((await stream.rest()).at(-1)).toMatchObject({ step: 'done', outcome: 'success' });
    const late = await eventually(async () => {
      const answer = await HostedPage.of(session, other).open();
      return answer.status === 303 ? answer : undefined;
    });
    expect(late.location).toMatch(/\/yes\?order=1001&cko-session-id=sid_\w{26}$/);
  }
});

it('goes on at the other replica when its own is killed', async () => {
  const session = await open('4242424242424242');
  const page = HostedPage.of(session, urls[0]);
  await page.toChallenge();
  const stream = await page.listen();
  await stream.next();

  await product.replicas[0].kill();
  await stream.rest().catch(() => []);
  try {
    const same = HostedPage.of(session, urls[1]);
    expect(await same.take()).toMatchObject({ step: 'challenge' });
    await returnToMerchant(await same.play({ password: PASSWORD }));
    const last = await same.listen();
    expect((await last.rest()).at(-1)).toMatchObject({ step: 'done', outcome: 'success' });
  } finally {
    await product.replicas[0].revive();
  }
});
