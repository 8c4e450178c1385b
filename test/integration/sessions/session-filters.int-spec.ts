import { encodeId, newUuidV4, newUuidV7 } from '@app/kernel';
import type { AdminActor, MerchantScope } from '@app/platform';
import { AdminSessionsController } from '../../../libs/sessions/src/http/admin-sessions.controller';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { isFinal, SESSION_STATUSES } from '../../../libs/sessions/src/domain/session.machine';
import { ADVICE } from '../../../libs/sessions/src/domain/verdict';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { House } from './house';

const ASKED = { progress: 'asked', transactionId: newUuidV4() } as const;

let test: TestDatabase;
let house: House;
let approved: Session;
let doubtful: Session;
let open: Session;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  const ended = { finalAt: house.clock.now(), deadlineAt: null };
  const acs = { referenceNumber: 'ACS_1', transactionId: newUuidV7(new Date()) };
  approved = await house.insert(
    house.aSession({
      ...ended,
      status: 'approved',
      attempt: { connector: 'emv3ds', ...ASKED, facts: { eci: '05', acs } },
    }),
  );
  house.clock.advance(1_000);
  doubtful = await house.insert(
    house.aSession({
      ...ended,
      status: 'declined',
      attempt: { connector: 'checkout', facts: { transStatus: 'N', transStatusReason: '11' } },
    }),
  );
  house.clock.advance(1_000);
  open = await house.insert(house.aSession({ retryOf: doubtful.id, attempt: { connector: 'emv3ds' } }));
  await owe(approved, 'delivered');
  await owe(doubtful, 'dead');
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

/** A callback that failed first; it was delivered later, or never. */
async function owe(session: Session, state: string): Promise<void> {
  const at = house.clock.now();
  await house.database.query(
    `INSERT INTO callback_message (id, merchant_id, environment, channel_id, session_id, kind, url, payload, state, tries, created_at,
       delivered_at, last_problem)
     VALUES ($1, $2, 'test', $3, $4, 'session_completed', 'https://shop.example', '{}', $5, 2, $6,
       CASE WHEN $5 = 'delivered' THEN $6::timestamptz END, CASE WHEN $5 = 'dead' THEN 'timeout' END)`,
    [newUuidV7(at), session.merchantId, session.channelId, session.id, state, at],
  );
}

/** A verdict as the list shows it. */
type Told = { readonly advice: string } | null;

const wire = ({ id }: Pick<Session, 'id'>): string => encodeId('session', id);

async function listed(filter: object, merchants: MerchantScope = 'all'): Promise<{ id: string; verdict: Told }[]> {
  const actor = { merchants } as AdminActor;
  const { data } = await house.get(AdminSessionsController).list(actor, { filter: JSON.stringify(filter) });
  return data as { id: string; verdict: Told }[];
}

const found = async (...question: Parameters<typeof listed>): Promise<string[]> =>
  (await listed(...question)).map(({ id }) => id);

describe.each([
  ['all merchants', (): MerchantScope => 'all'],
  ['one merchant', (): MerchantScope => [house.merchantId]],
])('whoever has %s', (_who, scope) => {
  it.each<[string, () => object, () => Session[]]>([
    ['the ACS', () => ({ acs: 'ACS_1' }), () => [approved]],
    ['an ACS that nobody has', () => ({ acs: 'ACS_' }), () => []],
    ['the connector', () => ({ connector: 'checkout' }), () => [doubtful]],
    ['one of the connectors', () => ({ connector: ['checkout', 'emv3ds'] }), () => [open, doubtful, approved]],
    ['what the verdict advises', () => ({ advice: 'authorize' }), () => [approved]],
    ['advice that nobody was given', () => ({ advice: ['retry', 'authorize_without_shift'] }), () => []],
    ['liability that has shifted', () => ({ liability_shift: 'yes' }), () => [approved]],
    ['liability that has not', () => ({ liability_shift: ['no', 'unknown'] }), () => [doubtful]],
    ['the issuer’s reason', () => ({ trans_status_reason: '11' }), () => [doubtful]],
    ['a reason that nobody gave', () => ({ trans_status_reason: ['01', '12'] }), () => []],
    ['the category', () => ({ authentication_category: 'payment' }), () => [open, doubtful, approved]],
    ['a category that nobody has', () => ({ authentication_category: 'non_payment' }), () => []],
    ['the version of the protocol', () => ({ protocol_version: '2.2.0' }), () => [open, doubtful, approved]],
    ['a version that nobody speaks', () => ({ protocol_version: '2.1.0' }), () => []],
    ['a callback that failed', () => ({ is_callback_failed: true }), () => [doubtful]],
    ['no callback that failed', () => ({ is_callback_failed: false }), () => [open, approved]],
    ['what it is a retry of', () => ({ retry_of: wire(doubtful) }), () => [open]],
    ['its transaction', () => ({ transaction_id: ASKED.transactionId }), () => [approved]],
    [
      'one of its transactions',
      () => ({ transaction_id: [newUuidV4(), ASKED.transactionId.toUpperCase()] }),
      () => [approved],
    ],
    ['a transaction of nobody', () => ({ transaction_id: newUuidV4() }), () => []],
    ['being nobody’s retry', () => ({ retry_of: wire(open) }), () => []],
  ])('finds sessions by %s', async (_what, filter, sessions) => {
    expect(await found(filter(), scope())).toEqual(sessions().map(wire));
  });
});

it('shows nothing of it to whoever has other merchants', async () => {
  const others = [newUuidV7(new Date())];

  for (const filter of [
    { is_callback_failed: true },
    { retry_of: wire(doubtful) },
    { acs: 'ACS_1' },
    { transaction_id: ASKED.transactionId },
  ])
    expect(await found(filter, others)).toEqual([]);
});

it.each([
  ['acs', 'x'.repeat(33)],
  ['acs', { prefix: 'ACS' }],
  ['connector', 'nobody'],
  ['advice', 'wait'],
  ['liability_shift', 'maybe'],
  ['trans_status_reason', '011'],
  ['authentication_category', 'nonPayment'],
  ['protocol_version', '2.2.0-beta'],
  ['is_callback_failed', 'yes'],
  ['is_past_deadline', 1],
  ['transaction_id', 'x'.repeat(37)],
  ['retry_of', 'sid_x'],
  ['retry_of', `mer_${'a'.repeat(26)}`],
])('refuses a filter by %s that is none, and names it', async (name, value) => {
  await expect(found({ [name]: value })).rejects.toMatchObject({ codes: [`filter_${name}_invalid`] });
});

describe('the verdict of each way to end', () => {
  const merchantId = newUuidV7(new Date());

  beforeAll(async () => {
    await house.database.query(
      `INSERT INTO merchant (id, name, status, created_at, updated_at) VALUES ($1, 'Next door', 'active', now(), now())`,
      [merchantId],
    );
    await house.vault.warm(merchantId);
    const finalAt = house.clock.now();
    const ends = SESSION_STATUSES.filter(isFinal).map((status) => ({ status, facts: {} }));
    const letters = (['A', 'I'] as const).map((transStatus) => ({
      status: 'attempted' as const,
      facts: { transStatus },
    }));
    for (const { status, facts } of [...ends, ...letters])
      await house.insert(house.aSession({ merchantId, status, finalAt, deadlineAt: null, attempt: { facts } }));
    await house.insert(
      house.aSession({
        merchantId,
        status: 'unavailable',
        finalAt,
        deadlineAt: null,
        refusalCode: 'card_not_enrolled',
      }),
    );
  });

  it('is found by what it advises, and only then', async () => {
    const all = await listed({}, [merchantId]);
    const asked = [...ADVICE.map((advice) => [advice]), [ADVICE[0], ADVICE[1]], ADVICE];

    for (const advice of asked) {
      const wanted = all.filter(({ verdict }) => verdict !== null && advice.some((one) => one === verdict.advice));
      expect(wanted.length).toBeGreaterThan(0);
      expect(await found({ advice }, [merchantId])).toEqual(wanted.map(({ id }) => id));
    }
  });
});
