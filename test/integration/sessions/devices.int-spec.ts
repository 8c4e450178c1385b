import type { Capability, InstrumentSource } from '@app/authentication-port';
import type { AccessTokenActor } from '@app/credentials';
import type { Caller } from '../../../libs/sessions/src/caller';
import type { CreateSession } from '../../../libs/sessions/src/domain/new-session';
import { nextActions } from '../../../libs/sessions/src/domain/next-actions';
import { aDevice, anApp, MERCHANT_INITIATED } from '../../../libs/sessions/src/testing/sessions';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House } from './house';

const ALL: readonly Capability[] = ['browser', 'app', 'threeRI', 'instrumentPassThrough'];
const METHOD_URL = 'https://acs.example/method';
const CHALLENGE = step('challenge', {
  transStatus: 'C',
  resultSource: 'ARes',
  acs: { transactionId: 'd7c1ee99-9478-44a6-b1f2-391e29c6b340', signedContent: 'eyJh.e30.c2ln' },
});

let test: TestDatabase;
let house: House;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
});

beforeEach(() => supports(...ALL));

afterEach(() => house.connector.reset());

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

const supports = (...capabilities: Capability[]): void => {
  house.connector.supports = new Set(capabilities);
};
const withScopes = (...scopes: string[]): AccessTokenActor => ({ ...house.actor(), scopes: new Set(scopes) });
const token = (...scopes: string[]): Caller => ({
  kind: 'token',
  actor: scopes.length === 0 ? house.actor() : withScopes(...scopes),
});
const secretOf = (value: { expose(): string } | null): Caller => ({ kind: 'secret', secret: value?.expose() ?? '' });

/** What a request with a card by reference looks like. */
function byReference(source: InstrumentSource): Partial<CreateSession> {
  const { details } = house.command();
  return { source, details: { ...details, source } };
}

const INSTRUMENT: InstrumentSource = { kind: 'id', stored: true, reference: 'src_w4jelhppmfiufdnatndh3wtsfq' };
const TOKEN: InstrumentSource = { kind: 'token', stored: false, reference: 'tok_4gzeau5o2uqubbk6fufs3m7p54' };

/** How many rows each table has. */
async function counts(): Promise<unknown> {
  const [row] = await house.database.query(
    `SELECT (SELECT count(*) FROM session) AS sessions, (SELECT count(*) FROM session_event) AS events,
       (SELECT count(*) FROM card) AS cards`,
  );
  return row;
}

describe('a session in an app', () => {
  const inApp = { device: anApp(), methodCompletion: null };

  it('asks the issuer at creation with what the SDK gave, though the issuer has a 3DS Method', async () => {
    house.connector.methodUrl = METHOD_URL;
    house.connector.answer = () => CHALLENGE;

    const { view, asked } = await house.service.create(house.actor(), house.command(inApp));

    expect(asked).toBe(true);
    expect(view.session).toMatchObject({ status: 'challenged', deviceChannel: 'app', scopeChannel: 'app' });
    expect(nextActions(view.session)).toEqual(['challenge_cardholder']);
    expect(house.connector.started).toMatchObject([{ device: anApp(), methodCompletion: 'U' }]);
    expect(house.connector.started[0]).not.toHaveProperty('browser');
    expect(await house.stored(view.session.id)).toEqual(view.session);
  });

  it('asks the issuer when its data is collected, by token or by secret', async () => {
    for (const way of ['token', 'secret']) {
      house.connector.methodUrl = METHOD_URL;
      const { view } = await house.service.create(house.actor(), house.command({ ...inApp, device: null }));
      const caller = way === 'token' ? token('sessions:app') : secretOf(view.secret);

      const { session } = await house.service.collectData(caller, view.session.id, anApp(), null);

      expect(session).toMatchObject({ status: 'approved', deviceChannel: 'app', scopeChannel: 'app' });
      expect(house.connector.started.at(-1)).toMatchObject({ device: anApp(), methodCompletion: 'U' });
    }
  });

  it('keeps what the SDK encrypted until it is final, and not longer', async () => {
    house.connector.answer = () => CHALLENGE;
    const { view } = await house.service.create(house.actor(), house.command(inApp));
    const { id, attempt } = view.session;
    const encrypted = anApp().app.sdkEncryptedData;
    expect(JSON.stringify((await house.stored(id)).device)).toContain(encrypted);

    await house.inbox.accept('fake', `n-${id}`, attempt.transactionId, { facts: { transStatus: 'Y' } }, {});

    const { status, device } = await house.stored(id);
    expect(status).toBe('approved');
    expect(device).toMatchObject({ channel: 'app', app: { sdkReferenceNumber: anApp().app.sdkReferenceNumber } });
    expect(JSON.stringify(device)).not.toContain(encrypted);
    const found = await house.database.query('SELECT 1 FROM session WHERE id = $1 AND session::text LIKE $2', [
      id,
      `%${encrypted}%`,
    ]);
    expect(found).toEqual([]);
  });

  it('is for tokens of apps: others neither open, nor continue, nor read it', async () => {
    const other = withScopes('sessions:browser');
    const forbidden = { codes: ['operation_not_allowed_for_scope'] };
    await expect(house.service.create(other, house.command(inApp))).rejects.toMatchObject(forbidden);
    const open = (await house.service.create(house.actor(), house.command({ device: null }))).view.session;
    await expect(
      house.service.collectData({ kind: 'token', actor: other }, open.id, anApp(), null),
    ).rejects.toMatchObject(forbidden);
    expect(await house.stored(open.id)).toMatchObject({ status: 'pending', device: null });

    const { view } = await house.service.create(withScopes('sessions:app'), house.command(inApp));

    await expect(house.service.get({ kind: 'token', actor: other }, view.session.id)).rejects.toMatchObject(forbidden);
    expect((await house.service.get(token('sessions:app'), view.session.id)).session.id).toBe(view.session.id);
  });

  it('has no 3DS Method to report', async () => {
    house.connector.methodUrl = METHOD_URL;
    const open = await house.insert(
      house.aSession({ device: anApp(), deviceChannel: 'app', attempt: { methodUrl: METHOD_URL } }),
    );

    await expect(house.service.reportMethod(token(), open.id, 'Y')).rejects.toMatchObject({
      kind: 'not_allowed',
      codes: ['three_ds_method_not_supported_for_app'],
    });
    expect(await house.stored(open.id)).toEqual(open);
  });
});

describe('a merchant-initiated session', () => {
  it.each(['sessions:app', 'sessions:browser'])('is open to a token with %s, and read by either', async (scope) => {
    const command = house.command({ device: MERCHANT_INITIATED, methodCompletion: null });
    house.connector.methodUrl = METHOD_URL;

    const { view, asked } = await house.service.create(withScopes(scope), command);

    expect(asked).toBe(true);
    expect(view.session).toMatchObject({
      status: 'approved',
      deviceChannel: 'merchant_initiated',
      scopeChannel: null,
      device: MERCHANT_INITIATED,
    });
    expect(nextActions(view.session)).toEqual(['complete']);
    expect(house.connector.started).toMatchObject([{ device: MERCHANT_INITIATED, methodCompletion: 'U' }]);
    for (const reader of ['sessions:app', 'sessions:browser']) {
      expect((await house.service.get(token(reader), view.session.id)).session.status).toBe('approved');
    }
    expect(await house.stored(view.session.id)).toEqual(view.session);
  });

  it('may say so in collect-data', async () => {
    const { view } = await house.service.create(withScopes('sessions:browser'), house.command({ device: null }));

    const { session } = await house.service.collectData(
      token('sessions:browser'),
      view.session.id,
      MERCHANT_INITIATED,
      null,
    );

    expect(session).toMatchObject({ status: 'approved', deviceChannel: 'merchant_initiated', scopeChannel: 'browser' });
  });
});

describe.each([
  ['id', INSTRUMENT],
  ['token', TOKEN],
])('a card by reference, of type %s', (_, source) => {
  it('is given to the connector as it came, and nothing of a card is kept', async () => {
    const { view } = await house.service.create(house.actor(), house.command(byReference(source)));

    const { id } = view.session;
    expect(house.connector.started.at(-1)?.request.source).toEqual(source);
    expect(await house.stored(id)).toMatchObject({
      status: 'approved',
      bin: null,
      lastFour: null,
      cardFingerprint: null,
      cardFingerprintKeyVersion: null,
      details: { source },
    });
    expect(await house.database.query('SELECT 1 FROM card WHERE session_id = $1', [id])).toEqual([]);
  });

  it('is there when the device data come later', async () => {
    const command = house.command({ ...byReference(source), device: null, methodCompletion: null });
    const { view } = await house.service.create(house.actor(), command);

    await house.service.collectData(token(), view.session.id, aDevice(), 'Y');

    expect(house.connector.started.at(-1)).toMatchObject({ request: { source }, device: aDevice() });
    expect(await house.stored(view.session.id)).toMatchObject({ status: 'approved' });
  });

  it('is turned away without a BIN', async () => {
    house.connector.refusal = 'card_not_enrolled';

    await expect(
      house.service.create(house.actor(), house.command({ ...byReference(source), reference: source.reference })),
    ).rejects.toMatchObject({ codes: ['card_not_enrolled'] });

    expect(
      await house.database.query('SELECT bin, last_four, refusal_code FROM session WHERE reference = $1', [
        source.reference,
      ]),
    ).toEqual([{ bin: null, last_four: null, refusal_code: 'card_not_enrolled' }]);
  });
});

describe('where no connector of the channel carries it', () => {
  beforeEach(() => supports('browser'));

  it.each<[string, string, () => Partial<CreateSession>]>([
    ['not_implemented', 'app_not_supported', () => ({ device: anApp() })],
    ['not_implemented', 'merchant_initiated_not_supported', () => ({ device: MERCHANT_INITIATED })],
    ['invalid_request', 'error_getting_instrument', () => byReference(INSTRUMENT)],
    ['invalid_request', 'invalid_token', () => byReference(TOKEN)],
    ['invalid_request', 'invalid_token', () => ({ ...byReference(TOKEN), device: anApp() })],
  ])('it is refused before anything is stored (%s %s)', async (kind, code, extra) => {
    const before = await counts();

    await expect(house.service.create(house.actor(), house.command(extra()))).rejects.toMatchObject({
      kind,
      codes: [code],
    });

    expect(await counts()).toEqual(before);
    expect(house.connector.started).toEqual([]);
  });

  it.each([
    ['app', anApp()],
    ['merchant_initiated', MERCHANT_INITIATED],
  ])('%s is refused of collect-data, and the session waits on', async (feature, device) => {
    const { view } = await house.service.create(house.actor(), house.command({ device: null }));

    await expect(house.service.collectData(token(), view.session.id, device, null)).rejects.toMatchObject({
      codes: [`${feature}_not_supported`],
    });

    expect(await house.stored(view.session.id)).toEqual(view.session);
    const { session } = await house.service.collectData(token(), view.session.id, aDevice(), 'Y');
    expect(session.status).toBe('approved');
  });

  it('an app’s token without channel data opens a session as ever', async () => {
    const { view, asked } = await house.service.create(withScopes('sessions:app'), house.command({ device: null }));

    expect(asked).toBe(false);
    expect(view.session).toMatchObject({ status: 'pending', scopeChannel: 'app' });
  });

  it('a browser with a card goes on as ever', async () => {
    const { view } = await house.service.create(house.actor(), house.command());

    expect(view.session).toMatchObject({ status: 'approved', deviceChannel: 'browser', scopeChannel: 'browser' });
  });
});

describe('what was stored by a replica of before', () => {
  it('is read as the browser that it is', async () => {
    const { view } = await house.service.create(house.actor(), house.command());
    await house.database.query('UPDATE session SET device = NULL WHERE id = $1', [view.session.id]);

    expect((await house.stored(view.session.id)).device).toEqual(aDevice());
  });
});
