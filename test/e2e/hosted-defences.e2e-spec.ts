/** What a hosted page refuses, and how: people see a page, scripts an error, operators an event. And what it does not do at all. */
import { bearer, sessionRequest, type Body } from '../support/api';
import { Calls } from '../support/calls';
import { DEVICE, hosted, HostedPage, type PageAnswer } from '../support/hosted';
import { startProduct, type Product } from '../support/product';
import { counts, rows, uuidOf } from '../support/rows';
import { eventually } from '../support/simulator';
import { onSocket, requestText } from '../support/wire';

const FRICTIONLESS = '4485040371536584';
const CHALLENGED = '4242424242424242';
const ACTIONS = ['view', 'device', 'method', 'challenge', 'cancel', 'legs'];

let product: Product;
let sessions: Calls;

const begin = async (env: Record<string, string> = {}): Promise<void> => {
  product = await startProduct(env);
  sessions = new Calls(product, await bearer(product));
};

const open = async (number = FRICTIONLESS): Promise<Body> =>
  (await sessions.create(sessionRequest(number, hosted()))).body;
const idOf = (session: Body): string => String(session['id']);
const statusOf = async (session: Body): Promise<string> => String((await sessions.read(session))['status']);
const noticeIn = ({ text }: PageAnswer): string | undefined => /data-notice="(\w+)"/.exec(text)?.[1];

/** Lines of the log that tell operators of `event` and a session: at least one. The log arrives after the answer. */
const alerts = (event: string, session: Body): Promise<Body[]> =>
  eventually(async () => {
    const told = product
      .logs()
      .split('\n')
      .filter((line) => line.includes(`"event":"${event}"`) && line.endsWith('}'))
      .map((line) => JSON.parse(line) as Body)
      .filter(({ subject }) => subject === idOf(session));
    return told.length > 0 ? told : undefined;
  });

describe('a hosted page', () => {
  beforeAll(() => begin(), 120_000);
  afterAll(() => product.stop());

  describe('behind no link', () => {
    const links = (): string[] => ['x', 'A'.repeat(43), `${'A'.repeat(42)}=`, '%00', 'a'.repeat(190)];

    it('is a page that says so', async () => {
      for (const link of links()) {
        const answer = await new HostedPage(`${product.apiUrl}/hosted/${link}`).open();

        expect([answer.status, noticeIn(answer)]).toEqual([404, 'not_found']);
      }
    });

    it('is the usual error to scripts, whatever they post', async () => {
      for (const action of ACTIONS) {
        const page = new HostedPage(`${product.apiUrl}/hosted/${'A'.repeat(43)}`);
        const { status, body } = await page.call(action, {
          view: 'x',
          method_completion: 'Y',
          device: DEVICE,
          window_size: '05',
          legs: [],
        });

        expect(status).toBe(404);
        expect(body).toMatchObject({ error_type: 'not_found', error_codes: ['link_not_found'] });
      }
      const stream = await new HostedPage(`${product.apiUrl}/hosted/${'A'.repeat(43)}`).listen();
      expect(stream.response.status).toBe(404);
    });

    it('is one with a letter changed', async () => {
      const { url } = HostedPage.of(await open());

      const tampered = url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));

      expect((await new HostedPage(tampered).open()).status).toBe(404);
    });
  });

  it('is no other session’s: a view of one page is nothing to another', async () => {
    const [mine, other] = [HostedPage.of(await open()), HostedPage.of(await open())];
    await mine.take();
    await other.take();
    const view = String((await other.call('view')).body['view']);

    const { status } = await mine.call('device', { view, device: DEVICE, method_completion: 'Y' });

    expect(status).toBe(409);
    expect((await mine.state()).step).toBe('device');
  });

  it('is not changed by who only opens it, such as a mail scanner', async () => {
    const session = await open();
    const page = HostedPage.of(session);
    const before = { ...(await counts(product)), link: await linkOf(session), version: await versionOf(session) };

    for (let time = 0; time < 5; time++) expect((await page.open({ 'user-agent': 'LinkScanner' })).status).toBe(200);
    for (const path of ['', '/state', '/events']) {
      const head = await fetch(page.url + path, { method: 'HEAD' });
      expect(head.status).toBe(200);
    }
    for (const form of ['continue', 'leave', ...ACTIONS]) {
      expect((await fetch(`${page.url}/${form}`)).status).toBe(404);
    }

    const after = { ...(await counts(product)), link: await linkOf(session), version: await versionOf(session) };
    expect(after).toEqual(before);
  });

  describe('called from elsewhere', () => {
    const FOREIGN: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];

    it.each(FOREIGN)('does nothing: %j', async (headers) => {
      const session = await open();
      const page = HostedPage.of(session);
      await page.take();

      for (const action of ACTIONS) {
        const answer = await page.call(action, { device: DEVICE, method_completion: 'Y' }, headers);

        expect(answer.status).toBe(403);
        expect(answer.body).toMatchObject({ error_codes: ['origin_not_allowed'] });
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
      expect((await page.listen(headers)).response.status).toBe(403);
      expect(await statusOf(session)).toBe('pending');
    });

    it.each<Record<string, string>>([
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site', origin: 'null' },
    ])('takes no form either, and tells people: %j', async (headers) => {
      const session = await open();

      for (const form of ['continue', 'leave']) {
        const answer = await HostedPage.of(session).submit(form, headers);
        expect([answer.status, noticeIn(answer)]).toEqual([403, 'error']);
      }
      expect(await statusOf(session)).toBe('pending');
    });

    it('tells operators, once', async () => {
      const session = await open();
      const page = HostedPage.of(session);
      for (let time = 0; time < 5; time++) await page.call('view', {}, { origin: 'https://evil.example' });

      // What comes later in the log than another session's alert does not come any more.
      const later = await open();
      await HostedPage.of(later).call('view', {}, { origin: 'https://evil.example' });
      await alerts('hosted.origin_refused', later);

      const told = await alerts('hosted.origin_refused', session);

      expect(told).toHaveLength(1);
      expect(told[0]).toMatchObject({ origin: 'https://evil.example' });
      expect(JSON.stringify(told)).not.toContain(page.url.slice(-43));
    });

    it('has no answer to a preflight', async () => {
      const { url } = HostedPage.of(await open());
      const answer = await fetch(`${url}/device`, {
        method: 'OPTIONS',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      });

      expect(answer.status).toBe(404);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  it('is called by its own script and forms', async () => {
    const { origin } = new URL(product.apiUrl);
    const page = HostedPage.of(await open(), undefined, { origin, 'sec-fetch-site': 'same-origin' });
    await page.take();

    expect((await page.device()).status).toBe(200);
    // Without a referrer the origin of a form is `null`.
    const form = HostedPage.of(await open(), undefined, { origin: 'null', 'sec-fetch-site': 'same-origin' });
    expect((await form.submit('leave')).status).toBe(303);
  });

  describe('in a frame', () => {
    it('of a page without permission refuses, offers to open alone, and tells operators', async () => {
      const session = await open();
      const page = HostedPage.of(session);

      const answer = await page.open({ 'sec-fetch-dest': 'iframe', 'accept-language': 'fr' });

      expect([answer.status, noticeIn(answer)]).toEqual([403, 'framed']);
      expect(answer.text).toContain(`href="${new URL(page.url).pathname}" target="_top"`);
      expect(answer.text).toContain('lang="fr"');
      // So that people can read it where it is; it names nobody and does nothing.
      expect(answer.headers.get('content-security-policy')).toContain('frame-ancestors *');
      expect(await alerts('hosted.framing_refused', session)).toHaveLength(1);
    });

    it('is not shown by browsers that say nothing of frames', async () => {
      const answer = await HostedPage.of(await open()).open();

      expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors 'none'`);
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
    });
  });

  describe('given a body that is', () => {
    const post = (page: HostedPage, body: string, headers: Record<string, string>): Promise<Response> =>
      fetch(`${page.url}/device`, { method: 'POST', headers, body });

    it.each<[string, string, string, number, string]>([
      ['too large', JSON.stringify({ more: 'x'.repeat(17_000) }), 'application/json', 413, 'body_too_large'],
      ['no JSON', '{"view":', 'application/json', 400, 'body_malformed'],
      ['no object', '[]', 'application/json', 400, 'body_malformed'],
      ['empty', '', 'application/json', 400, 'body_malformed'],
      ['a form', 'view=x', 'application/x-www-form-urlencoded', 415, 'content_type_invalid'],
      ['a text', 'x', 'text/plain', 415, 'content_type_invalid'],
    ])('%s, says so', async (_what, body, type, status, code) => {
      const answer = await post(HostedPage.of(await open()), body, { 'content-type': type });

      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject({ error_codes: [code] });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('too large without saying so, too', async () => {
      const { pathname } = new URL(HostedPage.of(await open()).url);
      const chunk = 'x'.repeat(0x4800);
      const headers = { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' };
      const head = requestText('POST', `${pathname}/device`, headers);

      const answer = await onSocket(product, `${head}${chunk.length.toString(16)}\r\n${chunk}\r\n0\r\n\r\n`);

      expect(answer.status).toBe(413);
    });

    it('too large for a form, tells people', async () => {
      const { url } = HostedPage.of(await open());
      const answer = await fetch(`${url}/continue`, {
        method: 'POST',
        body: new URLSearchParams({ x: 'x'.repeat(17_000) }),
      });

      expect(answer.status).toBe(413);
      expect(await answer.text()).toContain('data-notice="error"');
    });

    it('wrong in its fields, names them', async () => {
      const page = HostedPage.of(await open());
      await page.take();

      const { status, body } = await page.device('Y', { ...DEVICE, language: '<script>', timezone: undefined });

      expect(status).toBe(422);
      expect(body['error_codes']).toEqual(['device_language_invalid', 'device_timezone_required']);
    });
  });

  it('keeps itself out of caches, referrers, search engines and other pages, whatever it answers', async () => {
    const page = HostedPage.of(await open(CHALLENGED));
    await page.take();
    const stream = await page.listen();
    const answers = [
      await page.open(),
      await new HostedPage(`${product.apiUrl}/hosted/x`).open(),
      await page.call('view'),
      await page.call('device', { view: 'old' }),
      await page.submit('continue'),
      { headers: stream.response.headers },
    ];
    stream.close();

    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-robots-tag')).toContain('noindex');
      expect(headers.get('set-cookie')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('cko-request-id')).not.toBeNull();
    }
  });

  it('lets nothing run but its own script, under another nonce each time', async () => {
    const page = HostedPage.of(await open());
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const { headers, text } = await page.open();
        const policy = headers.get('content-security-policy') ?? '';
        const nonce = /script-src 'nonce-([\w-]+)'/.exec(policy)?.[1];
        expect(policy).not.toMatch(/unsafe|\*/);
        expect(text.match(/<script(?! id="boot")[^>]*>/g)).toEqual([
          expect.stringContaining(`nonce="${nonce}"`) as string,
        ]);
        return nonce;
      }),
    );

    expect(new Set(nonces).size).toBe(2);
  });

  it('holds neither card number nor session secret', async () => {
    const session = await open();
    const { text } = await HostedPage.of(session).open();

    expect(text).not.toContain(FRICTIONLESS);
    expect(text).not.toContain(String(session['session_secret']));
  });

  async function linkOf(session: Body): Promise<object | undefined> {
    const sql = 'SELECT view_id, seen_at, challenge_shown_at FROM hosted_link WHERE session_id = $1';
    return (await rows<object>(product, sql, [uuidOf(idOf(session))]))[0];
  }

  async function versionOf(session: Body): Promise<number | undefined> {
    const sql = 'SELECT version FROM session WHERE id = $1';
    return (await rows<{ version: number }>(product, sql, [uuidOf(idOf(session))]))[0]?.version;
  }
});

describe('a link whose time is over', () => {
  // 30 minutes are 6 seconds, and the 15 after the end are 3.
  beforeAll(() => begin({ COUNTERSIGN_TIME_SCALE: '300' }), 120_000);
  afterAll(() => product.stop());

  it('sends who comes late back to the shop; then it is a page that says so', async () => {
    const session = await open();
    const page = HostedPage.of(session);
    await page.take();
    await eventually(async () => ((await statusOf(session)) === 'expired' ? true : undefined), 30_000);

    const late = await page.open();
    expect([late.status, late.location]).toEqual([303, expect.stringMatching(/\/no\?cko-session-id=sid_/)]);

    const over = await eventually(async () => {
      // Whoever opens a page more often is told to wait.
      await new Promise((passed) => setTimeout(passed, 500));
      const answer = await page.open();
      return answer.status === 303 ? undefined : answer;
    }, 30_000);

    expect([over.status, noticeIn(over)]).toEqual([410, 'expired']);
    const { status, body } = await page.device();
    expect([status, body['error_codes']]).toEqual([410, ['link_expired']]);
    expect((await page.submit('leave')).status).toBe(410);
    expect((await page.listen()).response.status).toBe(410);
  });
});

describe('a link that is used too fast', () => {
  beforeAll(() => begin({ COUNTERSIGN_RATE_LIMIT_HOSTED: '1:8' }), 120_000);
  afterAll(() => product.stop());

  it('is slowed down, for people and for scripts; others are not', async () => {
    const [page, other] = [HostedPage.of(await open()), HostedPage.of(await open())];
    const answers = await Promise.all(Array.from({ length: 60 }, () => page.open()));

    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    for (const answer of refused) {
      expect(noticeIn(answer)).toBe('busy');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    // One may be let in by now, and the next one not.
    const call = await eventually(async () => {
      const answer = await page.call('view');
      return answer.status === 429 ? answer : undefined;
    });
    expect([call.status, call.body['error_codes']]).toEqual([429, ['too_many_requests']]);
    expect((await other.open()).status).toBe(200);
  });
});
