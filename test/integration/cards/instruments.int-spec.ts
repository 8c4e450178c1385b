import { randomBytes } from 'node:crypto';
import { CARDS_SEALED_COLUMNS, Instruments, type CardOwner, type HeldCard } from '@app/cards';
import { FixedClock, newUuidV7, Pan } from '@app/kernel';
import { CryptoBox, KekRotation, loadConfig } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { dumpOf, insertMerchant, KEK, startReplica, type Replica } from './installation';

const NUMBER = '4242424242424242';
const OTHER_NUMBER = '5436031030606378';

let test: TestDatabase;
let replica: Replica;
let other: Replica;
let clock: FixedClock;
let instruments: Instruments;
let owner: CardOwner;

beforeEach(async () => {
  test = await createTestDatabase();
  clock = new FixedClock(new Date('2026-03-01T22:00:00Z'));
  [replica, other] = await Promise.all([startReplica(test.url, clock), startReplica(test.url, clock)]);
  instruments = replica.app.get(Instruments);
  owner = { merchantId: newUuidV7(clock.now()), environment: 'test' };
  await insertMerchant(replica.database, owner.merchantId);
});

afterEach(async () => {
  await Promise.all([replica?.close(), other?.close()]);
  await test?.drop();
});

const aCard = (more: Partial<HeldCard> = {}, number = NUMBER): HeldCard => ({
  number: Pan.fromTrusted(number),
  expiryMonth: 12,
  expiryYear: 2030,
  holder: { name: 'Ada Lovelace', phone: { countryCode: '44', number: '7700900123' } },
  ...more,
});

async function keep(card = aCard(), { by = owner, at = replica } = {}): Promise<string> {
  const mine = at.app.get(Instruments);
  const prepared = await mine.prepare(by, card);
  return at.database.transaction((tx) => mine.keep(tx, prepared));
}

const rows = (): Promise<{ id: string; version: number; last_used_at: Date }[]> =>
  replica.database.query('SELECT * FROM instrument');

describe('an instrument', () => {
  it('gives its card to every replica, and shows what may be shown', async () => {
    const id = await keep();

    const card = await other.app.get(Instruments).findCard(id, owner);

    expect(card?.number.expose()).toBe(NUMBER);
    expect(card).toMatchObject({ expiryMonth: 12, expiryYear: 2030, holder: { name: 'Ada Lovelace' } });
    expect(card?.holder).not.toHaveProperty('phone');
    expect(await instruments.find(id, owner)).toEqual({
      id,
      fingerprint: expect.stringMatching(/^[a-z2-7]{26}$/) as string,
      expiryMonth: 12,
      expiryYear: 2030,
      bin: '42424242',
      lastFour: '4242',
      name: 'Ada Lovelace',
      createdAt: clock.now(),
      updatedAt: clock.now(),
    });
  });

  it('is the same one when the same merchant keeps the same card again, with its new expiry and name', async () => {
    const id = await keep();
    clock.advance(60_000);

    const again = await keep(aCard({ expiryMonth: 1, expiryYear: 2034, holder: { name: 'A Byron' } }));
    const without = await keep(aCard({ expiryMonth: 2, expiryYear: 2034, holder: {} }));

    expect([again, without]).toEqual([id, id]);
    expect(await instruments.find(id, owner)).toMatchObject({
      expiryMonth: 2,
      expiryYear: 2034,
      name: 'A Byron',
      updatedAt: clock.now(),
    });
    expect((await instruments.findCard(id, owner))?.number.expose()).toBe(NUMBER);
    expect(await rows()).toMatchObject([{ version: 3 }]);
  });

  it('is one even when two replicas keep the card at the same time', async () => {
    const kept = await Promise.all([0, 1, 2, 3].map((n) => keep(aCard(), { at: n % 2 ? other : replica })));

    expect(new Set(kept).size).toBe(1);
    expect(await rows()).toMatchObject([{ id: kept[0], version: 4 }]);
  });

  it('is another one for another card, merchant or environment, and unknown to those', async () => {
    const stranger = { ...owner, merchantId: newUuidV7(clock.now()) };
    const live = { ...owner, environment: 'live' };
    await insertMerchant(replica.database, stranger.merchantId);
    const id = await keep();

    const others = [await keep(aCard({}, OTHER_NUMBER)), await keep(aCard(), { by: stranger })];
    others.push(await keep(aCard(), { by: live }));

    expect(new Set([id, ...others]).size).toBe(4);
    for (const someone of [stranger, live]) {
      expect(await instruments.find(id, someone)).toBeNull();
      expect(await instruments.findCard(id, someone)).toBeNull();
      expect(await instruments.delete(id, someone)).toBe(false);
      expect(await replica.database.transaction((tx) => instruments.use(tx, id, someone))).toBe(false);
    }
    expect(await instruments.find(id, owner)).not.toBeNull();
  });

  it('is gone at once when it is deleted, whole, and another one when the card is kept again', async () => {
    const id = await keep();

    expect(await instruments.delete(id, owner)).toBe(true);

    expect(await rows()).toEqual([]);
    expect(await instruments.findCard(id, owner)).toBeNull();
    expect(await instruments.delete(id, owner)).toBe(false);
    expect(await replica.database.transaction((tx) => instruments.use(tx, id, owner))).toBe(false);
    expect(await keep()).not.toBe(id);
  });

  it('notes when it was used last', async () => {
    const id = await keep();
    clock.advance(3_600_000);

    expect(await replica.database.transaction((tx) => instruments.use(tx, id, owner))).toBe(true);

    expect(await rows()).toMatchObject([{ last_used_at: clock.now(), version: 1 }]);
  });

  it('is undone when it was made for nothing, and not when it was there before or used meanwhile', async () => {
    const first = await instruments.prepare(owner, aCard());
    await replica.database.transaction((tx) => instruments.keep(tx, first));
    await instruments.unkeep(first);
    expect(await rows()).toEqual([]);

    await replica.database.transaction((tx) => instruments.keep(tx, first));
    const second = await instruments.prepare(owner, aCard());
    await replica.database.transaction((tx) => instruments.keep(tx, second));
    await instruments.unkeep(second);
    await instruments.unkeep(first);
    expect(await rows()).toMatchObject([{ id: first.id, version: 2 }]);
  });

  it('does not open as another card, or as another merchant’s', async () => {
    const [id, theirs] = [await keep(), await keep(aCard({}, OTHER_NUMBER))];
    await replica.database.query(
      `UPDATE instrument SET number_sealed = (SELECT number_sealed FROM instrument WHERE id = $1) WHERE id = $2`,
      [id, theirs],
    );

    await expect(instruments.findCard(theirs, owner)).rejects.toThrow('could not be opened');
  });

  it('leaves neither number nor name in clear in any table', async () => {
    await keep();

    const dump = await dumpOf(replica);

    expect(dump).toContain(owner.merchantId);
    for (const text of [NUMBER, 'Lovelace', '7700900123']) {
      expect(dump).not.toContain(text);
      expect(dump).not.toContain(Buffer.from(text).toString('hex'));
    }
  });

  it('opens as before when the key encryption key was replaced: only the wrap of its key is renewed', async () => {
    const id = await keep();
    const [before] = await replica.database.query<{ number_sealed: Buffer }>('SELECT number_sealed FROM instrument');
    const next = `${randomBytes(32).toString('base64')},${KEK.expose()}`;
    const box = new CryptoBox(loadConfig({ DATABASE_URL: test.url, COUNTERSIGN_KEK: next }));

    expect((await new KekRotation(replica.database, box, CARDS_SEALED_COLUMNS).rotate()).unreadable).toEqual({});

    const [after] = await replica.database.query<{ number_sealed: Buffer }>('SELECT number_sealed FROM instrument');
    expect(after).toEqual(before);
    const renewed = await startReplica(test.url, clock, next.split(',', 1)[0]);
    expect((await renewed.app.get(Instruments).findCard(id, owner))?.number.expose()).toBe(NUMBER);
    await renewed.close();
  });
});
