/** Sends mutated requests to a running server and judges what comes back. */
import { complaint } from './oracle.mjs';
import { randomFrom } from './random.mjs';
import { render } from './requests.mjs';
import { TARGETS } from './targets.mjs';
import { Wire } from './wire.mjs';

/** As many as this stay valid, or the deeper rooms of the house would never be entered. */
const VALID_SHARE = 0.15;
const MAX_KEPT = 60;
const KEPT_FINDINGS = 20;
const SAMPLE_EVERY_MS = 250;
/** So often what was slow is looked at again, alone. */
const LOOKS_AGAIN = 2;
/** A collection of everything takes a tenth of this. */
const COLLECTS_WITHIN_MS = 1_000;

/** The gauges and counters that the judgement needs, of one moment. */
async function readMetrics(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1] ?? 0,
    );
  const blocks = 'countersign_event_loop_block_seconds';
  return {
    heap: value('nodejs_heap_size_used_bytes') + value('nodejs_external_memory_bytes'),
    rss: value('process_resident_memory_bytes'),
    blocks: value(`${blocks}_count`),
    shortBlocks: value(`${blocks}_bucket{le="0.05"}`),
    blockSeconds: value(`${blocks}_sum`),
    inProgress: value('countersign_requests_in_progress'),
  };
}

/**
 * Bytes that are still held once all garbage is collected, by a server that collects on SIGUSR2
 * (test/support/collect-on-signal.cjs).
 */
async function heldBy(url, pid) {
  process.kill(pid, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, COLLECTS_WITHIN_MS));
  return (await readMetrics(url)).heap;
}

/** The same once nothing is in progress any more; a callback may take its 7 s. */
async function settled(url) {
  for (let left = 40; ; left--) {
    const metrics = await readMetrics(url);
    if (metrics.inProgress === 0 || left === 0) return metrics;
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_EVERY_MS));
  }
}

async function tokenOf({ tokenUrl }, { clientId, clientSecret }) {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const answer = await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
  return `Bearer ${(await answer.json()).access_token}`;
}

/** Where the issuer's side was told to deliver the result: only what comes there is looked at closely. */
async function resultPathOf(demo, transactionId) {
  const answer = await fetch(`${demo.simulatorUrl}/control/transactions/${transactionId}`);
  if (!answer.ok) return undefined;
  const { areq } = await answer.json();
  return areq?.threeDSServerURL && new URL(areq.threeDSServerURL).pathname;
}

/** What a session's upstream was given to tell us things at. */
async function rememberUpstream({ demo, upstream }, random, answer) {
  if (answer.status !== 201 && answer.status !== 202) return;
  const id = JSON.parse(answer.text).upstream?.session_id;
  const told = await fetch(`${demo.simulatorUrl}/control/upstream/sessions/${id}`);
  if (!told.ok) return;
  const { request } = await told.json();
  keepSome(upstream.sessions, random, {
    id,
    reference: request.reference,
    callbackPath: new URL(request.completion.callback_url).pathname,
    challengePath: new URL(request.completion.challenge_notification_url).pathname,
  });
}

async function remember(world, random, answer) {
  if (answer.status !== 201 && answer.status !== 202) return;
  const body = JSON.parse(answer.text);
  const session = {
    id: body.id,
    secret: body.session_secret,
    transactionId: body.transaction_id,
    acsTransID: body.acs?.transaction_id,
    dsTransID: body.ds?.transaction_id,
    resultPath: answer.status === 201 ? await resultPathOf(world.demo, body.transaction_id) : undefined,
  };
  keepSome(world.sessions, random, session);
  keepSome(world.instruments, random, body.card.instrument_id);
  const link = body._links.redirect_url?.href;
  if (link !== undefined) keepSome(world.pages, random, { path: new URL(link).pathname, view: '' });
}

/** At most `MAX_KEPT` of all that came, whichever. */
function keepSome(kept, random, one) {
  if (kept.length < MAX_KEPT) kept.push(one);
  else kept[random.below(MAX_KEPT)] = one;
}

const lowest = (values) => Math.min(...values);

/** Turns of the event loop that took more than 50 ms of CPU time from one moment to the next. */
const longBlocksBetween = (before, after) => after.blocks - after.shortBlocks - (before.blocks - before.shortBlocks);

/**
 * Sends `count` requests to the product that `demo` describes, `clients` at a time, after a tenth as many to warm up. The
 * same `seed` gives the same requests, as far as ids of sessions allow. Out: what was answered, what was wrong (with the
 * request, so that it can be sent again), how often the server's event loop was blocked, how its memory went: in short runs,
 * where garbage outweighs the rest, only a server that collects when told (`pid`) can tell. With `upstream`, a merchant whose account is at the simulator (`clientId`,
 * `clientSecret`, `webhookUrl`, `webhookKey`), what upstreams tell us is about its sessions; without, about nobody's.
 *
 * On a busy machine the work of several clients falls into one turn of the event loop. So after long ones the same requests are sent
 * again, one at a time: a request that blocks does so again (`blocksThatLast`).
 */
export async function fuzz({ demo, upstream, seed, count, clients = 8, pid }) {
  const url = demo.apiUrl;
  const port = Number(new URL(url).port);
  const world = {
    demo,
    token: await tokenOf(demo, demo),
    sessions: [],
    tokens: [],
    instruments: [],
    pages: [],
    ...(upstream && {
      upstream: {
        token: await tokenOf(demo, upstream),
        webhookPath: new URL(upstream.webhookUrl).pathname,
        webhookKey: upstream.webhookKey,
        sessions: [],
      },
    }),
  };
  const statuses = {};
  const findings = [];
  let slowestMs = 0;

  const run = async (total, runSeed, isAlone = false) => {
    let left = total;
    const client = async (number) => {
      const random = randomFrom(runSeed * 1_000 + number);
      const wire = new Wire(port);
      let own = isAlone ? Math.ceil(total / clients) : total;
      while (own-- > 0 && left-- > 0) {
        const target = random.pick(TARGETS)(random, world);
        const request = render(random, target, !random.chance(VALID_SHARE));
        const answer = await wire.send(request.bytes, request.flags);
        const kind = `${target.name} ${answer.status}${answer.text.includes('"RRes"') ? ' RRes' : ''}`;
        statuses[kind] = (statuses[kind] ?? 0) + 1;
        slowestMs = Math.max(slowestMs, answer.ms);
        const wrong = complaint(target.name, request, answer);
        if (
          wrong !== null &&
          findings.push({ target: target.name, wrong, request: request.bytes.toString('latin1').slice(0, 2_000) }) >
            KEPT_FINDINGS
        )
          throw new Error(`Too much is wrong: ${JSON.stringify(findings, null, 1)}`);
        if (target.name === 'create' && wrong === null && request.intact) await remember(world, random, answer);
        if (target.name === 'create upstream' && upstream && wrong === null && request.intact)
          await rememberUpstream(world, random, answer);
        if (target.name === 'capture' && answer.status === 201 && request.intact)
          keepSome(world.tokens, random, JSON.parse(answer.text).token);
        if (target.name === 'page view' && answer.status === 200 && request.intact)
          target.page.view = JSON.parse(answer.text).view;
      }
      wire.close();
    };
    const numbers = Array.from({ length: clients }, (_, number) => number);
    if (isAlone) for (const number of numbers) await client(number);
    else await Promise.all(numbers.map(client));
  };

  await run(Math.ceil(count / 10), seed + 1);
  const heldBefore = pid === undefined ? 0 : await heldBy(url, pid);
  const before = await readMetrics(url);
  const samples = [];
  const sampling = setInterval(() => void readMetrics(url).then((sample) => samples.push(sample)), SAMPLE_EVERY_MS);
  const startedAt = performance.now();
  try {
    await run(count, seed);
  } finally {
    clearInterval(sampling);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = await settled(url);
  const grewBy = pid === undefined ? undefined : (await heldBy(url, pid)) - heldBefore;
  const third = Math.ceil(samples.length / 3);
  const early = samples.slice(0, third);
  const late = samples.slice(-third);
  const longBlocks = longBlocksBetween(before, after);
  const outcome = { slowestMs: Math.round(slowestMs), statuses: { ...statuses }, findings };
  let blocksThatLast = longBlocks;
  for (let again = 0; blocksThatLast > 0 && again < LOOKS_AGAIN; again++) {
    const begin = await readMetrics(url);
    await run(count, seed, true);
    blocksThatLast = longBlocksBetween(begin, await settled(url));
  }
  return {
    seed,
    count,
    perSecond: Math.round(count / seconds),
    ...outcome,
    blocksOver50Ms: longBlocks,
    blocksThatLast,
    // What remains after collections, from the first third of the run to the last.
    heapGrowthMiB:
      (grewBy ??
        (early.length < 4 ? 0 : lowest(late.map(({ heap }) => heap)) - lowest(early.map(({ heap }) => heap)))) /
      2 ** 20,
    rssMiB: Math.round(after.rss / 2 ** 20),
    stillInProgress: after.inProgress,
  };
}

/** `node fuzz.mjs DEMO_JSON SEED COUNT [PID]` prints what came of it as JSON; DEMO_JSON may have an `upstream` beside. */
if (process.argv[1] === import.meta.filename) {
  const [, , file, seed, count, pid] = process.argv;
  const { readFileSync } = await import('node:fs');
  const demo = JSON.parse(readFileSync(file, 'utf8'));
  console.log(
    JSON.stringify(
      await fuzz({
        demo,
        upstream: demo.upstream,
        seed: Number(seed),
        count: Number(count),
        ...(pid && { pid: Number(pid) }),
      }),
    ),
  );
}
