/**
 * Drives hosted sessions in parallel, each as a cardholder's page would, while the server is restarted; then looks whether each
 * ended as its issuer or its cardholder had it. As a program it prints its report as one line of JSON: HOSTED_SESSIONS,
 * HOSTED_RESTARTS, HOSTED_SEED, and HOSTED_SABOTAGE=1 to spoil what is stored before it is looked at.
 */
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { sleep, until } from '../../scripts/lib/processes.mjs';
import { playChallenge } from './cardholder.mjs';
import { HostedPage } from './hosted-page.mjs';
import { openHouse } from './house.mjs';
import { randomFrom } from './random.mjs';
import { startReceiver } from './receiver.mjs';

const CARD = { approved: '4485040371536584', declined: '4539628347117863', challenged: '4242424242424242' };
/** How long people think, at most. */
const THINKS_MS = 2_500;
const CALLBACKS_WITHIN_MS = 60_000;

/** What cardholders do, what becomes of the session, and where their page sends them. */
const KINDS = [
  { kind: 'frictionless', number: CARD.approved, status: 'approved', outcome: 'success' },
  { kind: 'declined', number: CARD.declined, status: 'declined', outcome: 'failure' },
  { kind: 'challenged', number: CARD.challenged, deed: 'password', status: 'approved', outcome: 'success' },
  {
    kind: 'cancelled at the bank',
    number: CARD.challenged,
    deed: 'cancel',
    status: 'challenge_abandoned',
    outcome: 'failure',
  },
  {
    kind: 'declined challenge',
    number: CARD.challenged,
    leaves: 'before',
    status: 'challenge_abandoned',
    outcome: 'failure',
  },
  {
    kind: 'left, then answered',
    number: CARD.challenged,
    deed: 'password',
    leaves: 'after',
    status: 'approved',
    outcome: 'failure',
  },
];

/** Runs it. Out: the report; `lost` names each session that did not end as it should, and how. */
export async function runHosted({ sessions, restarts, seed, isSabotaged = false, log = () => undefined }) {
  const random = randomFrom(seed);
  const receiver = await startReceiver(() => false);
  // Real time at the server: no deadline settles anything here. The issuer repeats its results after 40 s instead of 10, when
  // a restart is over on a busy machine too: a result that no server was there for in all its tries is lost in any case.
  const house = await openHouse({ timeScale: 1, simulatorTimeScale: 0.25 });
  try {
    const authorization = await tokenOf(house.demo);
    const startedAt = performance.now();
    let played = 0;
    const purchases = Array.from({ length: sessions }, (_, index) => ({
      ...KINDS[index % KINDS.length],
      reference: randomUUID(),
      listens: random.chance(0.5),
      thinks: () => sleep(random.between(0, THINKS_MS)),
    }));
    const all = Promise.all(
      purchases.map(async (purchase) => {
        try {
          Object.assign(purchase, await buy(house, authorization, purchase, receiver.url));
        } catch (error) {
          purchase.problem = error.message;
        }
        played++;
      }),
    );
    const downMs = [];
    for (let count = 1; count <= restarts; count++) {
      // Somewhere in the middle: some are through, most are under way.
      await until(() => played >= (sessions * count) / (restarts + 2), 60_000);
      const stoppedAt = performance.now();
      await house.restartServer();
      downMs.push(Math.round(performance.now() - stoppedAt));
      log(`restart ${count}: ${played} of ${sessions} were through, ${downMs.at(-1)} ms`);
    }
    await all;
    const seconds = (performance.now() - startedAt) / 1000;
    await until(() => receiver.received.size === sessions, CALLBACKS_WITHIN_MS);
    if (isSabotaged) await spoil(house);
    const lost = await audit(house, purchases, receiver.received);
    return {
      seed,
      sessions,
      restarts: downMs.length,
      kept: sessions - new Set(lost.map(({ reference }) => reference)).size,
      lost: lost.map(({ kind, why }) => `${kind}: ${why}`),
      retries: purchases.reduce((sum, { retries = 0 }) => sum + retries, 0),
      downMs,
      seconds,
      ...timesOf(purchases),
    };
  } finally {
    await house.close();
    await receiver.close();
  }
}

/** One purchase, from the shop to the shop. */
async function buy(house, authorization, { number, reference, deed, leaves, listens, thinks }, callbackUrl) {
  const session = await create(house, authorization, number, reference, callbackUrl);
  await thinks();
  const page = new HostedPage(session._links.redirect_url.href, listens);
  const begunAt = performance.now();
  let state = await page.take();
  if (state.step === 'device') state = await page.device();
  if (state.step === 'waiting') state = await page.follow();
  if (state.step === 'challenge') state = await atTheBank(page, { deed, leaves, thinks });
  return { outcome_: state.outcome, back: state.return_url, retries: page.retries, ms: performance.now() - begunAt };
}

async function atTheBank(page, { deed, leaves, thinks }) {
  if (leaves === 'before') return page.cancel();
  const { challenge } = await page.challenge();
  const left = leaves === 'after' ? await page.cancel() : null;
  await thinks();
  await playChallenge({ acs: { url: challenge.url }, '3ds': { challenge_request: challenge.fields.creq } }, deed);
  return left ?? page.follow(({ step }) => step === 'done');
}

async function create(house, authorization, number, reference, callbackUrl) {
  const completion = {
    type: 'hosted',
    success_url: 'http://127.0.0.1:9/yes',
    failure_url: 'http://127.0.0.1:9/no',
    callback_url: callbackUrl,
  };
  const request = {
    source: { type: 'card', number, expiry_month: 12, expiry_year: 2030, name: 'Ada Lovelace' },
    amount: 6540,
    currency: 'EUR',
    reference,
    completion,
  };
  const headers = { authorization, 'content-type': 'application/json', 'cko-idempotency-key': reference };
  for (;;) {
    try {
      const response = await fetch(`${house.apiUrl}/sessions`, {
        method: 'POST',
        headers,
        body: JSON.stringify(request),
      });
      if (response.status === 202) return await response.json();
    } catch {
      // The server is away: the same request again, with its key.
    }
    await sleep(200);
  }
}

async function tokenOf({ tokenUrl, clientId, clientSecret }) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const { access_token: token } = await (await fetch(tokenUrl, { method: 'POST', body })).json();
  return `Bearer ${token}`;
}

const STORED = `
  SELECT s.reference, s.status,
         (SELECT count(*)::int FROM session_event e WHERE e.session_id = s.id AND e.type = 'request_sent') AS asked
  FROM session s`;

/** Every way in which a session can have been lost. */
async function audit(house, purchases, received) {
  const stored = Map.groupBy(await query(house, STORED), ({ reference }) => reference);
  return purchases.flatMap((purchase) => {
    const { reference, kind, status, outcome } = purchase;
    const [row, ...more] = stored.get(reference) ?? [];
    const told = received.get(reference) ?? [];
    const found = {
      'the page broke': purchase.problem,
      'no session, or two': row === undefined || more.length > 0,
      [`ended ${row?.status}`]: row?.status !== status,
      [`the page went to ${purchase.outcome_}`]: purchase.outcome_ !== outcome,
      'the issuer was asked twice': (row?.asked ?? 0) > 1,
      'the way back names no session': !/[?&]cko-session-id=sid_\w{26}$/.test(purchase.back ?? ''),
      [`told ${told.map((message) => message.status).join()}`]:
        told.length === 0 || told.some((one) => one.status !== status),
    };
    return Object.entries(found)
      .filter(([, isSo]) => isSo)
      .map(([why, isSo]) => ({ reference, kind, why: typeof isSo === 'string' ? `${why}: ${isSo}` : why }));
  });
}

/** Turns one approval into a refusal, behind the product's back. */
const spoil = (house) =>
  query(
    house,
    `UPDATE session SET status = 'declined' WHERE id = (SELECT id FROM session WHERE status = 'approved' LIMIT 1)`,
  );

async function query(house, sql) {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function timesOf(purchases) {
  const sorted = purchases.flatMap(({ ms }) => (ms === undefined ? [] : [Math.round(ms)])).sort((a, b) => a - b);
  return { p50Ms: sorted[Math.floor(sorted.length / 2)], p99Ms: sorted[Math.floor(sorted.length * 0.99)] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const seed = Number(process.env.HOSTED_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const log = (line) => process.stderr.write(`${line}\n`);
  log(`seed ${seed}`);
  const report = await runHosted({
    seed,
    sessions: Number(process.env.HOSTED_SESSIONS ?? 48),
    restarts: Number(process.env.HOSTED_RESTARTS ?? 1),
    isSabotaged: process.env.HOSTED_SABOTAGE === '1',
    log,
  });
  // Timers that nobody waits for any more would hold us up.
  process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(report.lost.length > 0 ? 1 : 0));
}
