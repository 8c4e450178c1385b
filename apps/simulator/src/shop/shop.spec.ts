/** The shop's backend over HTTP, with a Sessions API that is scripted here. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { startSimulator, type RunningSimulator } from '../simulator';

type Json = Record<string, unknown>;
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body: string;
}

const SESSION = `sid_${'a'.repeat(26)}`;
const WEBHOOK_SECRET = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;

let simulator: RunningSimulator;
let api: Server;
let dataDir: string;
let seen: Seen[];
let answer: (call: Seen) => { status: number; body: unknown };
let tokens = 0;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};
const writeDemo = async (): Promise<void> => {
  const apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const demo = {
    version: 1,
    apiUrl,
    tokenUrl: `${apiUrl}/connect/token`,
    clientId: 'ack_demo',
    clientSecret: 'hush',
    processingChannelId: 'pc_demo',
    merchants: [
      { name: 'Demo', connector: 'emv3ds', processingChannelId: 'pc_demo', webhookSecret: WEBHOOK_SECRET },
      {
        name: 'Other',
        connector: 'checkout',
        processingChannelId: 'pc_other',
        clientId: 'ack_other',
        clientSecret: 'hm',
      },
    ],
  };
  await writeFile(join(dataDir, 'demo.json'), JSON.stringify(demo));
};
const call = async (method: string, path: string, body?: Json): Promise<{ status: number; body: Json }> => {
  const response = await fetch(simulator.url + path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: response.status, body: (await response.json()) as Json };
};
const order = { number: '4242424242424242', expiry_month: 12, expiry_year: 2030, amount: 6540, currency: 'EUR' };

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'shop-'));
  api = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      const reply = (status: number, value: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      };
      if (path === '/connect/token') {
        tokens += 1;
        const whose = /client_id=ack_other/.test(body) ? 'other-' : '';
        reply(200, { access_token: `${whose}token-${tokens}`, token_type: 'Bearer', expires_in: 3600, scope: '' });
        return;
      }
      const one = { method, path, authorization: headers.authorization ?? '', body };
      seen.push(one);
      const { status, body: value } = answer(one);
      reply(status, value);
    });
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  simulator = await startSimulator({ port: 0, host: '127.0.0.1', publicUrl: null, dataDir, timeScale: 1 });
});
beforeEach(() => {
  seen = [];
  answer = () => ({ status: 202, body: { id: SESSION, session_secret: 'sek_x', status: 'pending' } });
});
afterAll(async () => {
  await simulator.close();
  await new Promise((resolve) => api.close(resolve));
  await rm(dataDir, { recursive: true });
});

describe('a shop without a server', () => {
  it('says so, and serves its page all the same', async () => {
    expect((await call('GET', '/shop/config')).body).toMatchObject({ connected: false, apiUrl: null });
    expect(await call('POST', '/shop/sessions', order)).toMatchObject({
      status: 503,
      body: { error_codes: ['shop_not_connected'] },
    });
    const page = await fetch(simulator.url);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toContain('data-testid="run"');
  });

  it('keeps callbacks that it cannot verify', async () => {
    await fetch(`${simulator.url}/shop/callbacks`, {
      method: 'POST',
      body: JSON.stringify({ session_id: 'sid_early' }),
    });

    const { body } = await call('GET', '/shop/callbacks?session_id=sid_early');

    expect(body['data']).toMatchObject([{ verified: null, body: { session_id: 'sid_early' } }]);
  });
});

describe('a shop with a server', () => {
  beforeAll(writeDemo);

  it('lets its page load and call the API, and nobody else', async () => {
    const policy = (await fetch(simulator.url)).headers.get('content-security-policy');

    const origin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    expect(policy).toContain(`script-src 'self' ${origin};`);
    expect(policy).toContain(`connect-src 'self' ${origin};`);
  });

  it('opens a session with the merchant’s token and gives the page its secret beside the answer', async () => {
    const created = await call('POST', '/shop/sessions', order);

    expect(created.body).toMatchObject({
      status: 202,
      path: '/sessions',
      body: { id: SESSION, session_secret: '[kept on the server]' },
      sessionSecret: 'sek_x',
    });
    expect(seen[0]?.authorization).toBe('Bearer token-1');
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      processing_channel_id: 'pc_demo',
      completion: {
        callback_url: `${simulator.url}/shop/callbacks`,
      },
    });
  });

  it('uses one token for many calls and renews it once when it is refused', async () => {
    await call('GET', `/shop/sessions/${SESSION}`);
    answer = ({ authorization }) => ({ status: authorization === 'Bearer token-1' ? 401 : 200, body: {} });

    const refused = await call('GET', `/shop/sessions/${SESSION}`);

    expect(refused.body).toMatchObject({ status: 200 });
    expect(seen.map(({ authorization }) => authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('lets the page choose the merchant, and goes on as that one', async () => {
    const { body } = await call('GET', '/shop/config');
    expect(body['merchants']).toEqual([
      { processingChannelId: 'pc_demo', name: 'Demo', connector: 'emv3ds' },
      { processingChannelId: 'pc_other', name: 'Other', connector: 'checkout' },
    ]);

    await call('POST', '/shop/sessions?merchant=pc_other', order);
    await call('PUT', `/shop/sessions/${SESSION}/collect-data?merchant=pc_other`, {});
    await call('GET', `/shop/sessions/${SESSION}?merchant=pc_other`);
    await call('POST', `/shop/sessions/${SESSION}/complete?merchant=pc_other`);
    await call('GET', `/shop/sessions/${SESSION}`);

    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ processing_channel_id: 'pc_other' });
    const callers = seen.map(({ authorization }) => authorization.includes('other-token'));
    expect(callers).toEqual([true, true, true, true, false]);
  });

  it('calls nobody for a merchant that there is not', async () => {
    const refused = await call('POST', '/shop/sessions?merchant=pc_nobody', order);

    expect(refused).toMatchObject({ status: 422, body: { error_codes: ['merchant_invalid'] } });
    expect(seen).toEqual([]);
  });

  it('adds what only the backend sees to the browser data', async () => {
    await call('PUT', `/shop/sessions/${SESSION}/collect-data`, { language: 'en-GB', three_ds_method_completion: 'Y' });

    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      channel: 'browser',
      ip_address: '127.0.0.1',
      language: 'en-GB',
      three_ds_method_completion: 'Y',
    });
  });

  it('passes a refusal on as it came', async () => {
    answer = () => ({ status: 403, body: { error_codes: ['card_not_enrolled'] } });

    expect((await call('POST', '/shop/sessions', order)).body).toMatchObject({
      status: 403,
      body: { error_codes: ['card_not_enrolled'] },
    });
  });

  it('calls nothing for an id that is not one', async () => {
    expect((await call('GET', '/shop/sessions/..%2Fadmin')).status).toBe(422);
    expect(seen).toEqual([]);
  });

  it('tells a signed callback from a forged one', async () => {
    const deliver = async (signWith: string, id: string): Promise<void> => {
      const raw = JSON.stringify({ session_id: SESSION, status: 'approved', cryptogram: 'AJkB' });
      const at = new Date();
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(signWith).sign(id, at, raw),
      };
      await fetch(`${simulator.url}/shop/callbacks`, { method: 'POST', headers, body: raw });
    };
    await deliver(`whsec_${Buffer.from('somebody-elses-key-of-24').toString('base64')}`, 'msg_forged');
    await deliver(WEBHOOK_SECRET, 'msg_true');

    const { body } = await call('GET', `/shop/callbacks?session_id=${SESSION}`);
    const shown = await call('GET', `/shop/sessions/${SESSION}/callback`);

    expect(body['data']).toMatchObject([
      { verified: false, headers: { 'webhook-id': 'msg_forged' } },
      { verified: true, headers: { 'webhook-id': 'msg_true' } },
    ]);
    expect(shown.body).toMatchObject({ callback: { verified: true, body: { cryptogram: '[kept on the server]' } } });
  });

  it('fails on demand', async () => {
    await call('PUT', '/control/faults', { callback: { mode: 'status500', times: 1 } });
    const deliver = () => fetch(`${simulator.url}/shop/callbacks`, { method: 'POST', body: '{}' });

    expect([(await deliver()).status, (await deliver()).status]).toEqual([500, 204]);
  });

  it('serves no file outside its folder', async () => {
    expect((await fetch(`${simulator.url}/assets/..%2Fpackage.json`)).status).toBe(404);
  });
});
