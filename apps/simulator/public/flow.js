/** One payment from end to end: the order of the non-hosted flow (sessions-api, "State machine"). */
import { callsOf, getCallback, ShopError } from './api.js';
import { runChallenge } from './bank.js';

const OPEN = ['pending', 'processing', 'challenged'];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** An API answer must be a success to go on. */
function need(answer) {
  if (answer.status < 400) return answer.body;
  const codes = answer.body?.error_codes ?? [];
  throw Object.assign(new ShopError(`The API answered ${answer.status}`, codes), { answer });
}

/** Gives the way to run one step after the other, each told to `steps`. */
const runner = (steps) => async (name, work) => {
  steps.start(name);
  try {
    const { note, data, value, hasFailed } = await work();
    steps[hasFailed ? 'fail' : 'done'](name, note, data);
    return value;
  } catch (error) {
    steps.fail(name, error.codes?.length ? error.codes.join(', ') : error.message, error.answer);
    throw error;
  }
};

function open(run, calls, order) {
  return run('create', async () => {
    const { sessionSecret, ...answer } = await calls.create(order);
    const value = need(answer);
    return {
      note: `${answer.status} ${value.status}, next: ${value.next_actions?.join(', ') || 'nothing'}`,
      data: answer,
      value: { ...value, session_secret: sessionSecret },
    };
  });
}

/** What became of the session, from the API. */
function readResult(run, calls, id) {
  return run('result', async () => {
    const answer = await calls.get(id);
    const value = need(answer);
    return {
      note: `${value.status}${value.response_code ? `, response code ${value.response_code}` : ''}`,
      data: answer,
      value,
    };
  });
}

function hearCallback(run, steps, id) {
  return run('callback', async () => {
    const value = await receivedCallback(id);
    steps.callback(value);
    const verified = { true: 'signature verified', false: 'signature does NOT verify', null: 'not verified' };
    return { note: `Received, ${verified[String(value.verified)]}`, data: value, value };
  });
}

/** Opens a hosted session and goes to its link; the browser comes back to `comeBack`. Never resolves. */
export async function goAndPay(merchant, order, steps) {
  const session = await open(runner(steps), callsOf(merchant), order);
  location.assign(session._links.redirect_url.href);
  return new Promise(() => undefined);
}

/** The rest of a payment that took place on Countersign's page. What the browser brings back is only which session it was. */
export async function comeBack(merchant, id, steps) {
  const run = runner(steps);
  steps.session(id);
  steps.skip('create', 'The session was opened before the customer left');
  for (const name of ['method', 'collect', 'challenge']) steps.skip(name, 'On Countersign’s page');
  const session = await readResult(run, callsOf(merchant), id);
  steps.verdict(session);
  if (OPEN.includes(session.status)) return;
  steps.skip('complete', 'A hosted session is completed by its end');
  await hearCallback(run, steps, id);
}

/**
 * Runs one payment at a merchant (its channel), the browser's part by `kit`, which is countersign.js. `steps` hears of each step: `start(name)`, `done(name, note, data)`, `skip(name, note)` and
 * `fail(name, note, data)`. Resolves with the final session; throws when it could not go on.
 */
export async function pay(kit, merchant, order, steps) {
  const calls = callsOf(merchant);
  const run = runner(steps);
  const created = await open(run, calls, order);
  steps.session(created.id);

  let completion = 'U';
  const methodUrl = created._links?.three_ds_method_url?.href;
  if (methodUrl) {
    completion = await run('method', async () => {
      const value = await kit.runThreeDSMethod(created);
      const note = value === 'Y' ? 'The bank reported back in time' : 'No report within ten seconds; going on without';
      return { note, data: { three_ds_method_url: methodUrl, three_ds_method_completion: value }, value };
    });
  } else {
    steps.skip('method', 'This card’s bank has none');
  }

  let session = await run('collect', async () => {
    const answer = await calls.collect(created.id, {
      ...kit.collectBrowserData(),
      three_ds_method_completion: completion,
    });
    const value = need(answer);
    return { note: `The answer: ${value.status}`, data: answer, value };
  });

  if (OPEN.includes(session.status)) {
    await run('challenge', () => challenge(kit, { ...session, session_secret: created.session_secret }));
  } else {
    steps.skip('challenge', 'The bank did not ask for one');
  }

  session = await readResult(run, calls, session.id);
  steps.verdict(session);
  if (OPEN.includes(session.status)) return session;

  await run('complete', async () => {
    const answer = await calls.complete(session.id);
    need(answer);
    return { note: `${answer.status}, the session is closed`, data: answer, value: null };
  });
  await hearCallback(run, steps, session.id);
  return session;
}

async function challenge(kit, session) {
  const final = await runChallenge(kit, session);
  const data = { acs_url: session.acs?.url, challenge_request: session['3ds']?.challenge_request };
  return final
    ? { note: 'The bank is done', data: { ...data, status: final.status }, value: final }
    : { note: 'You closed the window. The bank will report a timeout by itself', data, value: null, hasFailed: true };
}

async function receivedCallback(id) {
  for (let round = 0; round < 30; round += 1) {
    const { callback } = await getCallback(id);
    if (callback) return callback;
    await sleep(250);
  }
  throw new ShopError('No callback came within eight seconds; it stays on the retry schedule');
}
