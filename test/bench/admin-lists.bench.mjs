/**
 * What operators wait for with a million sessions (BENCH_SESSIONS) in Postgres: pages of the list, the first one and the one after
 * a thousand next-steps, each filter and search, and one session with its story; as somebody who has all merchants and as
 * somebody who has one. The floor of each is its bare SQL.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { fillSessions } from './support/many-sessions.mjs';
import { percentile } from './support/rounds.mjs';
import { startServer } from './support/server.mjs';

const SESSIONS = Number(process.env.BENCH_SESSIONS ?? 1_000_000);
const TIMES = Number(process.env.BENCH_TIMES ?? 30);
const STEPS = Number(process.env.BENCH_STEPS ?? 1_000);
const GOALS = { listMs: 100, showMs: 50 };
const url = process.env.BENCH_DATABASE_URL;
const log = (text) => process.stderr.write(`${text}\n`);

const server = await startServer(url, 16);
const database = new pg.Client({ connectionString: url });
await database.connect();
const api = `http://127.0.0.1:${server.port}/admin/api`;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** A UUID as the wire has it: 26 letters, the last two bits of which stand for nothing. */
function wireId(prefix, uuid) {
  let bits = [...Buffer.from(uuid.replaceAll('-', ''), 'hex')]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  bits = bits.padEnd(130, '0');
  return `${prefix}_${bits
    .match(/.{5}/g)
    .map((five) => LETTERS[parseInt(five, 2)])
    .join('')}`;
}

async function merchants() {
  await database.query(
    `INSERT INTO merchant (id, name, status, created_at, updated_at)
     SELECT gen_random_uuid(), 'Merchant ' || n, 'active', now(), now() FROM generate_series(1, 17) n`,
  );
  const { rows } = await database.query('SELECT id FROM merchant ORDER BY created_at, id');
  return rows.map(({ id }) => id);
}

/** Programs with all merchants and with one: their bearer headers. */
async function programs(merchant) {
  const { consoleEmail: email, consolePassword: password } = server.demo;
  const signIn = await fetch(`${api}/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = signIn.headers.getSetCookie()[0].split(';')[0];
  const { csrf_token: csrf } = await (await fetch(`${api}/auth/me`, { headers: { cookie } })).json();
  const program = async (scope) => {
    const made = await fetch(`${api}/service-accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrf },
      body: JSON.stringify({ name: `Bench ${randomBytes(3).toString('hex')}`, role: 'viewer', ...scope }),
    });
    const { client_id, client_secret } = await made.json();
    const answer = await fetch(`${api}/auth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }),
    });
    return { authorization: `Bearer ${(await answer.json()).access_token}` };
  };
  return {
    all: await program({ all_merchants: true }),
    one: await program({ merchant_ids: [wireId('mer', merchant)] }),
  };
}

/** The least id of a time: ids begin with it. */
const floorOf = (at) =>
  new Date(at)
    .getTime()
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})(.{4})$/, '$1-$2-7000-8000-000000000000');

async function ask(path, headers) {
  const startedAt = performance.now();
  const response = await fetch(`${api}/${path}`, { headers });
  const body = await response.json();
  const ms = performance.now() - startedAt;
  // A statement that takes too long is ended: then that is how long it took.
  if (response.status !== 200 && response.status !== 503)
    throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
  return { ms, body };
}

const pathOf = (filter, after) =>
  `sessions?filter=${encodeURIComponent(JSON.stringify(filter))}${after ? `&after=${encodeURIComponent(after)}` : ''}`;

async function bare(where) {
  const startedAt = performance.now();
  await database.query(
    `SELECT s.*, a.facts, a.connector FROM session s LEFT JOIN attempt a ON a.session_id = s.id AND a.number = s.attempt_number
     WHERE ${where} ORDER BY s.id DESC LIMIT 26`,
  );
  return performance.now() - startedAt;
}

async function measure(what, bareWhat) {
  const ours = [];
  const floor = [];
  for (let time = 0; time < TIMES; time++) {
    floor.push(await bareWhat());
    ours.push(await what());
  }
  const figures = (values) => ({ p50: round(percentile(values, 0.5)), p95: round(percentile(values, 0.95)) });
  return { api: figures(ours), sql: figures(floor) };
}

const round = (ms) => Number(ms.toFixed(1));

/** The page after so many next-steps: where it begins. */
async function walk(headers) {
  let after = null;
  for (let step = 0; step < STEPS; step++) {
    const { body } = await ask(pathOf({}, after), headers);
    if (body.next === null) return after;
    after = body.next;
  }
  return after;
}

const keyOf = (after) => JSON.parse(Buffer.from(after, 'base64url').toString())[2];

const ofBin = (condition) => `s.bin = ANY(ARRAY(SELECT bin FROM card_bin WHERE environment = 'test' AND ${condition}))`;

const NO_BIN_LIKE = (condition) =>
  `NOT EXISTS (SELECT FROM card_bin b WHERE b.environment = s.environment AND b.bin = s.bin AND ${condition})`;
const UNKNOWN = { known: false };
const COMMON_REASONS = Array.from({ length: 22 }, (_, n) => String(n + 1).padStart(2, '0'));
const COMMON_STATUSES = ['approved', 'attempted', 'declined', 'unavailable', 'challenge_abandoned', 'expired'];
const COMMON_SCHEMES = ['visa', 'mastercard', 'amex', 'cartes_bancaires', 'jcb'];

const searches = (session, merchant) => {
  const day = new Date(Date.now() - 14 * 86_400_000);
  const [from, to] = [day.toISOString(), new Date(day.getTime() + 3_600_000).toISOString()];
  const failed = `s.id IN (SELECT DISTINCT session_id FROM callback_message WHERE last_problem IS NOT NULL AND state <> 'delivered' ORDER BY session_id DESC)`;
  return {
    'first page': [{}, 'true'],
    id: [{ id: wireId('sid', session.id) }, `s.id = '${session.id}'`],
    reference: [{ reference: session.reference }, `s.reference = '${session.reference}'`],
    'reference that nobody has': [{ reference: 'ORD-none' }, `s.reference = 'ORD-none'`],
    'last four': [{ last_four: session.last_four }, `s.last_four = '${session.last_four}'`],
    BIN: [{ bin: session.bin }, `s.bin = '${session.bin}'`],
    // Of the BINs that are made (`many-sessions.mjs`) the last is the rarest.
    'BIN by six digits, rare': [{ bin: '558300' }, `s.bin = '55830081'`],
    'BIN by six digits': [{ bin: session.bin.slice(0, 6) }, `s.bin = '${session.bin}'`],
    'BIN and last four': [
      { bin: session.bin, last_four: session.last_four },
      `s.bin = '${session.bin}' AND s.last_four = '${session.last_four}'`,
    ],
    'status, common': [{ status: 'approved' }, `s.status = 'approved'`],
    'status, rare': [{ status: 'rejected' }, `s.status = 'rejected'`],
    'status, open': [{ status: ['pending', 'challenged'] }, `s.status = ANY('{pending,challenged}')`],
    'status that nobody has': [{ status: 'processing' }, `s.status = 'processing'`],
    merchant: [{ merchant_id: wireId('mer', merchant) }, `s.merchant_id = '${merchant}'`],
    'merchant and rare status': [
      { merchant_id: wireId('mer', merchant), status: 'rejected' },
      `s.merchant_id = '${merchant}' AND s.status = 'rejected'`,
    ],
    'ACS, common': [{ acs: 'ACS_LOA_0' }, `s.acs_reference = 'ACS_LOA_0'`],
    'ACS, rare': [{ acs: 'ACS_LOA_199' }, `s.acs_reference = 'ACS_LOA_199'`],
    'issuer, common': [{ issuer: 'Issuer 0' }, ofBin(`issuer = 'Issuer 0'`)],
    'issuer, rare': [{ issuer: 'Issuer 99' }, ofBin(`issuer = 'Issuer 99'`)],
    'issuer that nobody has': [{ issuer: 'Issuer 100' }, 'false'],
    'issuer by a part of its name': [{ issuer: { contains: 'issuer 9' } }, ofBin(`issuer ILIKE '%issuer 9%'`)],
    'issuer by a part of all names': [{ issuer: { contains: 'issuer' } }, ofBin(`issuer ILIKE '%issuer%'`)],
    'country of the issuer, common': [{ issuer_country: 'GB' }, ofBin(`issuer_country = 'GB'`)],
    'country of the issuer, rare': [{ issuer_country: 'IS' }, ofBin(`issuer_country = 'IS'`)],
    'kind of card, common': [{ card_type: 'credit' }, ofBin(`card_type = 'credit'`)],
    'kind of card, rare': [{ card_type: 'charge' }, ofBin(`card_type = 'charge'`)],
    connector: [{ connector: 'checkout' }, `a.connector = 'checkout'`],
    verdict: [{ advice: 'retry' }, `s.status IN ('challenge_abandoned', 'expired')`],
    'leg that nobody has': [{ leg: 'first_input' }, `false`],
    liability: [{ liability_shift: 'unknown' }, `s.liability_shift = 'unknown'`],
    'transStatus, rare': [{ trans_status: 'R' }, `s.trans_status = 'R'`],
    'reason, rare': [{ trans_status_reason: '30' }, `s.trans_status_reason = '30'`],
    scheme: [{ scheme: 'discover' }, `s.scheme = 'discover'`],
    'currency, rare': [{ currency: 'JPY' }, `s.currency = 'JPY'`],
    amount: [{ amount: { gte: 40_400 } }, 's.amount_minor >= 40400'],
    'callback failed': [{ is_callback_failed: true }, failed],
    'past deadline': [{ is_past_deadline: true }, 's.deadline_at IS NOT NULL AND s.deadline_at < clock_timestamp()'],
    'transaction id': [
      { transaction_id: session.transaction_id },
      `s.id IN (SELECT session_id FROM correlation WHERE connector = 'emv3ds' AND key = '${session.transaction_id}')`,
    ],
    'retry of': [
      { retry_of: wireId('sid', session.id) },
      `s.id IN (SELECT session_id FROM session_retry WHERE retry_of = '${session.id}')`,
    ],
    'turned away': [{ is_refused: true }, 's.refusal_code IS NOT NULL'],
    'an hour two weeks ago': [
      { created_at: { gte: from, lt: to } },
      `s.id >= '${floorOf(from)}' AND s.id < '${floorOf(to)}'`,
    ],
    'environment that nobody uses': [{ environment: 'live' }, `s.environment = 'live'`],
    'flow that nobody uses': [{ flow: 'hosted' }, `s.flow = 'hosted'`],
    'version that nobody has': [{ protocol_version: '2.3.1' }, `a.protocol_version = '2.3.1'`],
    'scheme unknown, rare': [{ scheme: UNKNOWN }, 's.scheme IS NULL'],
    'BIN unknown, rare': [{ bin: UNKNOWN }, 's.bin IS NULL'],
    'issuer unknown, rare': [{ issuer: UNKNOWN }, NO_BIN_LIKE('b.issuer IS NOT NULL')],
    'kind of card unknown, rare': [{ card_type: UNKNOWN }, NO_BIN_LIKE('b.card_type IS NOT NULL')],
    'kind of card, none of the common': [
      { card_type: { not_in: ['credit', 'debit'] } },
      NO_BIN_LIKE(`b.card_type IN ('credit', 'debit')`),
    ],
    'ACS unknown': [{ acs: UNKNOWN }, 's.acs_reference IS NULL'],
    'reason, none of the common': [
      { trans_status_reason: { not_in: COMMON_REASONS } },
      `(s.trans_status_reason = ANY('{${COMMON_REASONS}}')) IS NOT TRUE`,
    ],
    'status, none of the common': [
      { status: { not_in: COMMON_STATUSES } },
      `(s.status = ANY('{${COMMON_STATUSES}}')) IS NOT TRUE`,
    ],
    'scheme, none of the common': [
      { scheme: { not_in: COMMON_SCHEMES } },
      `(s.scheme = ANY('{${COMMON_SCHEMES}}')) IS NOT TRUE`,
    ],
    'device channel unknown, nobody': [{ device_channel: UNKNOWN }, 's.device_channel IS NULL'],
    'ECI, rare': [{ eci: '00' }, `a.facts ->> 'eci' = '00'`],
    'operator of the ACS, rare': [{ acs_operator: 'ACS-RARE' }, `a.facts #>> '{acs,operatorId}' = 'ACS-RARE'`],
    'component that failed, rare': [{ failed_component: 'D' }, `a.facts #>> '{error,component}' = 'D'`],
    'exemption that nobody has': [
      { exemption_applied: 'low_value' },
      `a.facts #>> '{upstream,members,exemption,applied}' = 'low_value'`,
    ],
    'challenge indicator, rare': [
      { challenge_indicator: 'low_value' },
      `s.details #>> '{purchase,challengeIndicator}' = 'low_value'`,
    ],
    'authentication type that nobody has': [
      { authentication_type: 'recurring' },
      `s.details #>> '{purchase,authenticationType}' = 'recurring'`,
    ],
    'device class, rare': [{ device_class: 'tablet' }, `s.browser ->> 'userAgent' ~* 'ipad|tablet'`],
    'browser that nobody has': [{ browser_family: 'Opera' }, `s.browser ->> 'userAgent' ~ 'OPR/'`],
    'amount band that nobody has': [{ amount_band: 'EUR 100000-' }, `s.amount_minor >= 100000 AND s.currency = 'EUR'`],
    'directory server, nobody': [{ directory_server: 'jcb' }, 'false'],
    'AReq unanswered, nobody': [{ is_areq_unanswered: true }, 'false'],
    'called connector': [{ called_connector: 'checkout' }, `a.connector = 'checkout'`],
    'failed connector, nobody': [{ failed_connector: 'checkout' }, 'false'],
    'failed connector of an hour, nobody': [{ failed_connector: 'emv3ds', created_at: { gte: from, lt: to } }, 'false'],
    'inquiry due, nobody': [{ is_inquiry_due: true }, 's.inquire_at <= clock_timestamp()'],
    'notice left, nobody': [
      { is_notice_left: true },
      's.id IN (SELECT session_id FROM notice_seen WHERE acted_at IS NULL)',
    ],
    'category that nobody has': [{ authentication_category: 'non_payment' }, 's.is_non_payment'],
  };
};

async function measureAs(who, headers, within, session, merchant) {
  const results = {};
  const add = async (name, goal, what, bareWhat) => {
    const result = await measure(what, bareWhat);
    results[name] = { ...result, goal };
    log(`${who} · ${name}: ${result.api.p50} / ${result.api.p95} ms, SQL ${result.sql.p50} / ${result.sql.p95} ms`);
  };
  for (const [name, [filter, where]] of Object.entries(searches(session, merchant))) {
    const path = pathOf(filter);
    await add(
      name,
      GOALS.listMs,
      async () => (await ask(path, headers)).ms,
      () => bare(`${where}${within}`),
    );
  }
  const after = await walk(headers);
  await add(
    `page after ${STEPS} next-steps`,
    GOALS.listMs,
    async () => (await ask(pathOf({}, after), headers)).ms,
    () => bare(`s.id < '${keyOf(after)}'${within}`),
  );
  const { rows } = await database.query(
    `SELECT s.id FROM session s WHERE true${within} ORDER BY md5(s.id::text) LIMIT ${TIMES}`,
  );
  let shown = 0;
  await add(
    'one session',
    GOALS.showMs,
    async () => (await ask(`sessions/${wireId('sid', rows[shown++ % rows.length].id)}`, headers)).ms,
    async () => {
      const startedAt = performance.now();
      const { id } = rows[shown % rows.length];
      await database.query('SELECT s.*, a.facts FROM session s JOIN attempt a ON a.session_id = s.id WHERE s.id = $1', [
        id,
      ]);
      await database.query('SELECT * FROM session_event WHERE session_id = $1 ORDER BY seq', [id]);
      await database.query('SELECT * FROM exchange WHERE session_id = $1 ORDER BY seq', [id]);
      return performance.now() - startedAt;
    },
  );
  return results;
}

try {
  const ids = await merchants();
  const merchant = ids[9];
  await fillSessions(url, ids, SESSIONS, log);
  const { all, one } = await programs(merchant);
  const {
    rows: [session],
  } = await database.query(
    `SELECT s.id, s.reference, s.bin, s.last_four, c.key AS transaction_id FROM session s JOIN correlation c ON c.session_id = s.id
     WHERE s.merchant_id = $1 ORDER BY md5(s.id::text) LIMIT 1`,
    [merchant],
  );
  const figures = {
    all: await measureAs('all merchants', all, '', session, merchant),
    one: await measureAs('one merchant', one, ` AND s.merchant_id = '${merchant}'`, session, merchant),
  };
  const every = Object.entries(figures).flatMap(([who, results]) =>
    Object.entries(results).map(([name, { api: ours, goal }]) => ({ name: `${who}: ${name}`, p95: ours.p95, goal })),
  );
  const lists = every.filter(({ goal }) => goal === GOALS.listMs);
  const shows = every.filter(({ goal }) => goal === GOALS.showMs);
  const tooSlow = every.filter(({ p95, goal }) => p95 >= goal).map(({ name }) => name);
  const line = {
    bench: 'admin-lists',
    value: Math.max(...lists.map(({ p95 }) => p95)),
    unit: 'ms, p95 of the slowest list',
    showMs: Math.max(...shows.map(({ p95 }) => p95)),
    sessions: SESSIONS,
    goals: GOALS,
    tooSlow,
    figures,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  process.exitCode = tooSlow.length === 0 ? 0 : 1;
} finally {
  await database.end();
  await server.stop();
}
