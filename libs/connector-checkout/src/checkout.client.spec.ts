import { TokenRefused, TokenUnavailable } from '@app/token-cache';
import type { UpstreamReply } from './judgement';
import { aClient, anAccount, type Scripted } from './testing/account';
import { anAnswer, UPSTREAM_ID } from './testing/attempt';
import { VERBS, type Verb } from './verbs';

const OK: Scripted = { status: 200, body: anAnswer() };
const CUT: Scripted = { fails: 'cut', requestSent: true };
const REFUSED: Scripted = { fails: 'refused', requestSent: false };

const ALL = Object.keys(VERBS) as Verb[];
const REPEATABLE = ALL.filter((verb) => VERBS[verb].repeatable);
const ONCE = ALL.filter((verb) => !VERBS[verb].repeatable);

const call = (verb: Verb) => ({ account: anAccount(), verb, upstreamId: UPSTREAM_ID, body: { a: 1 } });

async function lastOf(verb: Verb, ...script: Scripted[]) {
  const { client, http, tokens } = aClient(...script);
  const tries = await client.call(call(verb));
  const reply: UpstreamReply = (tries.at(-1) ?? tries[0]).reply;
  return { reply, tries, http, tokens };
}

describe('the link to the upstream', () => {
  it('says who calls, what, and where', async () => {
    const { http } = await lastOf('collect_data', OK);

    expect(http.requests).toMatchObject([
      {
        method: 'PUT',
        url: `https://api.example/sessions/${UPSTREAM_ID}/collect-data`,
        headers: { authorization: 'Bearer token-1', 'content-type': 'application/json' },
        body: '{"a":1}',
        fresh: false,
      },
    ]);
  });

  it('never asks an issuer twice: what asks is sent once, whatever becomes of it', async () => {
    for (const verb of ALL.filter((one) => VERBS[one].asksIssuer)) {
      for (const outcome of [
        CUT,
        { status: 500 },
        { status: 503 },
        { status: 200, body: '<html>' },
        { fails: 'timeout', requestSent: true },
      ] as Scripted[]) {
        expect((await lastOf(verb, outcome, OK)).http.requests).toHaveLength(1);
      }
    }
  });

  it.each(ONCE)('sends %s again over a connection of its own when it was not sent', async (verb) => {
    const { reply, http } = await lastOf(verb, REFUSED, OK);

    expect(reply).toMatchObject({ outcome: 'answered', status: 200 });
    expect(http.requests.map(({ fresh }) => fresh)).toEqual([false, true]);
  });

  it.each(REPEATABLE)('tries %s once more when it is not known what became of it', async (verb) => {
    for (const outcome of [CUT, { status: 502, body: '<html>' }, { status: 200, body: '{"id":' }] as Scripted[]) {
      const { reply, http } = await lastOf(verb, outcome, OK);

      expect(reply).toMatchObject({ outcome: 'answered', status: 200 });
      expect(http.requests).toHaveLength(2);
    }
  });

  it('gives up after the second try', async () => {
    const { reply, http, tries } = await lastOf('get', CUT);

    expect(http.requests).toHaveLength(2);
    expect(tries).toHaveLength(2);
    expect(reply).toMatchObject({ outcome: 'failed', reason: 'cut' });
  });

  it.each([400, 403, 404, 409, 422, 501])('takes %d for an answer', async (status) => {
    expect((await lastOf('get', { status }, OK)).http.requests).toHaveLength(1);
  });

  it.each(ALL)('has %s done with another token after a 401, once', async (verb) => {
    const { reply, http, tokens } = await lastOf(verb, { status: 401 }, OK);
    const again = await lastOf(verb, { status: 401 });

    expect(reply).toMatchObject({ outcome: 'answered', status: 200 });
    expect(http.requests.map(({ headers }) => headers?.['authorization'])).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
    expect(tokens.rejected).toEqual([1]);
    expect(again.http.requests).toHaveLength(2);
    expect(again.reply).toMatchObject({ status: 401 });
  });

  it.each<[string, Record<string, string>, number]>([
    ['no pause told', {}, 1],
    ['a long pause', { 'retry-after': '60' }, 1],
    ['a date', { 'retry-after': 'Mon, 23 Nov 2026 10:00:00 GMT' }, 1],
    ['no pause at all', { 'retry-after': '0' }, 2],
  ])('honours %s after a 429', async (_, headers, requests) => {
    expect((await lastOf('create_and_ask', { status: 429, headers }, OK)).http.requests).toHaveLength(requests);
  });

  it('sends nothing without a token', async () => {
    for (const [fails, detail] of [
      [new TokenRefused('invalid_client'), 'token refused: invalid_client'],
      [new TokenUnavailable('timeout'), 'no token: timeout'],
    ] as const) {
      const { client, http, tokens } = aClient(OK);
      tokens.fails = fails;

      const [{ reply }] = await client.call(call('create_and_ask'));

      expect(reply).toEqual({ outcome: 'failed', reason: 'no_token', detail, requestSent: false });
      expect(http.requests).toHaveLength(0);
    }
  });

  it('leaves an account alone that does not answer, and says so', async () => {
    const { client, http, links } = aClient(CUT);
    for (let failures = 0; failures < 5; failures++) await client.call(call('create_and_ask'));

    expect(links.isHealthy(anAccount().id)).toBe(false);
    const [{ reply }] = await client.call(call('create_and_ask'));
    expect(reply).toMatchObject({ reason: 'left_alone', requestSent: false });
    expect(http.requests).toHaveLength(5);
    expect(links.isHealthy('another')).toBe(true);
  });

  it.each<[string, Scripted, boolean]>([
    ['5xx', { status: 503 }, false],
    ['refusals', { status: 403 }, true],
    ['too many requests', { status: 429 }, true],
    ['what it does not carry', { status: 501 }, true],
  ])('is not well after %s: %#', async (_, outcome, isHealthy) => {
    const { client, links } = aClient(outcome);
    for (let calls = 0; calls < 6; calls++) await client.call(call('create_and_ask'));

    expect(links.isHealthy(anAccount().id)).toBe(isHealthy);
  });

  it('gives the account another trial after one that broke down on our side', async () => {
    const { client, links, tokens } = aClient(CUT);
    const { circuit } = links.of(anAccount().id);
    let now = performance.now();
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    for (let failures = 0; failures < 5; failures++) await client.call(call('create_and_ask'));
    now += 60_000;
    tokens.fails = new Error('no database');

    await expect(client.call(call('create_and_ask'))).rejects.toThrow('no database');

    expect(circuit.admits()).toBe(true);
    jest.restoreAllMocks();
  });

  it('does not keep a call in line until there is no time left to make it', async () => {
    const { client, links } = aClient(OK);
    const run = jest.spyOn(links.of(anAccount().id).bulkhead, 'run');
    for (const verb of ALL) await client.call(call(verb));

    for (const [patienceMs] of run.mock.calls) expect(patienceMs).toBeLessThanOrEqual(3_000);
  });

  it('does not blame the other side for a token that it refuses', async () => {
    const { client, tokens, links } = aClient(OK);
    tokens.fails = new TokenRefused('invalid_client');
    for (let calls = 0; calls < 10; calls++) await client.call(call('create'));

    expect(links.isHealthy(anAccount().id)).toBe(true);
  });
});
