/** What the scripted Checkout.com tells by itself (callbacks, webhooks), and the channels beside the browser. */
import { createHmac } from 'node:crypto';
import { startSimulator, type RunningSimulator } from '../../apps/simulator/src/simulator';
import { BROWSER_DATA, sessionRequest, type Body } from '../support/api';
import { eventually } from '../support/simulator';
import { Receiver, UpstreamHandles, type Posted, type UpstreamReply } from '../support/upstream';
import { contractFaults } from '../support/upstream-contract';

const APPROVED = '4485040371536584';
const DECLINED = '4539628347117863';
const CHALLENGED = '4242424242424242';
const KEY = 'the webhook key';
const WITH_DATA = { channel_data: { ...BROWSER_DATA, three_ds_method_completion: 'Y' } };

let simulator: RunningSimulator;
let upstream: UpstreamHandles;
let receiver: Receiver;
let authorization: string;

beforeAll(async () => {
  // A thousand times faster, so that what is sent again comes within a second.
  simulator = await startSimulator({ port: 0, host: '127.0.0.1', publicUrl: null, dataDir: '.', timeScale: 1000 });
  upstream = new UpstreamHandles(simulator.url);
});

afterAll(() => simulator.close());

beforeEach(async () => {
  receiver = await Receiver.start();
  await upstream.control('DELETE', '');
  const webhook = { url: receiver.url, key: KEY, authorization: 'as configured' };
  await upstream.control('PUT', '/accounts/ack_one', { clientSecret: 's', webhook });
  authorization = `Bearer ${String((await upstream.token('ack_one', 's')).body['access_token'])}`;
});

afterEach(() => receiver.stop());

const call = (method: string, path: string, body?: unknown): Promise<UpstreamReply> =>
  upstream.send(method, `/upstream/sessions${path}`, { authorization }, body);
const create = async (number: string, extra: object = {}): Promise<Body> =>
  (await call('POST', '', sessionRequest(number, { completion: { type: 'non_hosted' }, ...WITH_DATA, ...extra }))).body;
const received = (count: number): Promise<Posted[]> =>
  eventually(async () => (receiver.posted.length >= count ? receiver.posted : undefined));
const typesOf = (posted: readonly Posted[]): string[] =>
  posted.map(({ text }) => /"type":"(authentication_\w+)"/.exec(text)?.[1] ?? '');

describe('webhooks', () => {
  it('tell the beginning and the end, signed over the raw body', async () => {
    const session = await create(APPROVED, { reference: 'ORD-1' });

    const posted = await received(2);

    expect(typesOf(posted).sort()).toEqual(['authentication_approved', 'authentication_started']);
    for (const { headers, text } of posted) {
      const event = JSON.parse(text) as Body;
      expect(contractFaults('AuthenticationEvent', event)).toEqual([]);
      expect(event['data']).toMatchObject({ session_id: session['id'], reference: 'ORD-1', amount: '6540' });
      expect(headers).toMatchObject({
        authorization: 'as configured',
        'cko-signature': createHmac('sha256', KEY).update(text).digest('hex'),
      });
    }
  });

  it.each([
    ['declined', DECLINED, 'authentication_failed', 'Declined'],
    ['attempted', '4556574722325580', 'authentication_attempted', undefined],
    ['unavailable by an error', '4452927588210665', 'authentication_failed', 'Unavailable'],
  ])('tell what was %s', async (_what, number, type, reason) => {
    await create(number);

    const posted = await received(2);
    const event = posted.map(({ text }) => JSON.parse(text) as Body).find((one) => one['type'] === type);
    expect(contractFaults('AuthenticationEvent', event)).toEqual([]);
    expect(event?.['data']?.['reason']).toBe(reason);
  });

  it('tell the end of a challenge, and that the bank has waited too long as an expiry', async () => {
    await create(CHALLENGED);

    // At this time scale the bank waits 30 ms for a browser.
    const [, last] = await received(2);

    expect(JSON.parse(last?.text ?? '')).toMatchObject({
      type: 'authentication_expired',
      data: { reason: 'ChallengeExpired', challenged: true },
    });
  });

  it('come again until they are acknowledged, and when control asks', async () => {
    receiver.status = 500;
    await create(APPROVED);
    await received(2);
    receiver.status = 200;

    const posted = await received(4);
    const ids = posted.map(({ text }) => (JSON.parse(text) as Body)['id'] as unknown as string);
    expect(new Set(ids).size).toBe(2);

    const [id] = ids;
    await upstream.control('POST', `/webhooks/${id}/resend`);
    expect((JSON.parse((await received(5)).at(-1)?.text ?? '') as Body)['id']).toBe(id);
  });

  it.each([
    ['duplicate', ['authentication_approved', 'authentication_approved']],
    ['late', ['authentication_approved']],
  ])('can be %s', async (mode, types) => {
    await upstream.faults(
      { on: 'webhook', mode: 'drop', event: 'authentication_started' },
      { on: 'webhook', mode, delayMs: 20 },
    );
    await create(APPROVED);

    expect(typesOf(await received(types.length))).toEqual(types);
  });

  it('can come in the wrong order', async () => {
    await upstream.faults({ on: 'webhook', mode: 'out_of_order', event: 'authentication_started' });
    await create(APPROVED);

    expect(typesOf(await received(2))).toEqual(['authentication_approved', 'authentication_started']);
  });

  it('can be lost, which control shows', async () => {
    await upstream.faults({ on: 'webhook', mode: 'drop' });
    const session = await create(APPROVED);

    const { data } = await upstream.control('GET', `/webhooks?session_id=${String(session['id'])}`);
    expect(data).toMatchObject([
      { type: 'authentication_started', fault: 'drop', deliveries: [] },
      { type: 'authentication_approved', fault: 'drop', deliveries: [] },
    ]);
    expect(receiver.posted).toEqual([]);
  });

  it.each([
    ['bad_signature', /^[0-9a-f]{64}$/],
    ['unsigned', /^none$/],
  ])('can be %s', async (mode, signature) => {
    await upstream.faults({ on: 'webhook', mode });
    await create(APPROVED);

    for (const { headers, text } of await received(2)) {
      const sent = String(headers['cko-signature'] ?? 'none');
      expect(sent).toMatch(signature);
      expect(sent).not.toBe(createHmac('sha256', KEY).update(text).digest('hex'));
    }
  });

  it('can be malformed as real ones were, with a signature that holds', async () => {
    await upstream.faults({ on: 'webhook', mode: 'malformed', event: 'authentication_failed' });
    await create(DECLINED);

    const failed = (await received(2)).find(({ text }) => text.includes('authentication_failed'));
    const text = failed?.text ?? '';
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(failed?.headers['cko-signature']).toBe(createHmac('sha256', KEY).update(text).digest('hex'));
    const repaired = text.replace('\uFFFD', '').replace('"reason"', '"data":{"reason"');
    expect(contractFaults('AuthenticationEvent', JSON.parse(repaired))).toEqual([]);
  });
});

describe('the callback of a completion', () => {
  it('goes out within the call, unsigned, with the result', async () => {
    const completion = { type: 'non_hosted', callback_url: receiver.url };
    await upstream.faults({ on: 'webhook', mode: 'drop' });
    const { id } = await create(APPROVED, { completion });

    expect((await call('POST', `/${String(id)}/complete`)).status).toBe(204);

    const [posted] = receiver.posted;
    const body = JSON.parse(posted?.text ?? '') as Body;
    expect(contractFaults('CompletionCallback', body)).toEqual([]);
    expect(body).toMatchObject({ session_id: id, status: 'approved', approved: true, eci: '05' });
    expect(posted?.headers).not.toHaveProperty('cko-signature');
    expect((await call('POST', `/${String(id)}/complete`)).status).toBe(403);
  });

  it('fails with the callback, and can be tried again', async () => {
    const completion = { type: 'non_hosted', callback_url: receiver.url };
    receiver.status = 500;
    const { id } = await create(APPROVED, { completion });

    expect(await call('POST', `/${String(id)}/complete`)).toMatchObject({
      status: 502,
      body: { error_type: 'callback_failed', error_codes: ['session_callback_failed'] },
    });

    receiver.status = 200;
    expect((await call('POST', `/${String(id)}/complete`)).status).toBe(204);
    const { data } = await upstream.control('GET', `/callbacks?session_id=${String(id)}`);
    expect(data).toMatchObject([{ status: 500 }, { status: 200 }]);
  });
});

describe('other channels', () => {
  const APP = {
    channel: 'app',
    sdk_app_id: '11111111-1111-4111-8111-111111111111',
    sdk_max_timeout: 5,
    sdk_ephem_pub_key: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
    sdk_encrypted_data: 'aa.bb.cc.dd.ee',
    sdk_reference_number: 'ref',
    sdk_transaction_id: '22222222-2222-4222-8222-222222222222',
    sdk_interface_type: 'both',
    sdk_ui_elements: ['text'],
  };

  it('takes an app whose data comes later, and asks it to run no 3DS Method', async () => {
    const session = await create(APPROVED, { channel_data: { channel: 'app' } });

    expect(contractFaults('SessionAccepted', session)).toEqual([]);
    expect(session).toMatchObject({ status: 'pending', next_actions: ['collect_channel_data'] });
    expect((await call('PUT', `/${String(session['id'])}/collect-data`, APP)).body).toMatchObject({
      status: 'approved',
    });
  });

  it('challenges an app without an address, and waits for control', async () => {
    const session = await create(CHALLENGED, { channel_data: APP });
    expect(contractFaults('SessionCreated', session)).toEqual([]);
    expect(session).toMatchObject({ status: 'challenged', acs: { interface: 'native_ui' } });
    expect(session['acs']?.['signed_content']).toEqual(expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/));
    expect(session['acs']).not.toHaveProperty('url');

    await upstream.control('POST', `/sessions/${String(session['id'])}/settle`, { status: 'approved' });

    const { body } = await call('GET', `/${String(session['id'])}`);
    expect(contractFaults('Session', body)).toEqual([]);
    expect(body).toMatchObject({ status: 'approved', challenged: true });
  });

  it('cannot read what an app did not encrypt', async () => {
    const session = await create(APPROVED, { channel_data: { ...APP, sdk_encrypted_data: 'bogus' } });

    expect(session).toMatchObject({ status: 'unavailable', response_code: 'U', next_actions: ['complete'] });
    expect(session).not.toHaveProperty('acs');
  });

  it('never challenges where nobody is', async () => {
    const channel_data = { channel: 'merchant_initiated', request_type: 'recurring_transaction' };

    expect(await create(APPROVED, { channel_data })).toMatchObject({ status: 'approved' });
    expect(await create(CHALLENGED, { channel_data })).toMatchObject({
      status: 'unavailable',
      response_status_reason: '21',
    });
  });
});
