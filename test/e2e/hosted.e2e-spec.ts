/** Hosted sessions as merchants see them (sessions-api.md section 7), by the SDKs as they are. What cardholders see is elsewhere. */
import { randomUUID } from 'node:crypto';
import { APP_DATA, bearer, call, sessionRequest, type Body } from '../support/api';
import { acceptedMembers, approvedCallback, BROWSER } from '../support/calls';
import { PASSWORD, playChallenge } from '../support/cardholder';
import { FAILURE_URL, hosted, SUCCESS_URL } from '../support/hosted';
import { findLeaks, linkTokenOf } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { rows, uuidOf } from '../support/rows';
import { Sdk, SDK_PACKAGES, type SdkSessions } from '../support/sdk';
import { callbacksOf, callbackUrl, eventually, transactionOf } from '../support/simulator';

const FRICTIONLESS = '4485040371536584';
const DECLINED = '4539628347117863';
const CHALLENGED = '4242424242424242';

let product: Product;

beforeAll(async () => {
  product = await startProduct();
}, 120_000);

afterAll(() => product.stop());

const idOf = (session: Body): string => String(session['id']);
const purchase = (number: string, extra: Record<string, unknown> = {}): Record<string, unknown> =>
  sessionRequest(number, { ...hosted({ callback_url: callbackUrl(product) }), ...extra });
const notAllowed = (code: string): Record<string, unknown> => ({
  type: 'ActionNotAllowed',
  httpCode: 403,
  body: {
    request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    error_type: 'operation_not_allowed',
    error_codes: [code],
  },
});
const MERCHANTS_TURN_IS_OVER = notAllowed('update_not_allowed_due_to_state');

describe.each(SDK_PACKAGES)('%s', (packageName) => {
  let sdk: Sdk;
  let sessions: SdkSessions;

  beforeAll(async () => {
    sdk = await Sdk.start(packageName, product);
    sessions = sdk.withCredentials();
  });

  afterAll(() => sdk.stop());

  const secretOf = (session: Body): string => String(session['session_secret']);
  const back = (session: Body): Record<string, unknown> => ({
    self: { href: `${product.demo.apiUrl}/sessions/${idOf(session)}` },
    success_url: { href: SUCCESS_URL },
    failure_url: { href: FAILURE_URL },
    callback_url: { href: callbackUrl(product) },
  });

  describe('creates a hosted session', () => {
    it('that waits for its cardholder, and says where to send them', async () => {
      const session = await sessions.request(purchase(FRICTIONLESS));

      expect(session).toEqual({
        ...acceptedMembers(product),
        next_actions: ['redirect_cardholder'],
        _links: {
          ...back(session),
          redirect_url: { href: expect.stringMatching(/\/hosted\/[\w-]{43}$/) as string },
        },
      });
      expect(session['_links']?.['redirect_url']).toMatchObject({
        href: `${product.demo.apiUrl}/hosted/${linkTokenOf(session)}`,
      });
      expect(JSON.stringify(session['_links'])).not.toContain(secretOf(session));
    });

    it('with the same link whenever it is read, by token and by secret', async () => {
      const created = await sessions.request(purchase(FRICTIONLESS));

      const read = await sessions.get(idOf(created));
      const bySecret = await sdk.withSecret(secretOf(created)).get(idOf(created));

      expect(read).toEqual(created);
      expect(bySecret['_links']).toEqual(created['_links']);
      expect(linkTokenOf(created)).not.toBe(linkTokenOf(await sessions.request(purchase(FRICTIONLESS))));
    });

    it('that waits all the same when it is told of a browser: the one that comes counts', async () => {
      const session = await sessions.request(purchase(FRICTIONLESS, { channel_data: BROWSER }));

      expect(session).toMatchObject({ status: 'pending', next_actions: ['redirect_cardholder'] });
      expect(session).not.toHaveProperty('acs');
    });

    it('but not for an app', async () => {
      await expect(sessions.request(purchase(FRICTIONLESS, { channel_data: APP_DATA }))).rejects.toMatchObject(
        notAllowed('hosted_not_supported_for_app'),
      );
    });

    it('without a callback where none is wanted', async () => {
      const session = await sessions.request(purchase(FRICTIONLESS, hosted()));

      expect(Object.keys(session['_links'] ?? {}).sort()).toEqual([
        'failure_url',
        'redirect_url',
        'self',
        'success_url',
      ]);
    });
  });

  describe('goes on with it', () => {
    it('by device data: approved, nothing left to do, the link of our page gone', async () => {
      const created = await sessions.request(purchase(FRICTIONLESS));

      const session = await sessions.update(idOf(created), BROWSER);

      expect(session).toMatchObject({
        status: 'approved',
        approved: true,
        completed: true,
        response_code: 'Y',
        next_actions: [],
        flow_type: 'frictionless',
      });
      expect(session['_links']).toEqual(back(created));
      expect((await sessions.get(idOf(created)))['_links']).toEqual(back(created));
    });

    it('by the 3DS Method first: still pending, still to be redirected', async () => {
      const created = await sessions.request(purchase(FRICTIONLESS));
      const id = idOf(created);

      const reported = await sessions.update3DSMethodCompletionIndicator(id, 'Y');

      expect(reported).toMatchObject({ status: 'pending', next_actions: ['redirect_cardholder'] });
      expect(reported['_links']).toEqual(created['_links']);
      const { three_ds_method_completion: _said, ...device } = BROWSER;
      expect(await sessions.update(id, device)).toMatchObject({ status: 'approved', next_actions: [] });
      const { areq } = await transactionOf(product, String(created['transaction_id']));
      expect(areq).toMatchObject({ threeDSCompInd: 'Y' });
    });

    it('with nothing but its secret', async () => {
      const created = await sessions.request(purchase(DECLINED));

      const session = await sdk.withSecret(secretOf(created)).update(idOf(created), BROWSER);

      expect(session).toMatchObject({ status: 'declined', approved: false, completed: true, next_actions: [] });
      expect(session['_links']).toEqual(back(created));
    });

    it('through a challenge, to a callback that nobody asked for', async () => {
      const created = await sessions.request(purchase(CHALLENGED));
      const id = idOf(created);

      const challenged = await sessions.update(id, BROWSER);
      expect(challenged).toMatchObject({
        status: 'challenged',
        completed: false,
        next_actions: ['challenge_cardholder'],
        acs: { url: expect.stringMatching(/^http/) as string },
        '3ds': { challenge_request: expect.any(String) as string },
      });
      expect(challenged['_links']).toEqual(back(created));
      await playChallenge(challenged, { password: PASSWORD });

      const [callback, ...others] = await eventually(async () => {
        const received = await callbacksOf(product, id);
        return received.length > 0 ? received : undefined;
      });
      const final = await sessions.get(id);
      expect(final).toMatchObject({ status: 'approved', challenged: true, completed: true, next_actions: [] });
      expect(others).toEqual([]);
      expect(callback?.verified).toBe(true);
      expect(callback?.body).toEqual(approvedCallback(final));
    });

    it('to a callback as well where it ends badly', async () => {
      const created = await sessions.request(purchase(DECLINED));
      await sessions.update(idOf(created), BROWSER);

      const [callback] = await eventually(async () => {
        const received = await callbacksOf(product, idOf(created));
        return received.length > 0 ? received : undefined;
      });

      expect(callback).toMatchObject({ verified: true, body: { status: 'declined', approved: false } });
    });

    it('once: device data that come again are refused', async () => {
      const created = await sessions.request(purchase(FRICTIONLESS));
      await sessions.update(idOf(created), BROWSER);

      await expect(sessions.update(idOf(created), BROWSER)).rejects.toMatchObject(MERCHANTS_TURN_IS_OVER);
    });
  });

  it('cannot complete one, in no state, by neither credential', async () => {
    const created = await sessions.request(purchase(CHALLENGED));
    const id = idOf(created);
    const refused = async (): Promise<void> => {
      for (const client of [sessions, sdk.withSecret(secretOf(created))]) {
        await expect(client.complete(id)).rejects.toMatchObject(MERCHANTS_TURN_IS_OVER);
      }
    };

    await refused();
    const challenged = await sessions.update(id, BROWSER);
    await refused();
    await playChallenge(challenged, 'cancel');
    await eventually(async () => {
      const { status } = await sessions.get(id);
      return String(status) === 'challenge_abandoned' || undefined;
    });
    await refused();
  });

  it('needs the scope of a browser', async () => {
    const forApps = sdk.withCredentials(product.demo, { scope: ['sessions:app'] });

    await expect(forApps.request(purchase(FRICTIONLESS))).rejects.toMatchObject(
      notAllowed('operation_not_allowed_for_scope'),
    );
  });
});

it('refuses an app that comes later in the words that every session has for it', async () => {
  const authorization = await bearer(product);
  const created = await call(product, 'POST', '/sessions', authorization, purchase(FRICTIONLESS));

  const path = `/sessions/${idOf(created.body)}`;
  const answer = await call(product, 'PUT', `${path}/collect-data`, authorization, APP_DATA);

  expect(answer).toMatchObject({ status: 501, body: { error_codes: ['app_not_supported'] } });
  expect((await call(product, 'GET', path, authorization)).body).toEqual(created.body);
});

it('gives the same link to the same request again', async () => {
  const authorization = await bearer(product);
  const create = (): ReturnType<typeof call> =>
    call(product, 'POST', '/sessions', authorization, purchase(FRICTIONLESS), { 'Cko-Idempotency-Key': key });
  const key = randomUUID();

  const [first, again] = [await create(), await create()];

  expect([first.status, again.status]).toEqual([202, 202]);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  const found = await rows(product, 'SELECT 1 FROM hosted_link WHERE session_id = $1', [uuidOf(idOf(first.body))]);
  expect(found).toHaveLength(1);
});

it('leaves no card number, secret, link or authentication value in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
