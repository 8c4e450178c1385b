/** One payment from end to end: the order of the non-hosted flow (sessions-api, "State machine"). */
import { callsOf, getCallback, ShopError } from './api.js';
import { runChallenge, runMethod } from './frames.js';

const OPEN = ['pending', 'processing', 'challenged'];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What script can tell about this browser. */
function browserData() {
  const depths = [1, 4, 8, 15, 16, 24, 32, 48];
  return {
    java_enabled: typeof navigator.javaEnabled === 'function' && navigator.javaEnabled(),
    language: navigator.language || 'en',
    color_depth: String(depths.includes(screen.colorDepth) ? screen.colorDepth : 24),
    screen_height: String(screen.height),
    screen_width: String(screen.width),
    timezone: String(new Date().getTimezoneOffset()),
  };
}

/** An API answer must be a success to go on. */
function need(answer) {
  if (answer.status < 400) return answer.body;
  const codes = answer.body?.error_codes ?? [];
  throw Object.assign(new ShopError(`The API answered ${answer.status}`, codes), { answer });
}

/**
 * Runs one payment at a merchant (its channel). `steps` hears of each step: `start(name)`, `done(name, note, data)`, `skip(name, note)` and
 * `fail(name, note, data)`. Resolves with the final session; throws when it could not go on.
 */
export async function pay(merchant, order, steps) {
  const calls = callsOf(merchant);
  const run = async (name, work) => {
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

  const created = await run('create', async () => {
    const answer = await calls.create(order);
    const value = need(answer);
    return {
      note: `${answer.status} ${value.status}, next: ${value.next_actions?.join(', ') || 'nothing'}`,
      data: answer,
      value,
    };
  });
  steps.session(created.id);

  let completion = 'U';
  const methodUrl = created._links?.three_ds_method_url?.href;
  if (methodUrl) {
    completion = await run('method', async () => {
      const value = await runMethod(methodUrl, created.transaction_id);
      const note = value === 'Y' ? 'The bank reported back in time' : 'No report within ten seconds; going on without';
      return { note, data: { three_ds_method_url: methodUrl, three_ds_method_completion: value }, value };
    });
  } else {
    steps.skip('method', 'This card’s bank has none');
  }

  let session = await run('collect', async () => {
    const answer = await calls.collect(created.id, { ...browserData(), three_ds_method_completion: completion });
    const value = need(answer);
    return { note: `The answer: ${value.status}`, data: answer, value };
  });

  let hasLeft = false;
  if (session.status === 'challenged') {
    hasLeft = (await run('challenge', () => challenge(calls, session))) === 'left';
  } else {
    steps.skip('challenge', 'The bank did not ask for one');
  }

  session = await run('result', async () => {
    const answer = await (hasLeft ? calls.get(session.id) : settled(calls, session.id));
    const value = need(answer);
    return {
      note: `${value.status}${value.response_code ? `, response code ${value.response_code}` : ''}`,
      data: answer,
      value,
    };
  });
  steps.verdict(session);
  if (OPEN.includes(session.status)) return session;

  await run('complete', async () => {
    const answer = await calls.complete(session.id);
    need(answer);
    return { note: `${answer.status}, the session is closed`, data: answer, value: null };
  });
  await run('callback', async () => {
    const value = await receivedCallback(session.id);
    steps.callback(value);
    const verified = { true: 'signature verified', false: 'signature does NOT verify', null: 'not verified' };
    return { note: `Received, ${verified[String(value.verified)]}`, data: value, value };
  });
  return session;
}

async function challenge(calls, session) {
  const stop = new AbortController();
  const decided = watch(calls, session.id, stop.signal);
  const end = await runChallenge(session.acs.url, session['3ds'].challenge_request, session.id, decided);
  stop.abort();
  const notes = {
    returned: 'The bank handed the browser back',
    decided: 'The bank ended the challenge by itself',
    left: 'You closed the window. The bank will report a timeout by itself',
  };
  const data = {
    acs_url: session.acs.url,
    challenge_request: session['3ds'].challenge_request,
    returned: end.data ?? null,
  };
  return { note: notes[end.how], data, value: end.how, hasFailed: end.how === 'left' };
}

/** Resolves once the session is final, however the browser is doing. */
async function watch(calls, id, signal) {
  while (!signal.aborted) {
    await sleep(3000);
    if (signal.aborted) break;
    const answer = await calls.get(id);
    if (answer.status < 400 && !OPEN.includes(answer.body.status)) return;
  }
  await new Promise(() => {});
}

/** Asks until the session is final; gives up after 15 s and returns it as it is. */
async function settled(calls, id) {
  let answer = await calls.get(id);
  for (let wait = 150; answer.status < 400 && OPEN.includes(answer.body.status) && wait < 3500; wait *= 1.4) {
    await sleep(wait);
    answer = await calls.get(id);
  }
  return answer;
}

async function receivedCallback(id) {
  for (let round = 0; round < 30; round += 1) {
    const { callback } = await getCallback(id);
    if (callback) return callback;
    await sleep(250);
  }
  throw new ShopError('No callback came within eight seconds; it stays on the retry schedule');
}
