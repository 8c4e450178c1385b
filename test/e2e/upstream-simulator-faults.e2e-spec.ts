/** The scripted Checkout.com fails in every way that its README names, exactly as often as asked. */
import { startSimulator, type RunningSimulator } from '../../apps/simulator/src/simulator';
import { BROWSER_DATA, sessionRequest, type Body } from '../support/api';
import { UpstreamHandles, type UpstreamReply } from '../support/upstream';

const CARD = '4485040371536584';
const CHALLENGED = '4242424242424242';
const ONE = { clientId: 'ack_one', clientSecret: 'secret of one' };
const TWO = { clientId: 'ack_two', clientSecret: 'secret of two' };

let simulator: RunningSimulator;
let upstream: UpstreamHandles;

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, host: '127.0.0.1', publicUrl: null, dataDir: '.', timeScale: 1 });
  upstream = new UpstreamHandles(simulator.url);
});

afterAll(() => simulator.close());

beforeEach(async () => {
  await upstream.control('DELETE', '');
  await upstream.control('POST', '/accounts', { accounts: [ONE, TWO] });
});

const bearer = async ({ clientId, clientSecret } = ONE, scope?: string): Promise<string> => {
  const { body } = await upstream.token(clientId, clientSecret, scope);
  return `Bearer ${String(body['access_token'])}`;
};
const purchase = (extra: Record<string, unknown> = {}, number = CARD): Record<string, unknown> =>
  sessionRequest(number, { completion: { type: 'non_hosted' }, ...extra });
const WITH_DATA = { channel_data: { ...BROWSER_DATA, three_ds_method_completion: 'Y' } };
const create = (authorization: string, body: unknown = purchase(WITH_DATA)): Promise<UpstreamReply> =>
  upstream.send('POST', '/upstream/sessions', { authorization }, body);
const sessionsOf = async ({ clientId } = ONE): Promise<Body[]> =>
  (await upstream.control('GET', `/sessions?client_id=${clientId}`))['data'] as unknown as Body[];

describe('tokens', () => {
  it('are counted for each account, with the time and what became of each request', async () => {
    await upstream.token(ONE.clientId, ONE.clientSecret);
    await upstream.token(ONE.clientId, 'wrong');
    await upstream.token(TWO.clientId, TWO.clientSecret);

    const { counts } = await upstream.control('GET', '/token-requests');
    const { data } = await upstream.control('GET', `/token-requests?client_id=${ONE.clientId}`);
    expect(counts).toEqual({ ack_one: 2, ack_two: 1 });
    expect(data).toMatchObject([{ status: 200 }, { status: 400 }]);
  });

  it.each([
    ['an unknown client', 'ack_nobody', 'x', undefined, 'invalid_client'],
    ['a wrong secret', ONE.clientId, 'x', undefined, 'invalid_client'],
    ['a scope beyond the account', ONE.clientId, ONE.clientSecret, 'payments', 'invalid_scope'],
  ])('are refused to %s', async (_whom, id, secret, scope, error) => {
    expect(await upstream.token(id, secret, scope)).toMatchObject({ status: 400, body: { error } });
  });

  it('work with either secret during a rotation', async () => {
    await upstream.control('PUT', '/accounts/ack_one', { clientSecrets: ['old', 'new'] });

    expect(await upstream.token('ack_one', 'old')).toMatchObject({ status: 200 });
    expect(await upstream.token('ack_one', 'new')).toMatchObject({ status: 200 });
    expect(await upstream.token('ack_one', ONE.clientSecret)).toMatchObject({ status: 400 });
  });

  it('say how long they live, and may die sooner', async () => {
    await upstream.control('PUT', '/accounts/ack_one', { ...ONE, clientId: undefined, expiresIn: 3, tokenLife: 0 });

    const { body } = await upstream.token(ONE.clientId, ONE.clientSecret);

    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3 });
    expect(await create(`Bearer ${String(body['access_token'])}`)).toMatchObject({ status: 401, text: '' });
  });

  it('can be JWTs of the real shape, whose times follow a skewed clock', async () => {
    const hour = 3_600_000;
    await upstream.control('PUT', '/accounts/ack_one', { clientSecret: 's', tokenFormat: 'jwt', expiresIn: 60 });
    await upstream.faults({ on: 'any', mode: 'clock_skew', skewMs: hour });

    const { body, headers } = await upstream.token('ack_one', 's');

    const [header, claims] = String(body['access_token'])
      .split('.', 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Body);
    expect(header).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(claims).toMatchObject({ client_id: 'ack_one', scope: ['sessions:app', 'sessions:browser'] });
    const soon = Date.now() + hour - 60_000;
    expect(Number(claims?.['exp']) * 1000).toBeGreaterThan(soon);
    expect(Date.parse(String(headers.get('date')))).toBeGreaterThan(soon);
    expect((await create(`Bearer ${String(body['access_token'])}`)).status).toBe(201);
  });

  it('can all be voided at once, or by the very call that uses one', async () => {
    const [first, second] = [await bearer(), await bearer()];
    expect(await upstream.control('POST', '/accounts/ack_one/revoke-tokens')).toEqual({ revoked: 2 });
    expect((await create(first)).status).toBe(401);
    expect((await create(second)).status).toBe(401);

    const third = await bearer();
    await upstream.faults({ on: 'create', mode: 'revoke_token', times: 1 });
    expect((await create(third)).status).toBe(401);
    expect((await create(third)).status).toBe(401);
    expect((await create(await bearer())).status).toBe(201);
  });
});

describe('who may do what', () => {
  it('keeps accounts apart', async () => {
    const { body } = await create(await bearer());

    const read = await upstream.send('GET', `/upstream/sessions/${String(body['id'])}`, {
      authorization: await bearer(TWO),
    });

    expect(read).toMatchObject({ status: 404, body: { error_codes: ['session_not_found'] } });
  });

  it('refuses a channel that the scope does not cover, for creation and for reading', async () => {
    const app = await bearer(ONE, 'sessions:app');
    const { body } = await create(await bearer());

    for (const refused of [
      await create(app),
      await upstream.send('GET', `/upstream/sessions/${String(body['id'])}`, { authorization: app }),
    ]) {
      expect(refused).toMatchObject({ status: 403, body: { error_codes: ['operation_not_allowed_for_scope'] } });
    }
  });

  it.each(['', 'Bearer nothing', 'Basic YTpi'])('refuses %j without a body', async (authorization) => {
    expect(await create(authorization)).toMatchObject({ status: 401, text: '' });
  });

  it('lets no session secret create a session, and each into its own only', async () => {
    const [one, two] = [(await create(await bearer())).body, (await create(await bearer())).body];
    const authorization = String(one['session_secret']);

    expect((await create(authorization)).status).toBe(401);
    expect((await upstream.send('GET', `/upstream/sessions/${String(two['id'])}`, { authorization })).status).toBe(401);
  });
});

describe('sources that name a card', () => {
  it('knows an instrument of an earlier session, and those that control names, for their account only', async () => {
    const authorization = await bearer();
    const { body } = await create(authorization);
    const source = { type: 'id', id: body['card']?.['instrument_id'] };

    expect((await create(authorization, purchase({ ...WITH_DATA, source }))).body).toMatchObject({
      status: 'approved',
    });
    expect(await create(await bearer(TWO), purchase({ ...WITH_DATA, source }))).toMatchObject({
      status: 422,
      body: { error_codes: ['error_getting_instrument'] },
    });

    await upstream.control('PUT', '/accounts/ack_one/instruments/tok_declined', { number: '4539628347117863' });
    const token = { type: 'token', token: 'tok_declined' };
    expect((await create(authorization, purchase({ ...WITH_DATA, source: token }))).body).toMatchObject({
      status: 'declined',
    });
  });
});

describe('faults', () => {
  it.each([
    ['status401', 401, ''],
    ['status403', 403, 'operation_not_allowed'],
    ['status404', 404, 'not_found'],
    ['status409', 409, 'duplicate_requests_detected'],
    ['status422', 422, 'unprocessable_entity'],
    ['status429', 429, 'operation_not_allowed'],
    ['status500', 500, 'internal_server_error'],
    ['status502', 502, ''],
    ['status503', 503, 'service_not_available'],
  ])('%s answers so and does nothing', async (mode, status, errorType) => {
    const authorization = await bearer();
    await upstream.faults({ on: 'create', mode, times: 1, retryAfterSeconds: 7 });

    const struck = await create(authorization);

    expect(struck.status).toBe(status);
    expect(struck.headers.get('retry-after')).toBe('7');
    if (errorType !== '') expect(struck.body).toMatchObject({ error_type: errorType });
    expect(await sessionsOf()).toEqual([]);
    expect((await create(authorization)).status).toBe(201);
  });

  it('carries the codes that it is given, at the token endpoint too', async () => {
    const authorization = await bearer();
    await upstream.faults(
      { on: 'create', mode: 'status403', errorCodes: ['scheme_not_supported'] },
      { on: 'token', mode: 'status400', errorCodes: ['unauthorized_client'] },
    );

    expect((await create(authorization)).body).toMatchObject({ error_codes: ['scheme_not_supported'] });
    expect(await upstream.token(ONE.clientId, ONE.clientSecret)).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    });
  });

  it.each([
    ['reset', {}, 0],
    ['reset', { after: true }, 1],
    ['lost_answer', {}, 1],
    ['cut_body', {}, 1],
  ])('%s %j breaks the connection; sessions made: %d', async (mode, extra, made) => {
    const authorization = await bearer();
    await upstream.faults({ on: 'create', mode, times: 1, ...extra });

    await expect(create(authorization)).rejects.toThrow();

    expect(await sessionsOf()).toHaveLength(made);
    expect(await upstream.control('GET', '/calls?endpoint=create')).toMatchObject({
      data: [{ clientId: 'ack_one', fault: mode, status: made === 0 ? null : 201 }],
    });
  });

  it('does the work before a status that comes after', async () => {
    const authorization = await bearer();
    await upstream.faults({ on: 'create', mode: 'status500', after: true });

    expect((await create(authorization)).status).toBe(500);
    expect(await sessionsOf()).toMatchObject([{ outcome: { status: 'approved' } }]);
  });

  it('hangs until the caller gives up', async () => {
    const authorization = await bearer();
    await upstream.faults({ on: 'create', mode: 'hang', times: 1 });

    const call = fetch(`${simulator.url}/upstream/sessions`, {
      method: 'POST',
      headers: { authorization },
      body: JSON.stringify(purchase()),
      signal: AbortSignal.timeout(200),
    });

    await expect(call).rejects.toThrow();
    expect(await sessionsOf()).toEqual([]);
  });

  it.each([
    ['html', /^<html>/],
    ['truncated_json', /^\{"id":.*[^}]$/],
    ['empty', /^$/],
    ['wrong_types', /"id":42,.*"_links":"not object"/],
    ['unknown_status', /"status":"under_review"/],
    ['unknown_next_action', /"next_actions":\["consult_issuer"\]/],
  ])('%s spoils what is said, not what was done', async (mode, said) => {
    const authorization = await bearer();
    await upstream.faults({ on: 'create', mode, times: 1 });

    const answer = await create(authorization);

    expect(answer.status).toBe(201);
    expect(answer.text).toMatch(said);
    expect(await sessionsOf()).toMatchObject([{ outcome: { status: 'approved' } }]);
  });

  it('leaves an authentication without end, until control ends it', async () => {
    const authorization = await bearer();
    await upstream.faults({ on: 'create', mode: 'never_final', times: 1 });

    const { body } = await create(authorization);
    expect(body).toMatchObject({ status: 'processing', next_actions: [] });

    await upstream.control('POST', `/sessions/${String(body['id'])}/settle`, { status: 'rejected' });
    const path = `/upstream/sessions/${String(body['id'])}`;
    expect((await upstream.send('GET', path, { authorization })).body).toMatchObject({
      status: 'rejected',
      response_code: 'R',
      next_actions: ['complete'],
    });
  });

  it('strikes one account and leaves the other alone', async () => {
    await upstream.faults({ on: 'token', mode: 'status503', clientId: 'ack_one' });

    expect((await upstream.token(ONE.clientId, ONE.clientSecret)).status).toBe(503);
    expect((await upstream.token(TWO.clientId, TWO.clientSecret)).status).toBe(200);
  });

  it('names what it does not understand', async () => {
    const answer = await upstream.send('PUT', '/control/upstream/faults', {}, { faults: [{ mode: 'sloow' }] });

    expect(answer).toMatchObject({ status: 422, body: { error_codes: ['faults_mode_invalid'] } });
  });
});

describe('an address that can be shut', () => {
  it('refuses connections while it is shut, and is the same afterwards', async () => {
    const { url, port } = await upstream.control('POST', '/doors');
    const token = (): Promise<UpstreamReply> => new UpstreamHandles(String(url)).token(ONE.clientId, ONE.clientSecret);
    expect((await token()).status).toBe(200);

    await upstream.control('PUT', `/doors/${String(port)}`, { open: false });
    await expect(token()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });

    await upstream.control('PUT', `/doors/${String(port)}`, { open: true });
    expect((await token()).status).toBe(200);
  });
});

describe('what control keeps', () => {
  it('is what was asked for, without the card number', async () => {
    const authorization = await bearer();
    const { body } = await create(authorization, purchase({ reference: 'ORD-7' }, CHALLENGED));
    const path = `/upstream/sessions/${String(body['id'])}/collect-data`;
    await upstream.send('PUT', path, { authorization }, BROWSER_DATA);

    const kept = await upstream.control('GET', '/sessions?reference=ORD-7');

    expect(kept['data']).toMatchObject([
      {
        id: body['id'],
        request: { reference: 'ORD-7', source: { number: '42424242****4242' } },
        updates: [{ call: 'collect_data', body: BROWSER_DATA }],
      },
    ]);
    expect(JSON.stringify(kept)).not.toContain(CHALLENGED);
    expect(JSON.stringify(kept)).not.toContain(String(body['session_secret']));
  });
});
