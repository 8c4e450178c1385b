import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Body } from '../support/api';
import { expectRefusal } from '../support/calls';
import { ConsoleClient, demoOperator, serviceAccount } from '../support/console';
import { HostedPage } from '../support/hosted';
import { findLeaks } from '../support/leaks';
import { startProduct, type Product } from '../support/product';
import { eventually, resetFaults } from '../support/simulator';

const TABLE = JSON.parse(
  readFileSync(resolve(__dirname, '../../apps/simulator/src/cards/test-cards.json'), 'utf8'),
) as { cards: { number: string }[] };

const FRICTIONLESS = '4485040371536584';
const UNPUBLISHED = '4929000000006';
const PC = { language: 'en-GB', color_depth: '24', screen_height: '1080', screen_width: '1920', timezone: '-60' };

let product: Product;
let operator: ConsoleClient;

beforeAll(async () => {
  product = await startProduct();
  operator = await demoOperator(product);
}, 120_000);

afterEach(() => resetFaults(product));
afterAll(() => product.stop());

const wish = (extra: object = {}): object => ({
  channel_id: product.demo.processingChannelId,
  card: FRICTIONLESS,
  amount: 1200,
  currency: 'EUR',
  flow: 'non_hosted',
  browser: PC,
  ...extra,
});
const make = (extra: object = {}, headers = {}) => operator.post('simulator/test-sessions', wish(extra), headers);
const shown = async (id: unknown): Promise<Body> => (await operator.get(`sessions/${String(id)}`)).body;
const audited = async (act: string): Promise<Body[]> =>
  (await operator.get(`audit?filter=${encodeURIComponent(JSON.stringify({ act }))}`)).body['data'] as unknown as Body[];

describe('the simulator', () => {
  it('tells every published card, and that nothing is wrong', async () => {
    const { status, body } = await operator.get('simulator');

    expect(status).toBe(200);
    expect((body['cards'] as unknown as Body[]).map(({ number }) => number)).toEqual(
      TABLE.cards.map(({ number }) => number),
    );
    expect(body).toMatchObject({
      shop_url: product.simulatorUrl,
      upstream_faults: [],
      faults: { ds: { mode: 'none' } },
    });
  });

  it('has each fault that is offered, until all are reset', async () => {
    const { fault_modes: modes } = (await operator.get('simulator')).body as unknown as {
      fault_modes: Record<string, string[]>;
    };
    for (const [part, names] of Object.entries(modes))
      for (const mode of names) {
        const { body } = await operator.call('PUT', 'simulator/faults', {
          [part]: { mode, times: 3 },
          reason: 'a look',
        });
        expect(body['faults']).toMatchObject({ [part]: { mode, times: 3 } });
      }

    const { status, body } = await operator.post('simulator/reset', {});

    expect({ status, faults: body['faults'] }).toMatchObject({ status: 200, faults: { callback: { mode: 'none' } } });
    const none = { mode: 'none', delay_ms: 5_000, times: null };
    const quiet = { ds: { ...none, scheme: null, message: 'AReq' }, rreq: none, callback: none };
    const slow = { ...quiet, callback: { mode: 'slow', delay_ms: 5_000, times: 3 } };
    const [last] = await audited('simulator.faults_set');
    expect(last?.['reason']).toBe('a look');
    expect(last?.['before']).toEqual({ ...quiet, callback: { mode: 'reset', delay_ms: 5_000, times: 3 } });
    expect(last?.['after']).toEqual(slow);
    const resets = await audited('simulator.reset');
    expect(resets.map(({ before, after }) => ({ before, after }))).toEqual([{ before: slow, after: quiet }]);
  });

  it('takes no fault that it does not have', async () => {
    for (const [body, code] of [
      [{ ds: { mode: 'explode' } }, 'ds_mode_invalid'],
      [{ rreq: {} }, 'rreq_mode_required'],
      [{ ds: { mode: 'slow', delay_ms: 1e9 } }, 'ds_delay_ms_invalid'],
      [{ ds: { mode: 'slow', scheme: 'diners' } }, 'ds_scheme_invalid'],
      [{ callback: 'slow' }, 'callback_invalid'],
    ] as const) {
      expectRefusal(await operator.call('PUT', 'simulator/faults', body), 422, 'unprocessable_entity', code);
    }
  });

  it('makes a session fail as it was told to', async () => {
    await operator.call('PUT', 'simulator/faults', { ds: { mode: 'erro', times: 1, scheme: 'visa' } });

    const { body } = await make();

    expect(await shown(body['session_id'])).toMatchObject({ status: 'unavailable', status_reason: 'ares_error' });
  });
});

describe('a test session', () => {
  it('is one like a merchant’s, of which nobody is called back', async () => {
    const { status, body } = await make({ reason: 'to see it' });

    expect({ status, ...body }).toMatchObject({ status: 'approved', hosted_url: null });
    const session = await shown(body['session_id']);
    expect(session).toMatchObject({ amount: 1200, callback_url: null, callbacks: [], last_four: '6584' });
    const [entry] = await audited('session.tested');
    expect(entry).toMatchObject({ subject: body['session_id'], reason: 'to see it' });
  });

  it('that is hosted gives the link of its page', async () => {
    const { body } = await make({ flow: 'hosted' });

    expect(body['status']).toBe('pending');
    const page = new HostedPage(String(body['hosted_url']));
    await page.take();
    await page.device();
    const end = await eventually(async () => {
      const session = await shown(body['session_id']);
      return session['final_at'] === null ? undefined : session['status'];
    });
    expect(end).toBe('approved');
  });

  it('is made once for a key', async () => {
    const once = { 'idempotency-key': 'a-test-session' };

    const [first, second] = [await make({}, once), await make({}, once)];

    expect(second.body).toEqual(first.body);
    expectRefusal(await make({ amount: 1 }, once), 409, 'conflict', 'idempotency_key_reused');
  });

  it('takes published cards only, at channels in scope only', async () => {
    expectRefusal(await make({ card: UNPUBLISHED }), 422, 'unprocessable_entity', 'card_invalid');
    expectRefusal(await make({ browser: null }), 422, 'unprocessable_entity', 'browser_required');
    expectRefusal(await make({ card: '4484070000035519' }), 403, 'operation_not_allowed', 'card_not_enrolled');
    const listed = await operator.get('channels?limit=100');
    const channels = listed.body['data'] as unknown as { id: string; merchant_id: string }[];
    const [own] = channels;
    const foreign = channels.find(({ merchant_id: merchant }) => merchant !== own?.merchant_id);
    const grant = { role: 'operator', merchant_ids: [own?.merchant_id] };
    const { client } = await serviceAccount(product, operator, grant);
    const answer = await client.post('simulator/test-sessions', wish({ channel_id: foreign?.id }));
    expectRefusal(answer, 404, 'not_found', 'channel_not_found');
  });
});

it('leaves no link, card number, secret or token in logs or tables', async () => {
  expect(await findLeaks(product)).toEqual([]);
});
