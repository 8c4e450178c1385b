import { decodeId, encodeId, FixedClock, newUuidV7, Pan, type Clock } from '@app/kernel';
import { CardTokens, DataKeyring, TOKEN_LIFE_MS, type CardOwner, type HeldCard } from '@app/cards';
import { CardJobs } from '../../../libs/cards/src/jobs/card.jobs';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { dumpOf, startReplica, type Replica } from './installation';

const NUMBER = '4242424242424242';
const DAY = 24 * 3_600_000;

const CARD: HeldCard = {
  number: Pan.fromTrusted(NUMBER),
  expiryMonth: 12,
  expiryYear: 2030,
  holder: {
    name: 'Ada Lovelace',
    billingAddress: { line1: '1 Main Street', country: 'GB' },
    phone: { countryCode: '44', number: '7700900123' },
  },
};

let test: TestDatabase;
let replica: Replica;
let other: Replica;
let clock: FixedClock;
let tokens: CardTokens;
let owner: CardOwner;
let sessionId: string;

const anId = (at: Clock = clock): string => newUuidV7(at.now());

beforeEach(async () => {
  test = await createTestDatabase();
  clock = new FixedClock(new Date('2026-03-01T22:00:00Z'));
  [replica, other] = await Promise.all([startReplica(test.url, clock), startReplica(test.url, clock)]);
  tokens = replica.app.get(CardTokens);
  owner = { merchantId: anId(), environment: 'test' };
  sessionId = anId();
});

afterEach(async () => {
  await Promise.all([replica?.close(), other?.close()]);
  await test?.drop();
});

const issue = async (): Promise<string> => (await tokens.issue({ ...owner, publicKeyId: anId(), card: CARD })).id;
const spend = (id: string, { on = sessionId, at = replica, by = owner } = {}): Promise<boolean> =>
  at.database.transaction((tx) => at.app.get(CardTokens).spend(tx, id, by, on));
const sealedNumbers = (): Promise<unknown[]> =>
  replica.database.query('SELECT id FROM card_token WHERE sealed IS NOT NULL');

describe('a card token', () => {
  it('stands for a card and what was said of its holder, on every replica', async () => {
    const { id, expiresAt } = await tokens.issue({ ...owner, publicKeyId: anId(), card: CARD });

    const found = await other.app.get(CardTokens).find(id, owner);

    expect(decodeId('token', encodeId('token', id))).toBe(id);
    expect(expiresAt.getTime() - clock.now().getTime()).toBe(15 * 60_000);
    expect(found).toMatchObject({ is: 'good', card: { expiryMonth: 12, expiryYear: 2030, holder: CARD.holder } });
    expect(found.is === 'good' && found.card.number.expose()).toBe(NUMBER);
  });

  it('is unknown to another merchant, in the other environment, and when it was never made', async () => {
    const id = await issue();
    const strangers = [
      { ...owner, merchantId: anId() },
      { ...owner, environment: 'live' },
    ];

    for (const stranger of strangers) {
      expect(await tokens.find(id, stranger)).toEqual({ is: 'unknown' });
      expect(await spend(id, { by: stranger })).toBe(false);
    }
    expect(await tokens.find(anId(), owner)).toEqual({ is: 'unknown' });
    expect(await tokens.find(id, owner)).toMatchObject({ is: 'good' });
  });

  it('is spent once, and its number is gone with that', async () => {
    const id = await issue();

    expect(await spend(id)).toBe(true);
    expect(await sealedNumbers()).toEqual([]);
    expect(await tokens.find(id, owner)).toEqual({ is: 'over', spentBy: sessionId });
    expect(await spend(id)).toBe(false);
  });

  it('is spent by one of two sessions at a time, on two replicas', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await issue();

      const spent = await Promise.all([spend(id, { on: anId() }), spend(id, { on: anId(), at: other })]);

      expect(spent.filter(Boolean)).toHaveLength(1);
    }
  });

  it('is not spent when its session was not stored: whoever waited for that may spend it', async () => {
    const id = await issue();
    let waiting: Promise<boolean> | undefined;

    const failed = replica.database.transaction(async (tx) => {
      expect(await tokens.spend(tx, id, owner, sessionId)).toBe(true);
      waiting = spend(id, { on: anId(), at: other });
      await tx.query('SELECT pg_sleep(0.2)');
      throw new Error('the session could not be stored');
    });

    await expect(failed).rejects.toThrow('could not be stored');
    expect(await waiting).toBe(true);
  });

  it('survives a process that dies in the middle of spending it', async () => {
    const id = await issue();
    const [{ pid } = { pid: 0 }] = await new Promise<{ pid: number }[]>((done) => {
      replica.database
        .transaction(async (tx) => {
          await tokens.spend(tx, id, owner, sessionId);
          done(await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'));
          await tx.query('SELECT pg_sleep(30)');
        })
        .catch(() => undefined);
    });

    await other.database.query('SELECT pg_terminate_backend($1)', [pid]);

    expect(await spend(id, { on: anId(), at: other })).toBe(true);
  });

  it('that was given back is good again for as long as it would have been, and only by its own session', async () => {
    const id = await issue();
    await spend(id);

    await tokens.giveBack(id, owner, anId(), CARD);
    expect(await tokens.find(id, owner)).toMatchObject({ is: 'over' });
    await tokens.giveBack(id, owner, sessionId, CARD);
    expect(await tokens.find(id, owner)).toMatchObject({ is: 'good', card: { holder: CARD.holder } });

    clock.advance(TOKEN_LIFE_MS);
    expect(await tokens.find(id, owner)).toEqual({ is: 'over', spentBy: null });
  });

  it('cannot be given back after its time', async () => {
    const id = await issue();
    await spend(id);
    clock.advance(TOKEN_LIFE_MS);

    await tokens.giveBack(id, owner, sessionId, CARD);

    expect(await sealedNumbers()).toEqual([]);
  });

  it('is over after 15 minutes, whether it was erased by then or not', async () => {
    const id = await issue();
    clock.advance(TOKEN_LIFE_MS - 1);
    expect(await tokens.find(id, owner)).toMatchObject({ is: 'good' });

    clock.advance(1);

    expect(await tokens.find(id, owner)).toEqual({ is: 'over', spentBy: null });
    expect(await spend(id)).toBe(false);
    expect(await sealedNumbers()).toHaveLength(1);
  });

  it('does not open as another one, or as another merchant’s', async () => {
    const [mine, theirs] = [await issue(), anId()];
    await replica.database.query(
      `INSERT INTO card_token SELECT $2, merchant_id, environment, public_key_id, sealed, expiry_month, expiry_year,
         created_at, expires_at FROM card_token WHERE id = $1`,
      [mine, theirs],
    );

    await expect(tokens.find(theirs, owner)).rejects.toThrow('could not be opened');
  });

  it('leaves neither number nor holder in clear in any table', async () => {
    await issue();

    const dump = await dumpOf(replica);

    expect(dump).toContain(owner.merchantId);
    for (const text of [NUMBER, 'Lovelace', 'Main Street', '7700900123']) {
      expect(dump).not.toContain(text);
      expect(dump).not.toContain(Buffer.from(text).toString('hex'));
    }
  });
});

describe('the ticks of cards', () => {
  it('erase the numbers of tokens that nobody spent, and forget the tokens a day later', async () => {
    await issue();
    await spend(await issue());
    const jobs = replica.app.get(CardJobs);
    const left = (): Promise<unknown[]> => replica.database.query('SELECT 1 FROM card_token');

    clock.advance(TOKEN_LIFE_MS - 1);
    await jobs.erase();
    expect(await sealedNumbers()).toHaveLength(1);

    clock.advance(1);
    await jobs.erase();
    expect(await sealedNumbers()).toEqual([]);
    await jobs.retire();
    expect(await left()).toHaveLength(2);

    clock.advance(DAY + 1);
    await jobs.retire();
    expect(await left()).toEqual([]);
  });

  it('erase more than one batch, on two replicas at once, each number once', async () => {
    const id = await issue();
    await replica.database.query(
      `INSERT INTO card_token SELECT gen_random_uuid(), merchant_id, environment, public_key_id, sealed, expiry_month,
         expiry_year, created_at, expires_at FROM card_token, generate_series(1, 1099) WHERE id = $1`,
      [id],
    );
    clock.advance(TOKEN_LIFE_MS);

    const [mine, theirs] = await Promise.all([tokens.eraseDue(), other.app.get(CardTokens).eraseDue()]);

    expect(mine + theirs).toBe(1_100);
    expect(await sealedNumbers()).toEqual([]);
  });
});

describe('the key of a day’s tokens', () => {
  it('is destroyed two days later: an old copy of a row is unreadable then', async () => {
    const id = await issue();
    const [row] = await replica.database.query<{ sealed: Buffer }>('SELECT sealed FROM card_token');
    const sealed = row?.sealed ?? Buffer.alloc(0);
    const keyring = replica.app.get(DataKeyring);
    const context = `card_token:${owner.merchantId}:${id}`;

    // The day ends after 2 h; a replica that was late may have sealed with its key for 25 h more, for 15 min each.
    clock.advance(2 * 3_600_000 + 25 * 3_600_000 + TOKEN_LIFE_MS - 1);
    await keyring.destroyDue();
    expect(await keyring.open(sealed, context)).not.toBeNull();

    clock.advance(1);
    await keyring.destroyDue();
    expect(await keyring.open(sealed, context)).toBeNull();
  });
});
