import { createHash } from 'node:crypto';
import { generateSync } from 'otplib';
import { encodeId } from '@app/kernel';
import {
  createTestDatabase,
  PASSWORD,
  signedIn,
  somebody,
  startHouse,
  THE_SYSTEM,
  type Answered,
  type House,
  type TestDatabase,
} from './house';
import { OperatorsHousekeepingJob } from '../../../libs/operators/src/jobs/operators-housekeeping.job';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let test: TestDatabase;
let house: House;
let replica: House;

beforeAll(async () => {
  test = await createTestDatabase();
  const environment = { COUNTERSIGN_DEMO: '1', COUNTERSIGN_TRUSTED_PROXIES: '127.0.0.1' };
  house = await startHouse(test.url, environment);
  replica = await startHouse(test.url, environment, house.clock);
});

afterAll(async () => {
  await replica?.close();
  await house?.close();
  await test?.drop();
});

/** Each account is tried from an address of its own, where nothing else is said. */
const home = (email: string): string => {
  const hex = createHash('sha256').update(email).digest('hex');
  return `2a00:${hex.slice(0, 4)}:${hex.slice(4, 8)}:${hex.slice(8, 12)}::1`;
};
const tryAs = (email: string, password: string, from = home(email), at = house): Promise<Answered> =>
  at.call('POST', 'auth/sign-in', { email, password }, { 'x-forwarded-for': from });
const codeOf = ({ body }: Answered): unknown => (body['error_codes'] as string[])[0];
const fail = async (times: number, email: string, from?: string): Promise<void> => {
  for (let failure = 0; failure < times; failure++)
    expect(codeOf(await tryAs(email, 'wrong', from))).toBe('sign_in_refused');
};

describe('an account', () => {
  it('is locked after five failures, longer each time, on all replicas, and opens again', async () => {
    const email = 'locks@example.com';
    await somebody(house, email);
    await fail(5, email);

    const locked = await tryAs(email, PASSWORD, undefined, replica);
    expect([locked.status, codeOf(locked), locked.headers['retry-after']]).toEqual([429, 'sign_in_locked', '30']);
    house.clock.advance(30_000);
    await fail(1, email);
    expect((await tryAs(email, PASSWORD)).headers['retry-after']).toBe('60');
    house.clock.advance(60_000);

    expect((await tryAs(email, PASSWORD)).status).toBe(204);
    await fail(4, email);
    expect((await tryAs(email, PASSWORD)).status).toBe(204);
  });

  it('is never locked for more than a quarter of an hour', async () => {
    const email = 'nobody.at.all@example.com';
    for (let failure = 0; failure < 15; failure++) {
      await tryAs(email, 'wrong');
      house.clock.advance(15 * MINUTE);
    }

    await tryAs(email, 'wrong');
    expect((await tryAs(email, 'wrong')).headers['retry-after']).toBe('900');
  });

  it('has its failures forgotten after a day', async () => {
    const email = 'forgets@example.com';
    await fail(4, email);
    house.clock.advance(DAY + 1);

    await fail(4, email);
  });

  it('is not locked by the question for the second factor, and failures before it stay', async () => {
    const email = 'asks@example.com';
    const secret = await enrolled(email);
    await fail(4, email);

    for (let time = 0; time < 3; time++) expect(codeOf(await tryAs(email, PASSWORD))).toBe('second_factor_required');
    await fail(1, email);
    expect(codeOf(await tryAs(email, PASSWORD))).toBe('sign_in_locked');
    house.clock.advance(30_000);
    const totp = generateSync({ secret, epoch: Math.floor(house.clock.now().getTime() / 1000) });
    expect((await house.call('POST', 'auth/sign-in', { email, password: PASSWORD, totp })).status).toBe(204);
  });
});

describe('an address', () => {
  it('is locked after twenty failures over many accounts; others go on', async () => {
    const email = 'neighbour@example.com';
    await somebody(house, email);
    for (let failure = 0; failure < 20; failure++) await fail(1, `victim-${failure}@example.com`, '203.0.113.66');

    expect(codeOf(await tryAs(email, PASSWORD, '203.0.113.66'))).toBe('sign_in_locked');
    expect((await tryAs(email, PASSWORD, '203.0.113.67')).status).toBe(204);
  });

  it('does not start anew by signing in with an account of one’s own', async () => {
    const email = 'own@example.com';
    await somebody(house, email);
    for (let failure = 0; failure < 19; failure++) await fail(1, `other-${failure}@example.com`, '203.0.113.70');
    expect((await tryAs(email, PASSWORD, '203.0.113.70')).status).toBe(204);

    await fail(1, 'other-19@example.com', '203.0.113.70');
    expect(codeOf(await tryAs('other-20@example.com', 'wrong', '203.0.113.70'))).toBe('sign_in_locked');
  });

  it('is not counted where nobody can tell one client from many', async () => {
    const plain = await startHouse(test.url, undefined, house.clock);
    for (let failure = 0; failure < 25; failure++) {
      const answer = await plain.call('POST', 'auth/sign-in', {
        email: `inside-${failure}@example.com`,
        password: 'x',
      });
      expect(codeOf(answer)).toBe('sign_in_refused');
    }
    await plain.close();
  });
});

it('what was typed into the field for the address cannot be read from the table', async () => {
  await tryAs('my-real-password', 'x');

  const rows = await house.database.query<{ line: string }>('SELECT t::text AS line FROM sign_in_throttle t');
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ line }) => line.includes(Buffer.from('my-real-password').toString('hex')))).toEqual([]);
});

it('failures that are forgotten are deleted', async () => {
  house.clock.advance(DAY + 1);

  await house.app.get(OperatorsHousekeepingJob, { strict: false }).tick();

  expect(await house.database.query('SELECT 1 FROM sign_in_throttle')).toEqual([]);
});

describe('codes', () => {
  it('sign in once, of many at the same time', async () => {
    const email = 'many@example.com';
    const secret = await enrolled(email);
    house.clock.advance(MINUTE);
    const totp = generateSync({ secret, epoch: Math.floor(house.clock.now().getTime() / 1000) });

    const answers = await Promise.all(
      [house, replica, house, replica].map((at) =>
        at.call('POST', 'auth/sign-in', { email, password: PASSWORD, totp }, { 'x-forwarded-for': '203.0.113.80' }),
      ),
    );

    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(3);
  });

  it('are sealed for one person, and what is left of recovery codes is told', async () => {
    const email = 'sealed@example.com';
    const secret = await enrolled(email);

    const [row] = await house.database.query<{ line: string }>(
      'SELECT o::text AS line FROM operator o WHERE email = $1',
      [email],
    );
    expect(row?.line).not.toContain(Buffer.from(secret).toString('hex'));
    const other = await somebody(house, 'other@example.com');
    await house.database.query(
      'UPDATE operator SET totp_sealed = (SELECT totp_sealed FROM operator WHERE email = $1) WHERE id = $2',
      [email, other],
    );
    const totp = generateSync({ secret, epoch: Math.floor(house.clock.now().getTime() / 1000) });
    const stolen = await house.call('POST', 'auth/sign-in', { email: 'other@example.com', password: PASSWORD, totp });
    expect(stolen.status).toBe(500);
  });
});

it('an invitation is good for seven days', async () => {
  const wanted = { email: 'late@example.com', name: 'Late', role: 'viewer', merchants: 'all' } as const;
  const { operator, invitation } = await house.admin.invite(wanted, THE_SYSTEM);
  const accept = (token: string): Promise<Answered> =>
    house.call('POST', 'auth/invitations/accept', { token, password: PASSWORD });

  house.clock.advance(7 * DAY);
  expect(codeOf(await accept(invitation.token.expose()))).toBe('invitation_refused');
  const again = await house.admin.reinvite(operator.id, THE_SYSTEM);
  house.clock.advance(7 * DAY - 1);
  expect((await accept(again.token.expose())).status).toBe(200);
});

it('a token of a service account is good for an hour', async () => {
  await somebody(house, 'maker@example.com');
  const headers = await signedIn(house, 'maker@example.com');
  const made = await house.call(
    'POST',
    'service-accounts',
    { name: 'P', role: 'viewer', all_merchants: true },
    headers,
  );
  const response = await house.app.inject({
    method: 'POST',
    url: '/admin/api/auth/token',
    headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: String(made.body['client_id']),
      client_secret: String(made.body['client_secret']),
    }).toString(),
  });
  const { access_token: token, expires_in: lives } = response.json<Record<string, string | number>>();
  const me = (): Promise<Answered> => house.call('GET', 'auth/me', undefined, { authorization: `Bearer ${token}` });

  expect(lives).toBe(3600);
  house.clock.advance(3_599_000);
  expect((await me()).body).toMatchObject({ kind: 'service_account' });
  house.clock.advance(1_000);
  expect((await me()).status).toBe(401);
});

/** Somebody with a second factor; gives its secret. */
async function enrolled(email: string): Promise<string> {
  const id = await somebody(house, email);
  const headers = await signedIn(house, email);
  const { body } = await house.call('POST', 'auth/second-factor', { password: PASSWORD }, headers);
  const secret = String(body['totp_secret']);
  const totp = generateSync({ secret, epoch: Math.floor(house.clock.now().getTime() / 1000) - 30 });
  const confirmed = await house.call('POST', 'auth/second-factor/confirm', { totp }, headers);
  expect([encodeId('operator', id), confirmed.status]).toEqual([encodeId('operator', id), 200]);
  return secret;
}
