import { BROWSER_DATA, sessionRequest, type Body } from '../support/api';
import { acceptedMembers, approvedCallback, BROWSER } from '../support/calls';
import { PASSWORD, playChallenge, returnToMerchant } from '../support/cardholder';
import { findLeaks, watchedKinds } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { Sdk, SDK_PACKAGES, type SdkCards, type SdkSessions } from '../support/sdk';
import { callbacksOf, callbackUrl } from '../support/simulator';

const FRICTIONLESS = '4485040371536584';
const CHALLENGED = '4242424242424242';
const WITHOUT_METHOD = '4556085951507152';

let product: Product;

beforeAll(async () => {
  product = await startProduct();
}, 120_000);

afterAll(() => product.stop());

const refusal = (errorType: string, ...codes: string[]): Record<string, unknown> => ({
  request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  error_type: errorType,
  error_codes: codes,
});

describe.each(SDK_PACKAGES)('%s', (packageName) => {
  let sdk: Sdk;
  let sessions: SdkSessions & SdkCards;

  beforeAll(async () => {
    sdk = await Sdk.start(packageName, product);
    sessions = sdk.withCredentials();
  });

  afterAll(() => sdk.stop());

  const purchase = (number: string, extra: Record<string, unknown> = {}): Record<string, unknown> =>
    sessionRequest(number, { completion: { type: 'non_hosted', callback_url: callbackUrl(product) }, ...extra });
  const withBrowser = (number: string): Promise<Body> => sessions.request(purchase(number, { channel_data: BROWSER }));
  const idOf = (session: Body): string => String(session['id']);
  const secretOf = (session: Body): string => String(session['session_secret']);

  describe('creates a session', () => {
    it('without device data: the merchant is to collect it and to run the 3DS Method', async () => {
      const session = await sessions.request(purchase(FRICTIONLESS));

      const self = `${product.demo.apiUrl}/sessions/${idOf(session)}`;
      expect(session).toEqual({
        ...acceptedMembers(product),
        next_actions: ['collect_channel_data', 'issuer_fingerprint'],
        _links: {
          self: { href: self },
          collect_channel_data: { href: `${self}/collect-data` },
          issuer_fingerprint: { href: `${self}/issuer-fingerprint` },
          three_ds_method_url: { href: expect.stringMatching(/^http/) as string },
          callback_url: { href: callbackUrl(product) },
        },
      });
    });

    it('of a card without a 3DS Method: only the device data is missing', async () => {
      const session = await sessions.request(purchase(WITHOUT_METHOD));

      expect(session).toMatchObject({ status: 'pending', next_actions: ['collect_channel_data'] });
      expect(Object.keys(session['_links'] ?? {}).sort()).toEqual(['callback_url', 'collect_channel_data', 'self']);
    });

    it('with device data but no word on the 3DS Method: that is what is missing', async () => {
      const session = await sessions.request(purchase(FRICTIONLESS, { channel_data: BROWSER_DATA }));
      expect(session).toMatchObject({ status: 'pending', next_actions: ['issuer_fingerprint'] });

      const settled = await sessions.update3DSMethodCompletionIndicator(idOf(session), 'Y');

      expect(settled).toMatchObject({ status: 'approved', response_code: 'Y', next_actions: ['complete'] });
    });

    it('with all of it: authenticated at once, with everything that an authorization needs', async () => {
      const session = await withBrowser(FRICTIONLESS);

      expect(session).toMatchObject({
        status: 'approved',
        approved: true,
        challenged: false,
        completed: false,
        response_code: 'Y',
        flow_type: 'frictionless',
        eci: '05',
        cryptogram: expect.stringMatching(/^[A-Za-z0-9+/]{27}=$/) as string,
        xid: session['ds']?.['transaction_id'],
        next_actions: ['complete'],
        session_secret: expect.stringMatching(/^sek_/) as string,
        acs: { reference_number: expect.any(String) as string, transaction_id: expect.any(String) as string },
      });
      expect(session['_links']).toMatchObject({
        complete: { href: `${product.demo.apiUrl}/sessions/${idOf(session)}/complete` },
      });
    });

    it('that is to be challenged: with the address of the issuer and the message to take there', async () => {
      const session = await withBrowser(CHALLENGED);

      expect(session).toMatchObject({
        status: 'challenged',
        response_code: 'C',
        next_actions: ['challenge_cardholder'],
        acs: { url: expect.stringMatching(/^http/) as string, challenge_mandated: false },
      });
      const creq = Buffer.from(String(session['3ds']?.['challenge_request']), 'base64url').toString();
      expect(JSON.parse(creq)).toMatchObject({
        messageType: 'CReq',
        threeDSServerTransID: session['transaction_id'],
        acsTransID: session['acs']?.['transaction_id'],
      });
      expect(session).not.toHaveProperty('approved');
    });
  });

  describe('reads a session', () => {
    it('with and without a channel: an app cannot run a 3DS Method in a browser', async () => {
      const id = idOf(await sessions.request(purchase(FRICTIONLESS)));

      const [plain, browser, app] = [
        await sessions.get(id),
        await sessions.get(id, 'browser'),
        await sessions.get(id, 'app'),
      ];

      expect(plain['next_actions']).toEqual(['collect_channel_data', 'issuer_fingerprint']);
      expect(browser['next_actions']).toEqual(['collect_channel_data', 'issuer_fingerprint']);
      expect(app['next_actions']).toEqual(['collect_channel_data']);
      expect(Object.keys(app['_links'] ?? {}).sort()).toEqual(['callback_url', 'collect_channel_data', 'self']);
    });

    it('with the secret that it was created with, every time', async () => {
      const created = await withBrowser(FRICTIONLESS);

      const read = await sessions.get(idOf(created));

      expect(read).toEqual(created);
    });
  });

  describe('goes through a session', () => {
    it('by device data, also after a read that leaves junk in the headers of every later call', async () => {
      const client = sdk.withCredentials();
      const id = idOf(await client.request(purchase(FRICTIONLESS)));
      await client.get(id);

      const session = await client.update(id, BROWSER);
      await client.complete(id);

      expect(session).toMatchObject({ status: 'approved', next_actions: ['complete'] });
      expect(await client.get(id)).toMatchObject({ completed: true });
    });

    it('by 3DS Method first, device data second', async () => {
      const id = idOf(await sessions.request(purchase(FRICTIONLESS)));

      const reported = await sessions.update3DSMethodCompletionIndicator(id, 'Y');
      expect(reported).toMatchObject({ status: 'pending', next_actions: ['collect_channel_data'] });

      expect(await sessions.update(id, BROWSER_DATA)).toMatchObject({ status: 'approved', response_code: 'Y' });
    });

    it('through a challenge to the callback', async () => {
      const created = await withBrowser(CHALLENGED);
      const id = idOf(created);

      const end = await playChallenge(created, { password: PASSWORD });
      const page = await returnToMerchant(end);
      const final = await sessions.get(id);
      await sessions.complete(id);

      expect(end.cres).toMatchObject({ messageType: 'CRes', transStatus: 'Y' });
      expect(page).toMatchObject({ status: 200 });
      expect(final).toMatchObject({
        status: 'approved',
        approved: true,
        challenged: true,
        response_code: 'Y',
        eci: '05',
        flow_type: 'challenged',
        next_actions: ['complete'],
        '3ds': { interaction_counter: '01' },
      });
      const [callback, ...others] = await callbacksOf(product, id);
      expect(others).toEqual([]);
      expect(callback?.verified).toBe(true);
      expect(callback?.body).toEqual(approvedCallback(final));
    });

    it('and completes it once', async () => {
      const id = idOf(await withBrowser(FRICTIONLESS));

      const answer = await sessions.complete(id);

      expect(answer).toEqual({});
      expect(await sessions.get(id)).toMatchObject({ status: 'approved', completed: true, next_actions: [] });
      await expect(sessions.complete(id)).rejects.toMatchObject({
        type: 'ActionNotAllowed',
        body: refusal('operation_not_allowed', 'update_not_allowed_due_to_state'),
      });
      expect(await callbacksOf(product, id)).toHaveLength(1);
    });

    it('with the other HTTP client', async () => {
      const client = sdk.withCredentials(product.demo, { httpClient: 'axios' });
      const id = idOf(await client.request(purchase(FRICTIONLESS)));
      await client.get(id);
      await client.update3DSMethodCompletionIndicator(id, 'Y');

      expect(await client.update(id, BROWSER)).toMatchObject({ status: 'approved' });
      expect(await client.complete(id)).toBe('');
      expect(await client.get(id, 'browser')).toMatchObject({ completed: true });
    });
  });

  describe('with nothing but the session secret', () => {
    it('goes all the way', async () => {
      const created = await sessions.request(purchase(CHALLENGED));
      const id = idOf(created);
      const device = sdk.withSecret(secretOf(created));

      const reported = await device.update3DSMethodCompletionIndicator(id, 'Y');
      const challenged = await device.update(id, BROWSER);
      await playChallenge(challenged, { password: PASSWORD });
      const final = await device.get(id);
      await device.complete(id);

      expect(reported).toMatchObject({ status: 'pending' });
      expect(challenged).toMatchObject({ status: 'challenged' });
      expect(final).toMatchObject({ status: 'approved' });
      expect(await device.get(id, 'browser')).toMatchObject({ completed: true, next_actions: [] });
    });

    it('sees the session, but not what only the merchant may know', async () => {
      const created = await withBrowser(FRICTIONLESS);
      const { session_secret, cryptogram, eci, upstream: _upstream, ...rest } = created;
      expect([session_secret, cryptogram, eci].every((value) => typeof value === 'string')).toBe(true);

      const seen = await sdk.withSecret(secretOf(created)).get(idOf(created));

      expect(seen).toEqual(rest);
      expect(Object.keys(seen)).toEqual(
        expect.arrayContaining(['ds', 'acs', 'card', 'response_code', 'next_actions', '_links']),
      );
    });

    it('sees no more of what its own calls answer', async () => {
      const created = await sessions.request(purchase(FRICTIONLESS));
      const device = sdk.withSecret(secretOf(created));

      const answers = [
        await device.update3DSMethodCompletionIndicator(idOf(created), 'Y'),
        await device.update(idOf(created), BROWSER),
      ];

      for (const name of ['session_secret', 'cryptogram', 'eci', 'certificates'])
        for (const answer of answers) expect(answer).not.toHaveProperty(name);
    });

    it('cannot open sessions', async () => {
      const created = await sessions.request(purchase(FRICTIONLESS));

      await expect(sdk.withSecret(secretOf(created)).request(purchase(FRICTIONLESS))).rejects.toMatchObject({
        type: 'AuthenticationError',
        body: refusal('forbidden', 'unauthorized'),
      });
    });
  });

  describe('takes a card from a page', () => {
    const card = { number: FRICTIONLESS, expiry_month: 12, expiry_year: 2030, cvv: '100' };
    const handOver = async (): Promise<Body> => sdk.withPublicKey(product.demo.publicKey).requestToken(card);

    it('by a token, and keeps it, shows it, uses it again and deletes it', async () => {
      const token = await handOver();
      expect(token).toMatchObject({ type: 'card', scheme: 'Visa', last4: '6584', expiry_month: 12 });
      const source = { type: 'token', token: token['token'], store_for_future_use: true };

      const session = await sessions.request(purchase(FRICTIONLESS, { source, channel_data: BROWSER }));

      expect(session).toMatchObject({ status: 'approved' });
      const id = String(session['card']?.['instrument_id']);
      expect(await sessions.getInstrument(id)).toMatchObject({
        id,
        type: 'card',
        fingerprint: session['card']?.['fingerprint'],
        last4: '6584',
      });
      const again = purchase(FRICTIONLESS, { source: { type: 'id', id }, channel_data: BROWSER });
      expect(await sessions.request(again)).toMatchObject({ status: 'approved', card: { instrument_id: id } });
      await sessions.deleteInstrument(id);
      await expect(sessions.getInstrument(id)).rejects.toMatchObject({ type: 'NotFoundError' });
      await expect(sessions.request(again)).rejects.toMatchObject({
        type: 'ValidationError',
        body: refusal('unprocessable_entity', 'error_getting_instrument'),
      });
    });

    it('and learns what was wrong with it, with the key or with the token', async () => {
      const page = sdk.withPublicKey(product.demo.publicKey);
      await expect(page.requestToken({ ...card, number: '4485040371536585' })).rejects.toMatchObject({
        type: 'ValidationError',
        httpCode: 422,
        body: refusal('unprocessable_entity', 'number_invalid'),
      });
      await expect(sdk.withPublicKey('pk_nobody').requestToken(card)).rejects.toMatchObject({
        type: 'AuthenticationError',
        httpCode: 401,
      });
      const { token } = await handOver();
      const spend = purchase(FRICTIONLESS, { source: { type: 'token', token } });
      await sessions.request(spend);
      await expect(sessions.request(spend)).rejects.toMatchObject({
        type: 'ValidationError',
        body: refusal('unprocessable_entity', 'invalid_token'),
      });
    });
  });

  describe('learns what was wrong', () => {
    it('with a request: every failing field', async () => {
      const { amount: _amount, currency: _currency, ...request } = purchase('4485040371536585');
      const broken = { ...request, channel_data: { ...BROWSER, ip_address: 'home' }, completion: { type: 'hosted' } };

      await expect(sessions.request(broken)).rejects.toMatchObject({
        type: 'ValidationError',
        httpCode: 422,
        body: {
          error_type: 'unprocessable_entity',
          error_codes: expect.arrayContaining([
            'currency_required',
            'source_number_invalid',
            'channel_data_ip_address_invalid',
            'completion_success_url_required',
            'completion_failure_url_required',
          ]) as string[],
        },
      });
    });

    it('with the state: not final yet', async () => {
      const session = await sessions.request(purchase(FRICTIONLESS));

      for (const client of [sessions, sdk.withSecret(secretOf(session))]) {
        await expect(client.complete(idOf(session))).rejects.toMatchObject({
          type: 'ActionNotAllowed',
          httpCode: 403,
          body: refusal('operation_not_allowed', 'update_not_allowed_due_to_state'),
        });
      }
    });

    it('with the session: there is none', async () => {
      await expect(sessions.get('sid_aaaaaaaaaaaaaaaaaaaaaaaaaa')).rejects.toMatchObject({
        type: 'NotFoundError',
        httpCode: 404,
        body: refusal('not_found', 'session_not_found'),
      });
    });

    it('with a secret: not one, or not the one of this session', async () => {
      const [one, other] = [await withBrowser(FRICTIONLESS), await withBrowser(FRICTIONLESS)];

      await expect(sdk.withSecret('sek_short').get(idOf(one))).rejects.toMatchObject({
        type: 'AuthenticationError',
        httpCode: 401,
        body: refusal('forbidden', 'unauthorized'),
      });
      await expect(sdk.withSecret(secretOf(other)).get(idOf(one))).rejects.toMatchObject({
        type: 'NotFoundError',
        body: refusal('not_found', 'session_not_found'),
      });
    });

    it('with the credentials: an authentication error, whatever the HTTP status', async () => {
      const { clientId } = product.demo;

      await expect(
        sdk.withCredentials({ clientId, clientSecret: 'wrong-secret-of-nobody' }).get('sid_any'),
      ).rejects.toMatchObject({ type: 'AuthenticationError', httpCode: 401, body: { error: 'invalid_client' } });
    });

    it('with the scope: a plain error', async () => {
      const stranger = sdk.withCredentials(product.demo, { scope: ['vault'] });

      await expect(stranger.get('sid_any')).rejects.toMatchObject({
        type: 'API Error',
        httpCode: 400,
        body: { error: 'invalid_scope' },
      });
    });
  });
});

it('leaves no card number, secret, token or authentication value in logs or tables', async () => {
  expect(watchedKinds().cards).toBeGreaterThan(2);
  expect(watchedKinds().others).toBeGreaterThan(20);

  expect(await findLeaks(product)).toEqual([]);
});
