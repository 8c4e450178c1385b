/** The scripted Checkout.com speaks the contract: the real SDK as its client, the contract's document as the judge. */
import { startSimulator, type RunningSimulator } from '../../apps/simulator/src/simulator';
import { BROWSER_DATA, sessionRequest, type Body } from '../support/api';
import { CARDS, PASSWORD, playChallenge, returnToMerchant, type TestCard } from '../support/cardholder';
import type { Product } from '../support/product';
import { Sdk, SDK_PACKAGES, type SdkSessions } from '../support/sdk';
import { UpstreamHandles, type UpstreamReply } from '../support/upstream';
import { contractFaults } from '../support/upstream-contract';

const FRICTIONLESS = '4485040371536584';
const CHALLENGED = '4242424242424242';
const WITH_METHOD = { ...BROWSER_DATA, three_ds_method_completion: 'Y' };
const CREDENTIALS = { clientId: 'ack_simulatorupstreamdemo22222', clientSecret: 'simulator-upstream-demo-secret' };

let simulator: RunningSimulator;
let product: Product;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, host: '127.0.0.1', publicUrl: null, dataDir: '.', timeScale: 1 });
  const apiUrl = `${simulator.url}/upstream`;
  const demo = { ...CREDENTIALS, apiUrl, tokenUrl: `${apiUrl}/connect/token`, merchants: [] };
  product = { apiUrl, simulatorUrl: simulator.url, demo } as unknown as Product;
});

afterAll(() => simulator.close());

const purchase = (number: string, extra: Record<string, unknown> = {}): Record<string, unknown> =>
  sessionRequest(number, { completion: { type: 'non_hosted' }, ...extra });

describe.each(SDK_PACKAGES)('%s', (packageName) => {
  let sdk: Sdk;
  let sessions: SdkSessions;

  beforeAll(async () => {
    sdk = await Sdk.start(packageName, product);
    sessions = sdk.withCredentials();
  });

  afterAll(() => sdk.stop());

  it('goes through a frictionless session: create, 3DS Method, device data, complete', async () => {
    const created = await sessions.request(purchase(FRICTIONLESS));
    expect(contractFaults('SessionAccepted', created)).toEqual([]);
    expect(created).toMatchObject({
      status: 'pending',
      next_actions: ['collect_channel_data', 'issuer_fingerprint'],
      _links: { three_ds_method_url: { href: `${simulator.url}/acs/method` } },
    });
    const id = String(created['id']);

    const reported = await sessions.update3DSMethodCompletionIndicator(id, 'Y');
    expect(contractFaults('SessionAfterFingerprint', reported)).toEqual([]);
    expect(reported).toMatchObject({ status: 'pending', next_actions: ['collect_channel_data'] });

    const updated = await sessions.update(id, BROWSER_DATA);
    expect(contractFaults('Session', updated)).toEqual([]);
    expect(updated).toMatchObject({ status: 'approved', response_code: 'Y', eci: '05', next_actions: ['complete'] });

    await sessions.complete(id);
    const read = await sessions.get(id);
    expect(contractFaults('Session', read)).toEqual([]);
    expect(read).toMatchObject({ completed: true, next_actions: [], session_secret: created['session_secret'] });
  });

  it('goes through a challenge, to the end that the cardholder makes', async () => {
    const created = await sessions.request(purchase(CHALLENGED, { channel_data: WITH_METHOD }));
    expect(contractFaults('SessionCreated', created)).toEqual([]);
    expect(created).toMatchObject({
      status: 'challenged',
      response_code: 'C',
      next_actions: ['challenge_cardholder'],
      acs: { url: `${simulator.url}/acs/challenge` },
    });

    const end = await playChallenge(created, { password: PASSWORD });
    expect(end.cres).toMatchObject({ messageType: 'CRes', transStatus: 'Y' });
    expect((await returnToMerchant(end)).status).toBe(200);

    const read = await sessions.get(String(created['id']));
    expect(contractFaults('Session', read)).toEqual([]);
    expect(read).toMatchObject({ status: 'approved', response_code: 'Y', challenged: true, flow_type: 'challenged' });
  });

  it('keeps from the holder of a session secret what only OAuth may see', async () => {
    const created = await sessions.request(purchase(FRICTIONLESS, { channel_data: WITH_METHOD }));

    const read = await sdk.withSecret(String(created['session_secret'])).get(String(created['id']));

    expect(contractFaults('Session', read)).toEqual([]);
    expect(Object.keys(read)).toEqual(expect.arrayContaining(['ds', 'acs', 'card', 'response_code']));
    for (const name of ['session_secret', 'certificates', 'cryptogram', 'eci']) expect(read).not.toHaveProperty(name);
  });

  it('says what is wrong as the contract does', async () => {
    const { currency: _currency, ...incomplete } = purchase(FRICTIONLESS);
    const refused = (calls: Promise<unknown>): Promise<unknown> => calls.catch((error: unknown) => error);
    const pending = await sessions.request(purchase(FRICTIONLESS));

    expect(await refused(sessions.request(incomplete))).toMatchObject({
      httpCode: 422,
      body: { error_type: 'unprocessable_entity', error_codes: ['currency_required'] },
    });
    expect(await refused(sessions.complete(String(pending['id'])))).toMatchObject({
      httpCode: 403,
      body: { error_type: 'operation_not_allowed', error_codes: ['update_not_allowed_due_to_state'] },
    });
    expect(await refused(sessions.get('sid_aaaaaaaaaaaaaaaaaaaaaaaaaa'))).toMatchObject({
      httpCode: 404,
      body: { error_type: 'not_found', error_codes: ['session_not_found'] },
    });
    expect(
      await refused(sdk.withCredentials({ ...CREDENTIALS, clientSecret: 'wrong' }).request(purchase(FRICTIONLESS))),
    ).toMatchObject({ body: { error: 'invalid_client' } });
  });
});

const listed = CARDS.filter((card) => card.status !== 'error').map(
  (card) => [card.scheme, card.flow, card.status, card.number, card] as const,
);

describe('every listed card', () => {
  let sdk: Sdk;
  let sessions: SdkSessions;

  beforeAll(async () => {
    sdk = await Sdk.start('checkout-sdk-node', product);
    sessions = sdk.withCredentials();
  });

  afterAll(() => sdk.stop());

  const play = async (card: TestCard): Promise<Body> => {
    const created = await sessions.request(purchase(card.number, { channel_data: WITH_METHOD }));
    expect(contractFaults('SessionCreated', created)).toEqual([]);
    if (card.flow === 'frictionless') return created;
    expect(created).toMatchObject({ status: 'challenged' });
    await playChallenge(created, { password: PASSWORD });
    return sessions.get(String(created['id']));
  };

  it.each(listed)('%s %s %s: %s', async (scheme, _flow, status, _number, card) => {
    const session = await play(card);

    expect(contractFaults('Session', { ...session })).toEqual([]);
    expect(session).toMatchObject({
      scheme,
      status,
      ...(card.reason === undefined ? {} : { status_reason: card.reason }),
    });
  });
});

describe('a hosted session', () => {
  let upstream: UpstreamHandles;
  let authorization: string;

  beforeAll(async () => {
    upstream = new UpstreamHandles(simulator.url);
    const { body } = await upstream.token(CREDENTIALS.clientId, CREDENTIALS.clientSecret);
    authorization = `Bearer ${String(body['access_token'])}`;
  });

  const call = (method: string, path: string, body?: unknown): Promise<UpstreamReply> =>
    upstream.send(method, `/upstream/sessions${path}`, { authorization }, body);
  const completion = {
    type: 'hosted',
    success_url: 'https://shop.example/success?order=1',
    failure_url: 'https://shop.example/failure',
  };
  const open = async (number: string): Promise<{ session: Body; answer: UpstreamReply }> => {
    const { body: session } = await call('POST', '', purchase(number, { completion }));
    expect(contractFaults('SessionAccepted', session)).toEqual([]);
    expect(session['next_actions']).toEqual(['redirect_cardholder']);
    const url = String(session['_links']?.['redirect_url']?.['href']);
    expect(await (await fetch(url)).text()).toContain('<form id="device"');
    return { session, answer: await upstream.post(url, new URLSearchParams({ language: 'fr' })) };
  };

  it.each([
    [FRICTIONLESS, 'https://shop.example/success?order=1&cko-session-id='],
    ['4539628347117863', 'https://shop.example/failure?cko-session-id='],
  ])('with %s goes back to %s', async (number, target) => {
    const { session, answer } = await open(number);

    expect(answer).toMatchObject({ status: 303 });
    expect(answer.headers.get('location')).toBe(`${target}${String(session['id'])}`);
    const { body } = await call('GET', `/${String(session['id'])}`);
    expect(contractFaults('Session', body)).toEqual([]);
    expect(body['next_actions']).toEqual([]);
    expect(body['_links']).not.toHaveProperty('redirect_url');
  });

  it('goes through the challenge first', async () => {
    const { session, answer } = await open(CHALLENGED);
    expect(answer.text).toContain(`action="${simulator.url}/acs/challenge"`);

    const challenged = (await call('GET', `/${String(session['id'])}`)).body;
    const end = await playChallenge(challenged, { password: PASSWORD });
    const back = await upstream.post(end.notificationUrl, new URLSearchParams(end.form));

    expect(back.headers.get('location')).toContain('https://shop.example/success');
  });
});
