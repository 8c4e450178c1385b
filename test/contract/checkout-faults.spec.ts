import { asked, collect, learned, opened, planned } from './checkout-attempts';
import { CheckoutHouse, CLIENT_ID } from './checkout.house';
import { after } from './connector.contract';

let house: CheckoutHouse;
beforeAll(async () => {
  house = await CheckoutHouse.open();
}, 120_000);
afterEach(() => house.reset());
afterAll(() => house.close());

describe('faults of the upstream', () => {
  const UNREACHABLE = { next: 'unreachable', issuerMayHaveSeen: false };
  const WAITING = { next: 'waiting' };
  const OPENED = { next: 'need_channel_data' };
  const APPROVED = { next: 'final', facts: { transStatus: 'Y' } };

  // What is tried again is tried once: a fault that strikes once is not seen.
  it.each<[string, object, object, object]>([
    ['reset', {}, OPENED, WAITING],
    ['lost_answer', {}, OPENED, WAITING],
    ['cut_body', {}, OPENED, WAITING],
    ['html', {}, OPENED, WAITING],
    ['truncated_json', {}, OPENED, WAITING],
    ['empty', {}, OPENED, WAITING],
    ['wrong_types', {}, UNREACHABLE, WAITING],
    ['unknown_status', {}, WAITING, WAITING],
    ['status400', {}, UNREACHABLE, UNREACHABLE],
    ['status401', {}, OPENED, APPROVED],
    ['revoke_token', {}, OPENED, APPROVED],
    ['status403', {}, UNREACHABLE, UNREACHABLE],
    ['status403', { errorCodes: ['card_not_enrolled'] }, { next: 'refused', kind: 'not_allowed' }, { next: 'refused' }],
    ['status404', {}, UNREACHABLE, UNREACHABLE],
    ['status409', {}, UNREACHABLE, UNREACHABLE],
    ['status422', { errorCodes: ['amount_invalid'] }, { next: 'refused', kind: 'invalid' }, { next: 'refused' }],
    ['status429', {}, UNREACHABLE, UNREACHABLE],
    ['status429', { retryAfterSeconds: 1 }, OPENED, APPROVED],
    ['status429', { retryAfterSeconds: 30 }, UNREACHABLE, UNREACHABLE],
    ['status500', {}, OPENED, WAITING],
    ['status502', {}, OPENED, WAITING],
    ['status503', {}, OPENED, WAITING],
    ['slow', { delayMs: 300 }, OPENED, APPROVED],
    ['clock_skew', { skewMs: 3_600_000 }, OPENED, APPROVED],
  ])('create: %s %j', async (mode, more, withoutDevice, withDevice) => {
    const strike = () => house.upstream.faults({ on: 'create', mode, times: 1, ...more });
    await strike();
    expect(await house.connector.start(planned(house))).toMatchObject(withoutDevice);
    await strike();
    expect(await house.connector.start(asked(house))).toMatchObject(withDevice);
    expect(
      house.proxy.calls('POST', /\/sessions$/).filter(({ answer, body }) => answer && body?.['channel_data']),
    ).not.toHaveLength(2);
  });

  it.each<[string, object, object]>([
    ['reset', {}, WAITING],
    ['lost_answer', {}, APPROVED],
    ['cut_body', {}, APPROVED],
    ['html', {}, APPROVED],
    ['truncated_json', {}, APPROVED],
    ['wrong_types', {}, APPROVED],
    ['empty', {}, APPROVED],
    ['unknown_status', {}, WAITING],
    ['status401', {}, APPROVED],
    ['revoke_token', {}, APPROVED],
    ['status403', { errorCodes: ['update_not_allowed_due_to_state'] }, OPENED],
    ['status409', {}, WAITING],
    ['status422', { errorCodes: ['ip_address_invalid'] }, { next: 'refused', codes: ['ip_address_invalid'] }],
    ['status429', {}, UNREACHABLE],
    ['status429', { retryAfterSeconds: 1 }, APPROVED],
    ['status500', {}, OPENED],
    ['status500', { after: true }, APPROVED],
    ['status503', { after: true }, APPROVED],
    ['never_final', {}, WAITING],
  ])('collect-data: %s %j', async (mode, more, expected) => {
    const attempt = await opened(house);
    await house.upstream.faults({ on: 'collect_data', mode, times: 1, ...more });

    expect(await collect(house, attempt)).toMatchObject(expected);
    const sent = house.proxy.calls('PUT', /collect-data$/).length;
    expect(sent).toBe(['status401', 'revoke_token'].includes(mode) || 'retryAfterSeconds' in more ? 2 : 1);
  });

  it.each([
    'reset',
    'cut_body',
    'html',
    'truncated_json',
    'empty',
    'status401',
    'revoke_token',
    'status500',
    'status503',
  ])('get: %s is tried once more', async (mode) => {
    const attempt = asked(house);
    const known = after(attempt, await house.connector.start(attempt));
    await house.upstream.faults({ on: 'get', mode, times: 1 });

    expect(await house.connector.fetch(known)).toMatchObject(APPROVED);
  });

  it.each([
    'reset',
    'html',
    'wrong_types',
    'unknown_status',
    'status400',
    'status403',
    'status404',
    'status409',
    'status422',
    'status429',
    'status500',
  ])('get: %s for ever changes nothing', async (mode) => {
    const attempt = asked(house);
    const known = after(attempt, await house.connector.start(attempt));
    await house.upstream.faults({ on: 'get', mode });

    expect(await house.connector.fetch(known)).toMatchObject({ next: 'waiting' });
  });

  it('token: without one nothing is sent', async () => {
    await house.upstream.control('POST', `/accounts/${CLIENT_ID}/revoke-tokens`, {});
    await house.upstream.faults({ on: 'token', mode: 'status503' });

    expect(await house.connector.start(asked(house))).toMatchObject(UNREACHABLE);
    expect(house.proxy.calls('POST', /\/sessions$/).filter(({ answer }) => answer)).toHaveLength(0);
  }, 30_000);

  it('completes there, once', async () => {
    const attempt = asked(house);
    const known = after(attempt, await house.connector.start(attempt));
    const done = learned(await house.connector.advance(known, { type: 'completed' }));

    expect(done.state).toMatchObject({ closed: true });
    expect((await house.upstream.control('GET', `/sessions/${house.lastId()}`))['completed']).toBe(true);
    await house.connector.advance({ ...known, state: done.state }, { type: 'completed' });
    expect(house.proxy.calls('POST', /complete$/)).toHaveLength(1);
  });
});
