/** The public endpoints: what a valid request to each looks like. */

const CARDS = ['4485040371536584', '4242424242424242', '5436031030606378', '345678901234564'];
const BROWSER = {
  channel: 'browser',
  accept_header: 'text/html,application/xhtml+xml',
  java_enabled: false,
  javascript_enabled: true,
  language: 'en-GB',
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '-60',
  user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
  ip_address: '203.0.113.7',
};
const ADDRESS = { address_line1: '1 Main Street', city: 'London', zip: 'W1T 4TJ', country: 'GB' };
const PURCHASE = {
  amount: 6540,
  currency: 'EUR',
  reference: 'ORD-1001',
  authentication_type: 'regular',
  authentication_category: 'payment',
  challenge_indicator: 'no_preference',
  transaction_type: 'goods_service',
  billing_descriptor: { name: 'Corner Shop' },
  shipping_address: ADDRESS,
  account_info: { purchase_count: 3, account_age: 'less_than_thirty_days', add_card_attempts: 0 },
  merchant_risk_info: { delivery_email: 'ada@example.com', is_preorder: false, shipping_indicator: 'visa' },
  completion: { type: 'non_hosted', callback_url: 'http://127.0.0.1:9/never' },
};
const HOSTED = { type: 'hosted', success_url: 'http://127.0.0.1:9/paid?order=1', failure_url: 'http://127.0.0.1:9/no' };
const NOBODY = 'sid_aaaaaaaaaaaaaaaaaaaaaaaaaa';
const NOBODYS_TOKEN = 'tok_aaaaaaaaaaaaaaaaaaaaaaaaaa';
const NOBODYS_INSTRUMENT = 'src_aaaaaaaaaaaaaaaaaaaaaaaaaa';
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

const card = (random) => ({
  type: 'card',
  number: random.pick(CARDS),
  expiry_month: 12,
  expiry_year: 2030,
  name: 'Ada Lovelace',
});

/** A card, most of the time; else one that was handed over or is kept, or that nobody knows. */
const source = (random, world) => {
  const said = {
    email: 'ada@example.com',
    billing_address: ADDRESS,
    mobile_phone: { country_code: '44', number: '7700900123' },
  };
  if (random.chance(0.1)) return { type: 'token', token: world.tokens.pop() ?? NOBODYS_TOKEN, stored: true, ...said };
  if (random.chance(0.1)) return { type: 'id', id: someInstrument(random, world), ...said };
  return { ...card(random), store_for_future_use: random.chance(0.2), ...said };
};

const someInstrument = (random, world) =>
  world.instruments.length > 0 && random.chance(0.9) ? random.pick(world.instruments) : NOBODYS_INSTRUMENT;

const create = (random, world) => ({
  name: 'create',
  method: 'POST',
  path: '/sessions',
  type: JSON_TYPE,
  authorization: world.token,
  json: {
    source: source(random, world),
    ...PURCHASE,
    ...(random.chance(0.5) ? { completion: random.pick([{ type: 'non_hosted' }, HOSTED]) } : {}),
    ...(random.chance(0.6)
      ? { channel_data: { ...BROWSER, three_ds_method_completion: random.pick(['Y', 'N', 'U']) } }
      : {}),
  },
});

/** Some session that exists, with one of the two ways in; or none that does. */
const someSession = (random, world) => {
  const session = world.sessions.length > 0 && random.chance(0.9) ? random.pick(world.sessions) : null;
  return {
    id: session?.id ?? NOBODY,
    authorization: session && random.chance(0.5) ? session.secret : world.token,
    session,
  };
};

const onSession = (name, method, rest, json) => (random, world) => {
  const { id, authorization } = someSession(random, world);
  const body = json === undefined ? {} : { type: JSON_TYPE, json };
  return { name, method, path: `/sessions/${id}${rest}`, authorization, ...body };
};

/** A page that hands a card over. */
const capture = (random, { demo }) => ({
  name: 'capture',
  method: 'POST',
  path: '/tokens',
  type: JSON_TYPE,
  authorization: demo.publicKey,
  json: {
    ...card(random),
    cvv: '100',
    billing_address: { address_line1: '1 Main Street', city: 'London', zip: 'W1T 4TJ', country: 'GB' },
    phone: { country_code: '+44', number: '7700900123' },
  },
});

const onInstrument = (name, method) => (random, world) => ({
  name,
  method,
  path: `/instruments/${someInstrument(random, world)}`,
  authorization: world.token,
});

const token = (random, { demo }) => {
  const basic = random.chance(0.5);
  const credentials = Buffer.from(`${demo.clientId}:${demo.clientSecret}`).toString('base64');
  return {
    name: 'token',
    method: 'POST',
    path: '/connect/token',
    type: FORM_TYPE,
    ...(basic ? { authorization: `Basic ${credentials}` } : {}),
    form: {
      grant_type: 'client_credentials',
      scope: 'sessions:app sessions:browser',
      ...(basic ? {} : { client_id: demo.clientId, client_secret: demo.clientSecret }),
    },
  };
};

const idsOf = (session) => ({
  threeDSServerTransID: session?.transactionId ?? '8a880dc0-d2d2-4067-bcb1-b08d1690b26e',
  acsTransID: session?.acsTransID ?? 'd7c1ee99-9478-44a6-b1f2-391e29c6b340',
  dsTransID: session?.dsTransID ?? 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b',
});

/** One whose issuer was asked, where there is one. */
const askedSession = (random, world) => {
  const asked = world.sessions.filter(({ resultPath }) => resultPath !== undefined);
  return asked.length > 0 && random.chance(0.9) ? random.pick(asked) : undefined;
};

const result = (random, world) => rreqOf(random, askedSession(random, world));

const rreqOf = (random, session) => ({
  name: 'rreq',
  method: 'POST',
  path: session?.resultPath ?? '/3ds/rreq',
  type: 'application/json; charset=utf-8',
  json: {
    messageType: 'RReq',
    messageVersion: '2.2.0',
    ...idsOf(session),
    messageCategory: '01',
    transStatus: random.pick(['Y', 'N', 'A', 'U', 'R']),
    transStatusReason: '01',
    authenticationType: '02',
    authenticationValue: 'AAABBBEAAAAAAAAAAAAAAAAAAAA=',
    eci: '05',
    interactionCounter: '01',
    messageExtension: [{ name: 'x', id: 'A000000004-1', criticalityIndicator: false, data: { a: '1' } }],
  },
});

/** The JSON inside the form is what gets mutated half of the time: `inner`. */
const notification = (random, world) => {
  const { threeDSServerTransID, acsTransID } = idsOf(askedSession(random, world));
  const cres = { messageType: 'CRes', messageVersion: '2.2.0', threeDSServerTransID, acsTransID, transStatus: 'Y' };
  return {
    name: 'notification',
    method: 'POST',
    path: '/3ds/challenge-notification',
    type: FORM_TYPE,
    inner: { field: 'cres', json: cres },
    form: { cres: Buffer.from(JSON.stringify(cres)).toString('base64url'), threeDSSessionData: 'eA' },
  };
};

const methodNotification = (random, world) => {
  const { threeDSServerTransID } = idsOf(askedSession(random, world));
  const json = { threeDSServerTransID };
  return {
    name: 'method',
    method: 'POST',
    path: '/3ds/method-notification',
    type: FORM_TYPE,
    inner: { field: 'threeDSMethodData', json },
    form: { threeDSMethodData: Buffer.from(JSON.stringify(json)).toString('base64url') },
  };
};

const UNKNOWN_ADDRESS = 'A'.repeat(43);

/** A session at a merchant's own upstream, which from then on has addresses of ours to tell us things at. */
const createUpstream = (random, world) => ({
  ...create(random, world),
  name: 'create upstream',
  authorization: world.upstream?.token ?? world.token,
  json: { source: card(random), ...PURCHASE, channel_data: { ...BROWSER, three_ds_method_completion: 'Y' } },
});

/** Some session that an upstream may tell of; most of the time one that it was given the addresses of. */
const someToldOf = (random, { upstream }) =>
  upstream?.sessions.length > 0 && random.chance(0.9) ? random.pick(upstream.sessions) : undefined;

const event = (random, told) => ({
  id: `evt_${String(random.below(1_000_000)).padStart(26, 'a')}`,
  type: random.pick(['authentication_approved', 'authentication_failed', 'authentication_challenged']),
  version: '1.0.0',
  created_on: '2026-08-03T10:11:12Z',
  data: {
    session_id: told?.id ?? NOBODY,
    amount: '6540',
    currency: 'USD',
    response_code: 'Y',
    reference: told?.reference ?? 'ORD-1',
  },
});

/** What an upstream posts as an account's webhook: to its address or to one that nobody was given, signed most of the time. */
const webhook = (random, world) => ({
  name: 'webhook',
  method: 'POST',
  path:
    world.upstream && random.chance(0.9)
      ? world.upstream.webhookPath
      : `/upstream/checkout/webhooks/${UNKNOWN_ADDRESS}`,
  type: JSON_TYPE,
  json: event(random, someToldOf(random, world)),
  ...(world.upstream && random.chance(0.9) ? { signedBy: world.upstream.webhookKey } : {}),
});

/** What an upstream posts when a session is completed. */
const callback = (random, world) => {
  const told = someToldOf(random, world);
  return {
    name: 'callback',
    method: 'POST',
    path: told?.callbackPath ?? `/upstream/checkout/callbacks/${UNKNOWN_ADDRESS}`,
    type: JSON_TYPE,
    json: { session_id: told?.id ?? NOBODY, response_code: 'Y', status: 'approved' },
  };
};

/** A browser that comes back from a challenge of an upstream's session. */
const upstreamReturn = (random, world) => ({
  name: 'return',
  method: 'POST',
  path: someToldOf(random, world)?.challengePath ?? `/3ds/checkout/challenge/${UNKNOWN_ADDRESS}`,
  type: FORM_TYPE,
  form: { cres: 'eyJtZXNzYWdlVHlwZSI6IkNSZXMifQ', threeDSSessionData: 'eA' },
});

/** What the hosted page loads: names that are somebody's, and names that are nobody's. */
const pageFile = (random) => ({
  name: 'page file',
  method: 'GET',
  path: random.pick(['/hosted/assets/page-0123456789abcdef.js', '/hosted/finished', `/hosted/logos/${'0'.repeat(64)}`]),
});

const NO_PAGE = { path: `/hosted/${UNKNOWN_ADDRESS}`, view: 'x' };

/** Some cardholder's page that exists, or none that does. */
const somePage = (random, world) => (world.pages.length > 0 && random.chance(0.9) ? random.pick(world.pages) : NO_PAGE);

/** A page, or one of its forms. */
const page = (name, method, rest) => (random, world) => {
  const { path } = somePage(random, world);
  return { name, method, path: path + rest, ...(method === 'GET' ? {} : { type: FORM_TYPE, form: {} }) };
};

/** A call of a page's script, mostly of the view that has the session. */
const onPage = (name, rest, json) => (random, world) => {
  const known = somePage(random, world);
  const view = random.chance(0.9) ? known.view : 'old';
  return { name, method: 'POST', path: known.path + rest, type: JSON_TYPE, json: { view, ...json }, page: known };
};

const pageState = (random, world) => {
  const { path, view } = somePage(random, world);
  return { name: 'page state', method: 'GET', path: `${path}/state?view=${view}` };
};

const DEVICE = {
  java_enabled: false,
  language: 'en-GB',
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '-60',
};

/** Each as often as it has entries. */
export const TARGETS = [
  create,
  create,
  create,
  create,
  create,
  onSession('get', 'GET', ''),
  onSession('collect', 'PUT', '/collect-data', BROWSER),
  onSession('collect', 'PUT', '/collect-data', BROWSER),
  onSession('collect', 'PUT', '/collect-data', BROWSER),
  onSession('collect', 'PUT', '/collect-data', BROWSER),
  onSession('collect', 'PUT', '/collect-data', BROWSER),
  onSession('fingerprint', 'PUT', '/issuer-fingerprint', { three_ds_method_completion: 'Y' }),
  onSession('complete', 'POST', '/complete'),
  onSession('complete', 'POST', '/complete'),
  onSession('authorization', 'GET', '/authorization-data'),
  capture,
  capture,
  onInstrument('instrument', 'GET'),
  onInstrument('forget', 'DELETE'),
  token,
  token,
  token,
  notification,
  methodNotification,
  createUpstream,
  webhook,
  webhook,
  callback,
  callback,
  upstreamReturn,
  pageFile,
  result,
  result,
  result,
  result,
  result,
  result,
  page('page', 'GET', ''),
  page('page form', 'POST', '/continue'),
  page('page form', 'POST', '/leave'),
  pageState,
  onPage('page view', '/view', {}),
  onPage('page view', '/view', {}),
  onPage('page device', '/device', { device: DEVICE, method_completion: 'Y' }),
  onPage('page call', '/method', { method_completion: 'N' }),
  onPage('page call', '/method', { method_completion: 'N' }),
  onPage('page call', '/challenge', { window_size: '05' }),
  onPage('page call', '/challenge', { window_size: '05' }),
  onPage('page call', '/cancel', {}),
  onPage('page legs', '/legs', { legs: [{ leg: 'page_shown', ms_ago: 1_200 }] }),
];
