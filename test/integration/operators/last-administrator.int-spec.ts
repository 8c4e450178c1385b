/** Somebody must always be left who can let people in. */
import type { Administrator } from '@app/platform';
import { eventually } from '../../support/simulator';
import {
  aMerchant,
  createTestDatabase,
  somebody,
  startHouse,
  THE_SYSTEM,
  type House,
  type TestDatabase,
} from './house';

let test: TestDatabase;
let house: House;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await startHouse(test.url, {});
});

beforeEach(() => house.database.query('DELETE FROM operator'));

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

/** A service account with an administrator's rights. */
const PROGRAM: Administrator = { ...THE_SYSTEM, kind: 'service_account', name: 'provisioning' };

const refused = { codes: ['last_administrator'] };

it('cannot be disabled or demoted by anybody', async () => {
  const id = await somebody(house, 'only@example.com');
  const merchant = await aMerchant(house);
  await somebody(house, 'some@example.com', 'admin', [merchant]);
  await somebody(house, 'operator@example.com', 'operator');
  const gone = await somebody(house, 'gone@example.com');
  await house.admin.disable(gone, PROGRAM);

  await expect(house.admin.disable(id, PROGRAM)).rejects.toMatchObject(refused);
  await expect(house.admin.change(id, { role: 'viewer' }, PROGRAM)).rejects.toMatchObject(refused);
  await expect(house.admin.change(id, { merchants: [merchant] }, PROGRAM)).rejects.toMatchObject(refused);
  expect(await house.admin.get(id, PROGRAM)).toMatchObject({ role: 'admin', merchants: 'all', status: 'active' });
  expect(await house.admin.change(id, { name: 'Ada', role: 'admin' }, PROGRAM)).toMatchObject({ name: 'Ada' });
});

it('keeps their identity where they have no password', async () => {
  const id = await somebody(house, 'linked@example.com');
  await house.database.query(
    `UPDATE operator SET password_hash = NULL, oidc_issuer = 'https://id.example', oidc_subject = 'ada', oidc_linked_at = now()`,
  );

  await expect(house.admin.unlinkIdentity(id, PROGRAM)).rejects.toMatchObject(refused);
});

it('is left where two take each other’s rights away at once', async () => {
  const [one, other] = [await somebody(house, 'one@example.com'), await somebody(house, 'other@example.com')];

  const answers = await house.database.transaction(async (tx) => {
    // Both have looked at the other before either may go on.
    await tx.query('SELECT FROM operator FOR UPDATE');
    const both = Promise.allSettled([
      house.admin.disable(one, PROGRAM),
      house.admin.change(other, { role: 'operator' }, PROGRAM),
    ]);
    await eventually(async () => {
      const waiting = await house.database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length === 2 || undefined;
    });
    return { both };
  });

  const settled = await answers.both;
  expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(settled.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused });
  const left = await house.admin.listAll();
  expect(left.filter(({ status, role }) => status === 'active' && role === 'admin')).toHaveLength(1);
});
