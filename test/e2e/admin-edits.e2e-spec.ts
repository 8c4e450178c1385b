import { ACQUIRER_RECORD } from '../support/acquirer-record';
import type { MerchantThings } from '../support/admin-routes';
import { adminWorld } from '../support/admin-world';
import { bearer, type Answer, type Body } from '../support/api';
import { BROWSER, Calls, expectRefusal } from '../support/calls';
import { demoOperator, inviteAndSignIn, serviceAccount, type ConsoleClient } from '../support/console';
import { watchSecret } from '../support/leaks';
import { startProduct, type DemoMerchant, type Product } from '../support/product';
import { callbackUrl, eventually } from '../support/simulator';

const FRICTIONLESS = '4485040371536584';
const PASSWORD = 'an edit that met another one';

let product: Product;
/** Two people who may do the same. */
let ada: ConsoleClient;
let ben: ConsoleClient;
let merchant: Body;
/** What a merchant of the demo has. */
let things: MerchantThings;

beforeAll(async () => {
  product = await startProduct();
  ada = await demoOperator(product);
  ben = await inviteAndSignIn(product, 'ben@example.com', PASSWORD, { role: 'admin', all_merchants: true });
  merchant = (await ada.post('merchants', { name: 'Edited' })).body;
  things = (await adminWorld(product, ada)).ours;
}, 120_000);

afterAll(() => product.stop());

const aMerchant = async (): Promise<string> => `merchants/${(await ada.post('merchants', { name: 'New' })).body['id']}`;

async function aChannel(): Promise<string> {
  const body = { merchant_id: merchant['id'], environment: 'test', name: 'Web' };
  const made = await ada.post('channels', body);
  watchSecret(String(made.body['webhook_secret']));
  return `channels/${made.body['id']}`;
}

const accountAt = ({ apiUrl, demo }: Product): object => ({
  connector: 'checkout',
  environment: 'test',
  name: 'Upstream',
  api_url: apiUrl,
  token_url: demo.tokenUrl,
  client_id: 'somebody',
  client_secret: 'a-secret-of-an-upstream',
  webhook_key: 'a-key-of-an-upstream',
  test: false,
});

/** Each of a merchant of its own: a merchant has one that is active. */
async function anAccount(): Promise<string> {
  const owner = (await ada.post('merchants', { name: 'With an account' })).body;
  const made = await ada.post('connector-accounts', { ...accountAt(product), merchant_id: owner['id'] });
  return `connector-accounts/${made.body['id']}`;
}

let people = 0;
async function aColleague(): Promise<string> {
  people += 1;
  const body = { email: `edited-${people}@example.com`, name: 'Colleague', role: 'viewer', all_merchants: true };
  return `operators/${(await ada.post('operators', body)).body['id']}`;
}

const CREDENTIAL = { client_id: 'next', client_secret: 'another-secret-of-it', test: false };

type Edit = readonly [route: string, thing: () => Promise<string>, body: object];

/** Something that was made, after an act that another one undoes. */
const after = (act: string, made: () => Promise<string>) => async (): Promise<string> => {
  const path = await made();
  await ada.post(`${path}/${act}`);
  return path;
};
const withTwoKeys = async (): Promise<string> => {
  const path = await anAccount();
  await ada.post(`${path}/webhook-keys`, { key: 'the-second-key-of-it' });
  return path;
};

/** Every edit that may name a version: the route, the thing, and the rest of the body. */
const EDITS: readonly Edit[] = [
  ['PATCH merchants/{id}', aMerchant, { name: 'Renamed' }],
  ['POST merchants/{id}/suspend', aMerchant, {}],
  ['POST merchants/{id}/resume', after('suspend', aMerchant), {}],
  ['PATCH channels/{id}', aChannel, { session_minutes: 10 }],
  ['PATCH channels/{id}/branding', aChannel, { accent: '#0b6b52' }],
  ['PUT channels/{id}/acquirers', aChannel, ACQUIRER_RECORD],
  ['POST channels/{id}/replace-webhook-secret', aChannel, {}],
  ['PATCH connector-accounts/{id}', anAccount, { name: 'Renamed', test: false }],
  ['POST connector-accounts/{id}/rotate', anAccount, CREDENTIAL],
  ['PUT connector-accounts/{id}/expiry', anAccount, { expires_at: '2031-01-01T00:00:00Z' }],
  ['POST connector-accounts/{id}/disable', anAccount, {}],
  ['POST connector-accounts/{id}/enable', after('disable', anAccount), {}],
  ['POST connector-accounts/{id}/webhook-keys', anAccount, { key: 'another-key-of-it' }],
  ['POST connector-accounts/{id}/retire-webhook-key', withTwoKeys, {}],
  ['POST connector-accounts/{id}/replace-webhook-address', anAccount, {}],
  ['PATCH operators/{id}', aColleague, { role: 'operator' }],
  ['POST operators/{id}/disable', aColleague, {}],
  ['POST operators/{id}/enable', after('disable', aColleague), {}],
  ['POST operators/{id}/reset-second-factor', aColleague, {}],
];

/** Tried where somebody is linked. */
const EDITS_ELSEWHERE = ['POST operators/{id}/unlink-identity'];

/** A route as it is called for a thing. */
const callOf = (route: string, path: string): readonly [method: string, path: string] => {
  const [method = '', template = ''] = route.split(' ');
  return [method, template.replace(/^.*\{id\}/, path)];
};

interface BodySchema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}
interface Described {
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: BodySchema } } };
}

/** Every route whose body may name a version, as the document of the API says. */
async function versionedRoutes(): Promise<string[]> {
  const { paths, components } = (await ada.get('openapi.json')).body as unknown as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
    readonly components: { readonly schemas: Readonly<Record<string, BodySchema>> };
  };
  const isVersioned = ({ requestBody }: Described): boolean => {
    const schema = requestBody?.content['application/json']?.schema;
    const named = components.schemas[schema?.$ref?.replace(/^.*\//, '') ?? ''];
    return (named ?? schema)?.properties?.['version'] !== undefined;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => isVersioned(operation))
      .map(([method]) => `${method.toUpperCase()} ${path.replace('/admin/api/', '')}`),
  );
}

describe('an edit', () => {
  it('is every request whose body may name a version', async () => {
    const known = [...EDITS.map(([route]) => route), ...EDITS_ELSEWHERE];

    expect((await versionedRoutes()).sort()).toEqual(known.sort());
  });

  it.each(EDITS)('%s, %o: of two operators at once one wins and the other is told', async (route, thing, body) => {
    const path = await thing();
    const { version } = (await ada.get(path)).body;

    const edit = (who: ConsoleClient) => who.call(...callOf(route, path), { ...body, version });
    const answers = await Promise.all([edit(ada), edit(ben)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const told = answers.find(({ status }) => status === 409)?.body;
    const name = answers[0]?.status === 200 ? product.demo.consoleEmail : 'ben@example.com';
    expect(told).toMatchObject({
      error_type: 'conflict',
      error_codes: ['changed_meanwhile'],
      changed: { at: expect.any(String) as string, by: { kind: 'operator', name } },
    });
    expect((await ada.get(path)).body['version']).toBe(Number(version) + 1);
  });

  it.each(EDITS)('%s, %o: without a version changes whatever is there', async (route, thing, body) => {
    const path = await thing();
    const { version } = (await ada.get(path)).body;

    expect((await ada.call(...callOf(route, path), body)).status).toBe(200);

    expect((await ada.get(path)).body['version']).toBe(Number(version) + 1);
  });

  it.each(EDITS.filter(([route]) => /^(PATCH|PUT) /.test(route)))(
    '%s, %o: that asks for what is there changes nothing, and is not in the audit log',
    async (route, thing, body) => {
      const path = await thing();
      await ada.call(...callOf(route, path), body);
      const { id, version } = (await ada.get(path)).body;
      const filter = encodeURIComponent(JSON.stringify({ subject: id }));
      const entries = async (): Promise<unknown> => (await ada.get(`audit?filter=${filter}`)).body['data'];
      const before = await entries();

      const again = await ben.call(...callOf(route, path), { ...body, version });
      const plainly = await ben.call(...callOf(route, path), body);
      const late = await ben.call(...callOf(route, path), { ...body, version: Number(version) - 1 });

      expect([again, plainly, late].map(({ status }) => status)).toEqual([200, 200, 409]);
      expect([again, plainly].map((answer) => answer.body['version'])).toEqual([version, version]);
      expect((await ada.get(path)).body['version']).toBe(version);
      expect(await entries()).toEqual(before);
    },
  );

  it.each([
    ['merchants', 'suspend', 'resume', aMerchant],
    ['connector-accounts', 'disable', 'enable', anAccount],
    ['operators', 'disable', 'enable', aColleague],
  ])('of the state of %s is told, too, where somebody else has done the same', async (_what, act, undo, thing) => {
    const path = await thing();
    const { version } = (await ben.get(path)).body;
    await ada.post(`${path}/${act}`, { version });

    const late = await ben.post(`${path}/${act}`, { version });
    expect(late).toMatchObject({ status: 409, body: { error_codes: ['changed_meanwhile'] } });
    const { body } = await ben.post(`${path}/${undo}`, { version: Number(version) + 1 });

    expect(body['version']).toBe(Number(version) + 2);
  });

  it('of parts of a channel leaves those of somebody else alone, also at once', async () => {
    const path = await aChannel();

    const answers = await Promise.all([
      ada.call('PATCH', path, { session_minutes: 10 }),
      ben.call('PATCH', path, { card_retention_minutes: 0 }),
      ada.call('PATCH', path, { auto_complete: false }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await ada.get(path)).body).toMatchObject({
      session_minutes: 10,
      card_retention_minutes: 0,
      auto_complete: false,
      version: 4,
    });
  });

  it.each([
    ['session_minutes', aChannel],
    ['name', anAccount],
  ])('of %s says in the audit log what it changed, also where many come at once', async (member, thing) => {
    const path = await thing();
    const { id, [member]: first } = (await ada.get(path)).body;
    const values = [10, 11, 12, 13, 14, 15].map((value) => (member === 'name' ? `Name ${value}` : value));
    const rest = member === 'name' ? { test: false } : {};

    await Promise.all(values.map((value) => ada.call('PATCH', path, { [member]: value, ...rest })));

    const filter = encodeURIComponent(JSON.stringify({ subject: id }));
    const { body } = await ada.get(`audit?filter=${filter}&sort=seq`);
    const steps = (body['data'] as unknown as { act: string; before: Body; after: Body }[])
      .filter(({ act }) => act.endsWith('.changed'))
      .map(({ before, after: now }) => [before[member], now[member]]);
    expect(steps.map(([, now]) => now).sort()).toEqual(values);
    expect(steps.map(([before]) => before)).toEqual([first, ...steps.slice(0, -1).map(([, now]) => now)]);
  });

  it.each([0, -1, 1.5, '1', 2 ** 31, true])('does not take %p for a version', async (version) => {
    const path = await aMerchant();

    const answer = await ada.call('PATCH', path, { name: 'Other', version });

    expectRefusal(answer, 422, 'unprocessable_entity', 'version_invalid');
    expect((await ada.get(path)).body).toMatchObject({ name: 'New', version: 1 });
  });

  it('does not tell who it was where the caller may not know', async () => {
    const { client } = await serviceAccount(product, ada, { role: 'admin', merchant_ids: [merchant['id']] });
    const grant = { role: 'viewer', merchant_ids: [merchant['id']] };
    const { body: colleague } = await client.post('operators', { email: 'hers@example.com', name: 'Hers', ...grant });
    await ada.call('PATCH', `operators/${colleague['id']}`, { name: 'His' });

    const answer = await client.call('PATCH', `operators/${colleague['id']}`, { name: 'Ours', version: 1 });

    // Entries about people are the installation's.
    expectRefusal(answer, 409, 'conflict', 'changed_meanwhile');
    expect(answer.body).not.toHaveProperty('changed');
  });

  it('is told of the change and not of what was done since', async () => {
    const path = await anAccount();
    await ada.call('PATCH', path, { name: 'Renamed', test: false });
    await ben.post(`${path}/test`);

    const answer = await ben.call('PATCH', path, { name: 'Mine', test: false, version: 1 });

    expect(answer.body['changed']).toMatchObject({ act: 'connector_account.changed' });
  });
});

interface Deed {
  /** What it is done to, made for it alone; empty for what makes something. */
  readonly thing: () => Promise<string>;
  readonly body?: () => object;
  /** Its answer holds what is told once. */
  readonly isSecret?: true;
  /** How many entries of the audit log it is; 1 where nothing else is said. */
  readonly entries?: number;
}

const nothing = (): Promise<string> => Promise.resolve('');
const idIn = (path: string): string => path.split('/')[1] ?? '';

const ofMerchant = (more: object) => () => ({ merchant_id: merchant['id'], environment: 'test', ...more });
const aKey = async (): Promise<string> =>
  idOf(await ada.post('access-keys', ofMerchant({ scopes: ['sessions:browser'] })()));
const aPublicKey = async (): Promise<string> =>
  idOf(await ada.post('public-keys', { channel_id: idIn(await aChannel()) }));
const aProgram = async (): Promise<string> =>
  idOf(await ada.post('service-accounts', { name: 'Program', role: 'viewer', all_merchants: true }));
const idOf = ({ body }: Answer): string => String(body['id']);
const only = (made: () => Promise<string>) => async (): Promise<string> => idIn(await made());

/** Every `POST` that the server has done once by its key, as its route is called. */
const DEEDS: Readonly<Record<string, Deed>> = {
  merchants: { thing: nothing, body: () => ({ name: 'Once' }) },
  'merchants/{id}/suspend': { thing: only(aMerchant) },
  'merchants/{id}/resume': { thing: only(after('suspend', aMerchant)) },
  channels: { thing: nothing, body: ofMerchant({ name: 'Once' }), isSecret: true },
  'channels/{id}/replace-webhook-secret': { thing: only(aChannel), isSecret: true },
  'access-keys': { thing: nothing, body: ofMerchant({ scopes: ['sessions:app'] }), isSecret: true },
  'access-keys/{id}/rotate': { thing: aKey, isSecret: true },
  'access-keys/{id}/revoke': { thing: aKey },
  'public-keys': { thing: nothing, body: () => ({ channel_id: things.channel }) },
  'public-keys/{id}/revoke': { thing: aPublicKey },
  'connector-accounts': {
    thing: nothing,
    body: () => ({ ...accountAt(product), merchant_id: merchant['id'] }),
    isSecret: true,
  },
  'connector-accounts/{id}/test': { thing: only(anAccount) },
  'connector-accounts/{id}/rotate': { thing: only(anAccount), body: () => CREDENTIAL },
  'connector-accounts/{id}/disable': { thing: only(anAccount) },
  'connector-accounts/{id}/enable': { thing: only(after('disable', anAccount)) },
  'connector-accounts/{id}/webhook-keys': { thing: only(anAccount), body: () => ({ key: 'another-key-of-it' }) },
  'connector-accounts/{id}/retire-webhook-key': { thing: only(withTwoKeys) },
  'connector-accounts/{id}/replace-webhook-address': { thing: only(anAccount), isSecret: true },
  operators: {
    thing: nothing,
    body: () => ({ email: 'once@example.com', name: 'Once', role: 'viewer', all_merchants: true }),
    isSecret: true,
  },
  'operators/{id}/invitation': { thing: only(aColleague), isSecret: true },
  'operators/{id}/disable': { thing: only(aColleague) },
  'operators/{id}/enable': { thing: only(after('disable', aColleague)) },
  'operators/{id}/reset-second-factor': { thing: only(aColleague) },
  // Nobody is linked here: there is nothing to do.
  'operators/{id}/unlink-identity': { thing: only(aColleague), entries: 0 },
  'operators/{id}/end-sessions': { thing: only(aColleague) },
  'service-accounts': {
    thing: nothing,
    body: () => ({ name: 'Once', role: 'viewer', all_merchants: true }),
    isSecret: true,
  },
  'service-accounts/{id}/revoke': { thing: aProgram },
  // The upstream can be asked.
  'sessions/{id}/re-sync': { thing: () => aSession('checkout') },
  'sessions/{id}/expire': { thing: () => aSession() },
  // It is over: there is nothing left to end.
  'jobs/{id}/cancel': { thing: () => aJob(), entries: 0 },
  'tokens/{id}/refresh': { thing: () => Promise.resolve(things.token) },
  'tokens/{id}/drop': { thing: () => Promise.resolve(things.token) },
  'directory-servers/{id}/refresh': { thing: () => Promise.resolve('test-visa') },
  'reports/check': { thing: nothing },
  'simulator/reset': { thing: nothing },
  'auth/second-factor': {
    thing: nothing,
    body: () => ({ password: product.demo.consolePassword }),
    isSecret: true,
    entries: 0,
  },
};

/** Every `POST` that takes the key itself, too: a repeat is told how things stand by then. */
const THEIR_OWN: Readonly<Record<string, Deed & { readonly act: string }>> = {
  'callbacks/{id}/replay': {
    act: 'callback.replayed',
    thing: async () => String((await aToldSession())['callbacks']?.[0]?.['id']),
  },
  jobs: { act: 'job.created', thing: nothing, body: () => ({ act: 're_sync', ids: [things.session] }) },
  'sessions/{id}/reproduce': { act: 'session.reproduced', thing: async () => String((await aToldSession())['id']) },
  'sessions/{id}/resend-callback': {
    act: 'session.callback_resent',
    thing: async () => String((await aToldSession())['id']),
  },
  'sessions/{id}/retry': {
    act: 'session.retried',
    thing: async () => String((await aToldSession('4539628347117863'))['id']),
  },
  'simulator/test-sessions': {
    act: 'session.tested',
    thing: nothing,
    body: () => ({
      channel_id: product.demo.processingChannelId,
      card: FRICTIONLESS,
      amount: 1200,
      currency: 'EUR',
      flow: 'hosted',
    }),
  },
};

/** It needs a code of an app, and is tried where there is one. */
const ELSEWHERE = ['auth/second-factor/confirm'];

/** A session that is over, whose merchant has been told, as operators see it. */
async function aToldSession(number = FRICTIONLESS): Promise<Body> {
  const calls = await callsOf('emv3ds');
  const completion = { type: 'non_hosted', callback_url: callbackUrl(product) };
  const session = await calls.open(number, { channel_data: BROWSER, completion });
  await calls.complete(session);
  return eventually(async () => {
    const { body } = await ada.get(`sessions/${String(session['id'])}`);
    return body['callbacks']?.[0]?.['state'] === 'delivered' ? body : undefined;
  });
}

const callsOf = async (connector: string): Promise<Calls> => {
  const owner = product.demo.merchants.find((one) => one.connector === connector) as DemoMerchant;
  return new Calls(product, await bearer(product, owner));
};
const aSession = async (connector = 'emv3ds'): Promise<string> =>
  String((await (await callsOf(connector)).open(FRICTIONLESS))['id']);
const aJob = async (): Promise<string> => {
  const id = idOf(await ada.post('jobs', { act: 're_sync', ids: [await aSession()] }));
  await eventually(async () => ((await ada.get(`jobs/${id}`)).body['state'] === 'done' ? true : undefined));
  return id;
};

/** How many entries the audit log has. */
const entries = async (): Promise<number> => {
  const { body } = await ada.get('audit?limit=1');
  return Number((body['data'] as unknown as Body[])[0]?.['seq']);
};

/** How many of an act it has, a hundred at most. */
const entriesOf = async (act: string): Promise<number> => {
  const { body } = await ada.get(`audit?limit=100&filter=${encodeURIComponent(JSON.stringify({ act }))}`);
  return (body['data'] as unknown as Body[]).length;
};

/** Whether an answer says that it was for a repeat. */
const replayed = ({ headers }: Answer): string =>
  headers.get('idempotent-replayed') === 'true' ? 'replayed' : 'first';

let keys = 0;
const aName = (): Record<string, string> => ({ 'idempotency-key': `once-${(keys += 1)}` });

/** What makes something, or asks somebody, and may be said why. */
const SAID_WHY = [
  'merchants',
  'channels',
  'access-keys',
  'public-keys',
  'connector-accounts',
  'connector-accounts/{id}/test',
  'operators',
  'service-accounts',
] as const;

describe('the audit log', () => {
  it.each(SAID_WHY)('has why of POST %s, where somebody said so', async (route) => {
    const { thing, body } = DEEDS[route] as Deed;
    const path = route.replace('{id}', await thing());
    const wanted = {
      ...body?.(),
      ...(route === 'operators' && { email: 'why@example.com' }),
      // One that is active is enough for a merchant.
      ...(route === 'connector-accounts' && { merchant_id: idIn(await aMerchant()) }),
    };

    expectRefusal(
      await ada.post(path, { ...wanted, reason: 'x'.repeat(501) }),
      422,
      'unprocessable_entity',
      'reason_invalid',
    );
    expect((await ada.post(path, { ...wanted, reason: 'They asked for it' })).status).toBeLessThan(300);

    const [entry] = (await ada.get('audit?limit=1')).body['data'] as unknown as Body[];
    expect(entry).toMatchObject({ reason: 'They asked for it', after: expect.any(Object) as object });
  });

  it.each([
    ['merchants/{id}', aMerchant, 'name_required'],
    ['channels/{id}', aChannel, 'change_required'],
    ['channels/{id}/branding', aChannel, 'change_required'],
    ['connector-accounts/{id}', anAccount, 'change_required'],
    ['operators/{id}', aColleague, 'change_required'],
  ])('has nothing of a PATCH %s that names nothing to change: that is refused', async (route, thing, code) => {
    const [, path] = callOf(`PATCH ${route}`, await thing());
    const before = await entries();

    for (const body of [{}, { name: null, reason: 'Nothing' }])
      expectRefusal(await ada.call('PATCH', path, body), 422, 'unprocessable_entity', code);

    expect(await entries()).toBe(before);
  });
});

describe('a request that names itself', () => {
  it('is every POST that makes or changes something', async () => {
    const { body } = await ada.get('openapi.json');
    const paths = body['paths'] as unknown as Record<string, { post?: { parameters?: { name: string }[] } }>;
    const takers = Object.entries(paths)
      .filter(([, { post }]) => post?.parameters?.some(({ name }) => name === 'Idempotency-Key'))
      .map(([path]) => path.replace('/admin/api/', ''));

    expect(takers.sort()).toEqual([...Object.keys(DEEDS), ...Object.keys(THEIR_OWN), ...ELSEWHERE].sort());
  });

  it.each(Object.entries(DEEDS))('POST %s is done once, also by two at once', async (route, deed) => {
    const path = route.replace('{id}', await deed.thing());
    const body = deed.body?.() ?? {};
    const name = aName();
    const before = await entries();

    const both = await Promise.all([1, 2].map(() => ada.post(path, body, name)));
    const done = both.filter(({ status }) => status < 300);
    const again = await ada.post(path, body, name);

    // Whoever came while the other was at work is told so; whoever came later is answered as it was.
    const codes = both.flatMap(({ body: told }) => told['error_codes'] ?? []);
    expect(
      codes.filter((code) => !['idempotency_key_in_use', 'idempotent_answer_gone'].includes(String(code))),
    ).toEqual([]);
    expect(done.length).toBeGreaterThanOrEqual(1);
    if (deed.isSecret) {
      expect(done).toHaveLength(1);
      expectRefusal(again, 409, 'conflict', 'idempotent_answer_gone');
    } else {
      expect({ status: again.status, body: again.body }).toEqual({ status: done[0]?.status, body: done[0]?.body });
      expect(again.headers.get('idempotent-replayed')).toBe('true');
    }
    const other = await ada.post(path, { ...body, reason: 'Another one' }, name);
    expectRefusal(other, 409, 'conflict', 'idempotency_key_reused');
    expect((await entries()) - before).toBe(deed.entries ?? 1);
  });

  it.each(Object.entries(THEIR_OWN))('POST %s is done once, also by many at once, and says so', async (route, deed) => {
    const path = route.replace('{id}', await deed.thing());
    const body = deed.body?.() ?? {};
    const name = aName();
    const before = await entriesOf(deed.act);

    const many = await Promise.all([1, 2, 3, 4].map(() => ada.post(path, body, name)));
    const again = await ada.post(path, body, name);

    const codes = many.flatMap(({ body: told }) => told['error_codes'] ?? []);
    expect(codes.filter((code) => code !== 'idempotency_key_in_use')).toEqual([]);
    const [first, ...others] = many
      .filter(({ status }) => status < 300)
      .map(replayed)
      .sort();
    expect([first, ...new Set(others)]).toEqual(others.length > 0 ? ['first', 'replayed'] : ['first']);
    expect([again.status, replayed(again)]).toEqual([many.find(({ status }) => status < 300)?.status, 'replayed']);
    expect((await entriesOf(deed.act)) - before).toBe(1);
  });

  it.each([
    ['expire', 'resend-callback'],
    ['resend-callback', 'expire'],
  ])('names one act: its key is refused for another, %s and then %s', async (act, other) => {
    const name = aName();
    const thing = { expire: aSession, 'resend-callback': async () => String((await aToldSession())['id']) };
    const [one, another] = [await thing[act as keyof typeof thing](), await thing[other as keyof typeof thing]()];
    expect((await ada.post(`sessions/${one}/${act}`, {}, name)).status).toBe(200);
    const before = await entries();

    expectRefusal(await ada.post(`sessions/${another}/${other}`, {}, name), 409, 'conflict', 'idempotency_key_reused');
    expect(await entries()).toBe(before);
  });

  it('is free to be made anew where it was refused', async () => {
    const name = aName();
    expect((await ada.post('merchants', { name: '' }, name)).status).toBe(422);

    expect((await ada.post('merchants', { name: 'Mended' }, name)).status).toBe(201);
  });

  it('is its caller’s own', async () => {
    const name = aName();
    const hers = await ada.post('merchants', { name: 'Hers' }, name);

    const his = await ben.post('merchants', { name: 'Hers' }, name);

    expect([hers.status, his.status]).toEqual([201, 201]);
    expect(his.body['id']).not.toBe(hers.body['id']);
  });

  it.each(['x'.repeat(256), 'two words'])('does not take %p for a key', async (key) => {
    const answer = await ada.post('merchants', { name: 'Unnamed' }, { 'idempotency-key': key });

    expectRefusal(answer, 422, 'unprocessable_entity', 'idempotency_key_invalid');
  });

  it('is not answered again to who has lost the merchant since, be it an act or a job', async () => {
    const ours = idIn(await aMerchant());
    const grant = { role: 'admin', merchant_ids: [ours, things.merchant] };
    const cleo = await inviteAndSignIn(product, 'cleo@example.com', PASSWORD, grant);
    const { body: me } = await cleo.get('auth/me');
    const again = [aName(), aName()] as const;
    const key = { channel_id: things.channel };
    const job = { act: 're_sync', ids: [things.session] };
    expect((await cleo.post('public-keys', key, again[0])).status).toBe(201);
    expect((await cleo.post('jobs', job, again[1])).status).toBe(201);

    await ada.call('PATCH', `operators/${me['id']}`, { merchant_ids: [ours] });

    expectRefusal(await cleo.post('public-keys', key, again[0]), 404, 'not_found', 'merchant_not_found');
    expectRefusal(await cleo.post('jobs', job, again[1]), 404, 'not_found', 'job_not_found');
  });
});
