import { FixedClock, newUuidV7, Pan } from '@app/kernel';
import { CARD_COLUMNS, CardVault, cardValues, DataKeyring, type PreparedCard } from '@app/cards';
import { CardStorage } from '../../../libs/cards/src/card-storage.service';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { dumpOf, insertMerchant, startReplica, type Replica } from './installation';

const NUMBER = '4242424242424242';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let test: TestDatabase;
let replica: Replica;
let other: Replica;
let clock: FixedClock;
let vault: CardVault;
let merchantId: string;
let sessionId: string;

beforeEach(async () => {
  test = await createTestDatabase();
  clock = new FixedClock(new Date('2026-03-01T22:00:00Z'));
  [replica, other] = await Promise.all([startReplica(test.url, clock), startReplica(test.url, clock)]);
  vault = replica.app.get(CardVault);
  merchantId = newUuidV7(clock.now());
  sessionId = newUuidV7(clock.now());
  await insertMerchant(replica.database, merchantId);
  await vault.warm(merchantId);
});

afterEach(async () => {
  await Promise.all([replica?.close(), other?.close()]);
  await test?.drop();
});

const prepare = (session = sessionId): PreparedCard =>
  vault.prepare({
    sessionId: session,
    merchantId,
    number: Pan.fromTrusted(NUMBER),
    expiryMonth: 1,
    expiryYear: 2030,
  });

async function store(card: PreparedCard, expiresAt: Date | null = null): Promise<PreparedCard> {
  const values = cardValues(card, expiresAt, 'test');
  const places = values.map((_, index) => `$${index + 1}`).join(', ');
  await replica.database.query(`INSERT INTO card (${CARD_COLUMNS.join(', ')}) VALUES (${places})`, values);
  return card;
}

/** As the change that makes its session final does. */
const expireAt = (at: Date): Promise<unknown> =>
  replica.database.query('UPDATE card SET expires_at = $2 WHERE session_id = $1', [sessionId, at]);

describe('the card vault', () => {
  it('reads back what was stored, on every replica, for its own merchant and session only', async () => {
    await store(prepare());
    const stranger = newUuidV7(clock.now());

    const found = await other.app.get(CardVault).find(sessionId, merchantId);

    expect(found?.number.expose()).toBe(NUMBER);
    expect(found).toMatchObject({ expiryMonth: 1, expiryYear: 2030 });
    expect(await vault.find(sessionId, stranger)).toBeNull();
    expect(await vault.find(stranger, merchantId)).toBeNull();
  });

  it('does not open a number that was moved to another session or merchant', async () => {
    const { sealed } = prepare();
    const elsewhere = newUuidV7(clock.now());

    await expect(vault.open(elsewhere, merchantId, sealed)).rejects.toThrow('could not be opened');
    await expect(vault.open(sessionId, elsewhere, sealed)).rejects.toThrow('could not be opened');
  });

  it('keeps BIN, last four and a fingerprint that replicas agree on and merchants do not', async () => {
    const second = newUuidV7(clock.now());
    await insertMerchant(replica.database, second);
    const theirs = other.app.get(CardVault);
    await Promise.all([theirs.warm(merchantId), theirs.warm(second), vault.warm(second)]);
    const number = Pan.fromTrusted(NUMBER);
    const details = { sessionId, number, expiryMonth: 1, expiryYear: 2030 };

    const card = prepare();

    expect(card).toMatchObject({ bin: '42424242', lastFour: '4242', fingerprintKeyVersion: 1 });
    expect(card.fingerprint).toMatch(/^[a-z2-7]{26}$/);
    expect(theirs.prepare({ ...details, merchantId }).fingerprint).toBe(card.fingerprint);
    expect(theirs.prepare({ ...details, merchantId: second }).fingerprint).not.toBe(card.fingerprint);
    expect(vault.prepare({ ...details, merchantId: second }).fingerprint).toBe(
      theirs.prepare({ ...details, merchantId: second }).fingerprint,
    );
  });

  it('leaves no number in clear in any table', async () => {
    await store(prepare());

    const dump = await dumpOf(replica);

    expect(dump).toContain(sessionId);
    expect(dump).not.toContain(NUMBER);
    expect(dump).not.toContain(Buffer.from(NUMBER).toString('hex'));
  });

  it('gives no number whose clock has run out, and erases it', async () => {
    await store(prepare());
    const kept = newUuidV7(clock.now());
    await store(prepare(kept));
    await expireAt(new Date(clock.now().getTime() + HOUR));

    expect(await vault.eraseDue()).toBe(0);
    expect((await vault.find(sessionId, merchantId))?.number.expose()).toBe(NUMBER);

    clock.advance(HOUR);
    expect(await vault.find(sessionId, merchantId)).toBeNull();
    expect(await vault.eraseDue()).toBe(1);
    expect(await replica.database.query('SELECT session_id FROM card')).toEqual([{ session_id: kept }]);
  });

  it('erases more than one batch, on two replicas at once, each row once', async () => {
    const due = new Date(clock.now().getTime() - 1);
    for (let count = 0; count < 1_100; count++) await store(prepare(newUuidV7(clock.now())), due);

    const [mine, theirs] = await Promise.all([vault.eraseDue(), other.app.get(CardVault).eraseDue()]);

    expect(mine + theirs).toBe(1_100);
    expect(await replica.database.query('SELECT 1 FROM card')).toEqual([]);
  });
});

describe('data keys', () => {
  it('are one per day and purpose, the same on every replica, ready before the day begins', async () => {
    const [mine, theirs] = [replica.app.get(DataKeyring), other.app.get(DataKeyring)];
    const today = mine.current('card').id;
    expect(theirs.current('card').id).toBe(today);
    expect(mine.current('session_secret').id).not.toBe(today);

    clock.advance(2 * HOUR);

    expect(mine.current('card').id).not.toBe(today);
    expect(theirs.current('card').id).toBe(mine.current('card').id);
  });

  it('serve on when the new day has none yet, and catch up', async () => {
    const keyring = replica.app.get(DataKeyring);
    clock.advance(DAY);
    const last = keyring.current('card').id;

    clock.advance(2 * DAY);
    const late = keyring.current('card').id;
    await keyring.refresh();

    expect(late).not.toBe(keyring.current('card').id);
    expect((await keyring.byId(last))?.id).toBe(last);
  });

  it('are destroyed after the last row that they sealed, and an old copy of a row is unreadable then', async () => {
    const { sealed } = await store(prepare());
    const key = replica.app.get(DataKeyring).current('card').id;
    const storage = replica.app.get(CardStorage);

    clock.advance(5 * DAY);
    await storage.retire();
    expect(await vault.open(sessionId, merchantId, sealed)).not.toBeNull();

    await expireAt(clock.now());
    await vault.eraseDue();
    await storage.retire();

    expect(await vault.open(sessionId, merchantId, sealed)).toBeNull();
    await other.app.get(DataKeyring).refresh();
    expect(await other.app.get(CardVault).open(sessionId, merchantId, sealed)).toBeNull();
    expect(await replica.database.query('SELECT wrapped, destroyed_at FROM data_key WHERE id = $1', [key])).toEqual([
      { wrapped: null, destroyed_at: clock.now() },
    ]);
  });

  it('of authentication values outlive their 24 h and no more than a day and an hour', async () => {
    const keyring = replica.app.get(DataKeyring);
    const sealed = keyring.seal('authentication_value', Buffer.from('value'), 'x');

    clock.advance(2 * HOUR + 2 * DAY);
    await keyring.destroyDue();
    expect((await keyring.open(sealed, 'x'))?.toString()).toBe('value');

    clock.advance(HOUR);
    await keyring.destroyDue();
    expect(await keyring.open(sealed, 'x')).toBeNull();
  });
});

describe('card partitions', () => {
  const partitions = async (): Promise<string[]> =>
    (
      await replica.database.query<{ name: string }>(
        `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         WHERE i.inhparent = 'card'::regclass ORDER BY 1`,
      )
    ).map(({ name }) => name);

  it('exist from one day behind to two ahead after every start', async () => {
    expect(await partitions()).toEqual(
      expect.arrayContaining(['card_20260228', 'card_20260301', 'card_20260302', 'card_20260303']),
    );
  });

  it('go once they are old and empty, and stay while they hold a card', async () => {
    await store(prepare());

    clock.advance(20 * DAY);
    await replica.app.get(CardStorage).ensurePartitions();
    await replica.app.get(CardStorage).retire();

    const left = await partitions();
    expect(left).toContain('card_20260301');
    expect(left).not.toContain('card_20260302');
    expect(left).toContain('card_20260321');
  });
});
