/** Sessions of cards that were handed over before: one-time tokens, kept instruments, and cards that are to be kept. */
import type { InstrumentSource, Step } from '@app/authentication-port';
import { CardTokens, Instruments, type HeldCard } from '@app/cards';
import { decodeId, encodeId, newUuidV7, Pan } from '@app/kernel';
import { textOf } from '@app/platform';
import type { CreateSession } from '../../../libs/sessions/src/domain/new-session';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { HOSTED } from '../../../libs/sessions/src/testing/sessions';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { opened, refused, step } from './fake-connector';
import { House, NUMBER } from './house';

const FOREIGN_TOKEN = 'tok_4gzeau5o2uqubbk6fufs3m7p54';
const FOREIGN_INSTRUMENT = 'src_w4jelhppmfiufdnatndh3wtsfq';
const MINUTE = 60_000;
const CARD: HeldCard = {
  number: Pan.fromTrusted(NUMBER),
  expiryMonth: 12,
  expiryYear: 2030,
  holder: { name: 'Ada Lovelace', billingAddress: { city: 'London', country: 'GB' } },
};

let test: TestDatabase;
let house: House;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
});

beforeEach(() => {
  house.connector.reset();
  house.upstream.reset();
  house.upstream.supports = new Set(['browser', 'instrumentPassThrough']);
  house.upstream.answer = () => opened({}, `sid_${newUuidV7(house.clock.now())}`);
});

afterEach(() => house.database.query('DELETE FROM instrument'));

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

const owner = (): { merchantId: string; environment: string } => ({
  merchantId: house.merchantId,
  environment: 'test',
});

async function aToken(card = CARD): Promise<string> {
  const { id } = await house.get(CardTokens).issue({ ...owner(), publicKeyId: newUuidV7(house.clock.now()), card });
  return encodeId('token', id);
}

async function anInstrument(card = CARD): Promise<string> {
  const instruments = house.get(Instruments);
  const prepared = await instruments.prepare(owner(), card);
  return encodeId('instrument', await house.database.transaction((tx) => instruments.keep(tx, prepared)));
}

function of(source: InstrumentSource, more: Partial<CreateSession> = {}): CreateSession {
  const { details } = house.command();
  return house.command({ source, details: { ...details, source }, ...more });
}
const byToken = (reference: string, more: Partial<CreateSession> = {}): CreateSession =>
  of({ kind: 'token', stored: false, reference }, more);
const byId = (reference: string, more: Partial<CreateSession> = {}): CreateSession =>
  of({ kind: 'id', stored: true, reference }, more);

const create = async (command: CreateSession, id?: string, at = house): Promise<Session> =>
  (await at.service.create(at.actor(), command, id)).view.session;
const codesOf = (creating: Promise<unknown>): Promise<string> =>
  creating.then(
    () => 'created',
    (error: Error & { codes?: string[] }) => error.codes?.join() ?? error.message,
  );
const tokenRow = async (token: string): Promise<unknown> => {
  const [row] = await house.database.query(
    'SELECT sealed IS NOT NULL AS good, spent_by FROM card_token WHERE id = $1',
    [decodeId('token', token)],
  );
  return row;
};
const instruments = (): Promise<{ id: string; last_used_at: Date }[]> =>
  house.database.query('SELECT id, last_used_at FROM instrument');
const sessionsStored = async (): Promise<number> =>
  Number((await house.database.query<{ n: string }>('SELECT count(*) AS n FROM session'))[0]?.n);

describe('a session by token', () => {
  it('is that of the card, for connector, storage and story, and the token is spent on it', async () => {
    const token = await aToken();

    const session = await create(byToken(token));

    expect(session).toMatchObject({
      status: 'approved',
      bin: '42424242',
      lastFour: '4242',
      instrumentId: null,
      details: { source: { kind: 'card', stored: false, name: 'Ada Lovelace', billingAddress: { city: 'London' } } },
    });
    const asked = house.connector.started[0]?.request.source;
    expect(asked).toMatchObject({ kind: 'card', expiryMonth: 12, expiryYear: 2030, name: 'Ada Lovelace' });
    expect(asked && 'number' in asked && asked.number.expose()).toBe(NUMBER);
    expect(await house.stored(session.id)).toEqual(session);
    expect((await house.vault.find(session.id, house.merchantId))?.number.expose()).toBe(NUMBER);
    expect(await tokenRow(token)).toEqual({ good: false, spent_by: session.id });
    expect(await instruments()).toEqual([]);
  });

  it('has its card also when the device data come later, and when it is hosted', async () => {
    for (const more of [{ device: null }, { device: null, returnUrls: HOSTED.returnUrls }]) {
      const session = await create(byToken(await aToken(), more));

      expect(session).toMatchObject({ status: 'pending', flow: more.returnUrls ? 'hosted' : 'non_hosted' });
      expect((await house.vault.find(session.id, house.merchantId))?.number.expose()).toBe(NUMBER);
    }
  });

  it('is refused for one that was spent, ran out, was never made, or is another merchant’s', async () => {
    const [spent, late] = [await aToken(), await aToken()];
    await create(byToken(spent));
    const theirs = await house.get(CardTokens).issue({
      merchantId: newUuidV7(house.clock.now()),
      environment: 'test',
      publicKeyId: newUuidV7(house.clock.now()),
      card: CARD,
    });
    house.clock.advance(15 * MINUTE);
    const before = await sessionsStored();

    for (const token of [spent, late, encodeId('token', theirs.id), FOREIGN_TOKEN, 'tok_no_id_at_all'])
      expect(await codesOf(create(byToken(token)))).toBe('invalid_token');

    expect(await sessionsStored()).toBe(before);
  });

  it('is one, of however many requests come with the token at a time, on two replicas', async () => {
    const other = await house.replica();
    for (let round = 0; round < 5; round++) {
      const token = await aToken();
      const before = await sessionsStored();

      const all = [0, 1, 2, 3].map((n) => codesOf(create(byToken(token), undefined, n % 2 ? other : house)));

      expect((await Promise.all(all)).sort()).toEqual(['created', 'invalid_token', 'invalid_token', 'invalid_token']);
      expect(await sessionsStored()).toBe(before + 1);
    }
    await other.close();
  });

  it('that is turned away before it exists leaves the token good', async () => {
    const token = await aToken();
    house.connector.refusal = 'card_not_enrolled';
    expect(await codesOf(create(byToken(token)))).toBe('card_not_enrolled');
    house.connector.refusal = null;
    expect(await codesOf(create(byToken(token, { channelId: newUuidV7(house.clock.now()) })))).toBe(
      'processing_channel_id_invalid',
    );

    expect(await tokenRow(token)).toEqual({ good: true, spent_by: null });
    expect(await create(byToken(token))).toMatchObject({ status: 'approved' });
  });

  it('that cannot be stored leaves the token good, and stores nothing to keep', async () => {
    const token = await aToken();
    await house.database.query(
      'ALTER TABLE session_event ADD CONSTRAINT ck_broken CHECK (type <> $$created$$) NOT VALID',
    );
    expect(await codesOf(create(byToken(token, { keepsCard: true })))).toContain('ck_broken');
    await house.database.query('ALTER TABLE session_event DROP CONSTRAINT ck_broken');

    expect(await tokenRow(token)).toEqual({ good: true, spent_by: null });
    expect(await instruments()).toEqual([]);
    expect(await create(byToken(token))).toMatchObject({ status: 'approved' });
  });

  it('may be asked for again by the same request: it is found, and the token is not wanted again', async () => {
    const [token, id] = [await aToken(), newUuidV7(house.clock.now())];
    house.connector.answer = () => Promise.reject(new Error('killed'));
    expect(await codesOf(create(byToken(token), id))).toContain('killed');

    const recovered = await house.service.recover(house.actor(), id);

    expect(recovered?.view.session).toMatchObject({ id, status: 'processing' });
    expect(await tokenRow(token)).toEqual({ good: false, spent_by: id });
  });

  it('of a straggler collides with what a later try of the same request has made', async () => {
    const [token, id] = [await aToken(), newUuidV7(house.clock.now())];
    await create(byToken(token), id);

    expect(await codesOf(create(byToken(token), id))).toBe('idempotency_key_in_use');
    expect(await codesOf(create(byToken(token), newUuidV7(house.clock.now())))).toBe('invalid_token');
  });

  it('of two tries of one request at a time is made once, and the other is told so', async () => {
    const [token, id] = [await aToken(), newUuidV7(house.clock.now())];

    const both = await Promise.all([codesOf(create(byToken(token), id)), codesOf(create(byToken(token), id))]);

    expect(both.sort()).toEqual(['created', 'idempotency_key_in_use']);
  });
});

describe('a card that is to be kept', () => {
  it('becomes an instrument in the session’s own transaction, which its id names', async () => {
    const session = await create(house.command({ keepsCard: true }));

    expect(await instruments()).toMatchObject([{ id: session.instrumentId }]);
    expect(await house.stored(session.id)).toEqual(session);
    const kept = await house.get(Instruments).findCard(session.instrumentId ?? '', owner());
    expect(kept?.number.expose()).toBe(NUMBER);
  });

  it('is the same instrument every time, by token too, with the name that came with it', async () => {
    const first = await create(house.command({ keepsCard: true }));

    const again = await create(byToken(await aToken({ ...CARD, expiryYear: 2034 }), { keepsCard: true }));

    expect(again.instrumentId).toBe(first.instrumentId);
    expect(await house.get(Instruments).find(first.instrumentId ?? '', owner())).toMatchObject({
      expiryYear: 2034,
      name: 'Ada Lovelace',
      fingerprint: first.cardFingerprint,
    });
  });

  it('is not kept when nobody asked for it, nor for a session that was turned away', async () => {
    await create(house.command());
    house.connector.refusal = 'card_not_enrolled';
    await codesOf(create(house.command({ keepsCard: true })));

    expect(await instruments()).toEqual([]);
  });
});

describe('a session by instrument', () => {
  it('is that of the card on file, with the name that it was kept with; its use is noted', async () => {
    const instrument = await anInstrument();
    house.clock.advance(MINUTE);

    const session = await create(byId(instrument));

    expect(session).toMatchObject({
      status: 'approved',
      instrumentId: decodeId('instrument', instrument),
      lastFour: '4242',
      details: { source: { kind: 'card', stored: true, name: 'Ada Lovelace' } },
    });
    expect(house.connector.started[0]?.request.source).toMatchObject({ kind: 'card', stored: true, expiryYear: 2030 });
    expect(await instruments()).toEqual([{ id: session.instrumentId, last_used_at: house.clock.now() }]);
    expect(await house.stored(session.id)).toEqual(session);
  });

  it('is one of many: an instrument is not spent', async () => {
    const instrument = await anInstrument();

    const made = await Promise.all([0, 1, 2, 3].map(() => codesOf(create(byId(instrument)))));

    expect(made).toEqual(['created', 'created', 'created', 'created']);
  });

  it('is refused for one that was deleted, was never made, or is another merchant’s', async () => {
    const deleted = await anInstrument();
    await house.get(Instruments).delete(decodeId('instrument', deleted) ?? '', owner());
    const instrument = await anInstrument();
    const stranger = { ...house.actor(), environment: 'live' as const };

    for (const id of [deleted, FOREIGN_INSTRUMENT, 'src_no_id_at_all'])
      expect(await codesOf(create(byId(id)))).toBe('error_getting_instrument');
    expect(await codesOf(house.service.create(stranger, byId(instrument)))).toBe('processing_channel_id_invalid');
  });

  it('is refused, whole, when the instrument is deleted while it is made', async () => {
    const instrument = await anInstrument();
    const id = decodeId('instrument', instrument) ?? '';
    const before = await sessionsStored();
    const instruments = house.get(Instruments);
    let isDeleted: boolean | undefined;
    // After the look at the card, and right before the session that is being stored claims it.
    const use = jest.spyOn(instruments, 'use').mockImplementationOnce(async (...claim) => {
      isDeleted = await instruments.delete(id, owner());
      return instruments.use(...claim);
    });

    const code = await codesOf(create(byId(instrument)));

    use.mockRestore();
    expect(isDeleted).toBe(true);
    expect(code).toBe('error_getting_instrument');
    expect(await sessionsStored()).toBe(before);
  });

  it('goes on with its own copy of the card when the instrument is deleted later', async () => {
    const instrument = await anInstrument();
    const session = await create(byId(instrument, { device: null, methodCompletion: null }));

    await house.get(Instruments).delete(decodeId('instrument', instrument) ?? '', owner());

    expect((await house.vault.find(session.id, house.merchantId))?.number.expose()).toBe(NUMBER);
    expect((await house.stored(session.id)).instrumentId).toBe(decodeId('instrument', instrument));
  });
});

describe('on a route to an upstream', () => {
  let channelId: string;

  beforeAll(async () => {
    channelId = await house.channel('fake', 'upstream');
  });

  it('a card that is not ours goes there as it was named, and nothing of it is kept', async () => {
    for (const [command, reference] of [
      [byToken(FOREIGN_TOKEN, { channelId, keepsCard: true }), FOREIGN_TOKEN],
      [byId(FOREIGN_INSTRUMENT, { channelId }), FOREIGN_INSTRUMENT],
    ] as const) {
      const session = await create(command);

      expect(session).toMatchObject({ attempt: { connector: 'upstream' }, bin: null, instrumentId: null });
      expect(house.upstream.started.at(-1)?.request.source).toMatchObject({ reference });
    }
    expect(house.connector.started).toEqual([]);
    expect(await instruments()).toEqual([]);
  });

  it('a card of ours goes to whichever comes first, and a token of ours that is over to nobody', async () => {
    const token = await aToken();

    expect(await create(byToken(token, { channelId }))).toMatchObject({ attempt: { connector: 'fake' } });
    expect(await codesOf(create(byToken(token, { channelId })))).toBe('invalid_token');

    expect(house.upstream.started).toEqual([]);
  });

  it('a card of ours goes to the upstream by its number', async () => {
    const alone = await house.channel('upstream');

    await create(byToken(await aToken(), { channelId: alone }));
    await create(byId(await anInstrument(), { channelId: alone }));

    for (const { request } of house.upstream.started) {
      expect(request.source).toMatchObject({ kind: 'card', expiryMonth: 12 });
      expect('number' in request.source && request.source.number.expose()).toBe(NUMBER);
    }
    expect(house.upstream.started).toHaveLength(2);
  });

  describe('that turns the session away', () => {
    let alone: string;
    beforeAll(async () => {
      alone = await house.channel('upstream');
    });
    beforeEach(() => {
      house.upstream.answer = (): Step => refused('invalid', 'source_billing_address_zip_invalid');
    });

    it('the token is good again, and what was kept for it is gone', async () => {
      const token = await aToken();

      expect(await codesOf(create(byToken(token, { channelId: alone, keepsCard: true })))).toBe(
        'source_billing_address_zip_invalid',
      );

      expect(await tokenRow(token)).toEqual({ good: true, spent_by: null });
      expect(await instruments()).toEqual([]);
      house.upstream.answer = () => step('final', { transStatus: 'Y', resultSource: 'ARes' });
      expect(await create(byToken(token, { channelId: alone }))).toMatchObject({ status: 'approved' });
    });

    it('an instrument that was there before stays', async () => {
      const instrument = await anInstrument();

      await codesOf(create(house.command({ channelId: alone, keepsCard: true })));
      await codesOf(create(byId(instrument, { channelId: alone })));

      expect(await instruments()).toMatchObject([{ id: decodeId('instrument', instrument) }]);
    });
  });
});

it('asks the database for nothing more where a card is neither handed over before nor kept', async () => {
  await create(house.command({ device: null, methodCompletion: null }));
  const queries = jest.spyOn(house.database, 'query');
  const transactions = jest.spyOn(house.database, 'transaction');

  await create(house.command({ device: null, methodCompletion: null }));

  expect(queries.mock.calls.map(([sql]) => textOf(sql).slice(0, 30))).toEqual([
    expect.stringMatching(/^WITH part0 AS \(INSERT INTO/),
  ]);
  expect(transactions).not.toHaveBeenCalled();
  queries.mockRestore();
  transactions.mockRestore();
});
