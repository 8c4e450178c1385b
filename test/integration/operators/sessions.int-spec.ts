import {
  aMerchant,
  createTestDatabase,
  PASSWORD,
  signedIn,
  somebody,
  startHouse,
  THE_SYSTEM,
  type House,
  type TestDatabase,
} from './house';
import { OperatorsHousekeepingJob } from '../../../libs/operators/src/jobs/operators-housekeeping.job';

const EMAIL = 'ada@example.com';
const MINUTE = 60_000;

let test: TestDatabase;
let house: House;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await startHouse(test.url);
  await somebody(house, EMAIL);
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

const me = async (headers: Record<string, string>): Promise<number> =>
  (await house.call('GET', 'auth/me', undefined, headers)).status;

describe('a session', () => {
  it('ends after half an hour without use', async () => {
    const headers = await signedIn(house, EMAIL);

    house.clock.advance(29 * MINUTE);
    expect(await me(headers)).toBe(200);
    house.clock.advance(29 * MINUTE);
    expect(await me(headers)).toBe(200);
    house.clock.advance(30 * MINUTE);
    expect(await me(headers)).toBe(401);
  });

  it('is not kept alive by what a page does by itself', async () => {
    const headers = await signedIn(house, EMAIL);

    for (let minute = 0; minute < 30; minute += 10) {
      expect(await me({ ...headers, 'x-background': '1' })).toBe(200);
      house.clock.advance(10 * MINUTE);
    }

    expect(await me(headers)).toBe(401);
  });

  it('ends after twelve hours, however it is used', async () => {
    const headers = await signedIn(house, EMAIL);

    for (let minute = 0; minute < 12 * 60; minute += 20) {
      expect(await me(headers)).toBe(200);
      house.clock.advance(20 * MINUTE);
    }

    expect(await me(headers)).toBe(401);
  });

  it('is kept as a hash only, and every one has a secret of its own', async () => {
    const [one, other] = [await signedIn(house, EMAIL), await signedIn(house, EMAIL)];
    const secret = one['cookie']?.split('=')[1] ?? '';

    expect(other['cookie']).not.toBe(one['cookie']);
    const rows = await house.database.query<{ line: string }>('SELECT s::text AS line FROM operator_session s');
    expect(rows.some(({ line }) => line.includes(secret))).toBe(false);
    expect(rows.some(({ line }) => line.includes(Buffer.from(secret, 'base64url').toString('hex')))).toBe(false);
  });

  it('is on every replica, and ends on every replica', async () => {
    const replica = await startHouse(test.url, undefined, house.clock);
    const headers = await signedIn(house, EMAIL);

    expect((await replica.call('GET', 'auth/me', undefined, headers)).status).toBe(200);
    await replica.call('POST', 'auth/sign-out', {}, headers);

    expect(await me(headers)).toBe(401);
    await replica.close();
  });

  it('is cleaned up once it is over, and no other is', async () => {
    await signedIn(house, EMAIL);
    house.clock.advance(31 * MINUTE);
    const alive = await signedIn(house, EMAIL);

    await house.app.get(OperatorsHousekeepingJob, { strict: false }).tick();

    expect(await house.database.query('SELECT id FROM operator_session')).toHaveLength(1);
    expect(await me(alive)).toBe(200);
  });
});

describe('in production, behind https', () => {
  let production: House;

  beforeAll(async () => {
    production = await startHouse(test.url, { COUNTERSIGN_PUBLIC_URL: 'https://3ds.example.com' }, house.clock);
  });

  afterAll(() => production?.close());

  it('the cookie is of this host alone, and never goes over http', async () => {
    const { cookie } = await production.call('POST', 'auth/sign-in', { email: EMAIL, password: PASSWORD });

    expect(cookie).toMatch(/^__Host-countersign_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    const secret = /=([^;]+)/.exec(cookie ?? '')?.[1] ?? '';
    const read = (name: string): Promise<number> =>
      production.call('GET', 'auth/me', undefined, { cookie: `${name}=${secret}` }).then(({ status }) => status);
    expect(await read('__Host-countersign_session')).toBe(200);
    expect(await read('countersign_session')).toBe(401);
  });

  it('whoever the identity provider vouches for needs no second factor of ours', async () => {
    const headers = await signedIn(production, EMAIL);
    await house.database.query('UPDATE operator_session SET is_vouched = true');

    const { body } = await production.call('GET', 'auth/me', undefined, headers);

    expect(body).toMatchObject({ second_factor: { enrolled: false, must_enrol: false } });
    expect((await production.call('GET', 'operators', undefined, headers)).status).toBe(200);
  });

  it('whoever has no second factor can set one up, and nothing else', async () => {
    const headers = await signedIn(production, EMAIL);

    const { body } = await production.call('GET', 'auth/me', undefined, headers);
    expect(body).toMatchObject({ permissions: ['own_account.use'], second_factor: { must_enrol: true } });
    expect((await production.call('GET', 'operators', undefined, headers)).body['error_codes']).toEqual([
      'permission_missing',
    ]);
    expect((await production.call('POST', 'auth/second-factor', { password: PASSWORD }, headers)).status).toBe(200);
  });
});

describe('a change of an operator', () => {
  it('holds for sessions that are open', async () => {
    const id = await somebody(house, 'changes@example.com', 'viewer');
    const headers = await signedIn(house, 'changes@example.com');
    const merchant = await aMerchant(house);

    await house.admin.change(id, { role: 'merchant_admin', merchants: [merchant] }, THE_SYSTEM);

    const { body } = await house.call('GET', 'auth/me', undefined, headers);
    expect(body).toMatchObject({ role: 'merchant_admin', all_merchants: false });
  });

  it('is refused where somebody else was faster', async () => {
    const id = await somebody(house, 'race@example.com', 'viewer');

    const outcomes = await Promise.allSettled(
      (['operator', 'merchant_admin', 'admin'] as const).map((role) => house.admin.change(id, { role }, THE_SYSTEM)),
    );

    const done = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(done.length).toBeGreaterThanOrEqual(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ codes: ['changed_meanwhile'] });
  });
});
