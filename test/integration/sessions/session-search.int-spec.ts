import { CardBins } from '@app/cards';
import { encodeId, newUuidV4, newUuidV7, Pan } from '@app/kernel';
import { parseListQuery, type AdminActor, type MerchantScope } from '@app/platform';
import { SESSION_LISTING } from '../../../libs/sessions/src/admin/session-listing';
import { SessionFiguresRepository } from '../../../libs/sessions/src/persistence/session-figures.repository';
import { SessionSearch } from '../../../libs/sessions/src/admin/session-search.service';
import { AdminSessionsController } from '../../../libs/sessions/src/http/admin-sessions.controller';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { eventually } from '../../support/simulator';
import { step } from './fake-connector';
import { House } from './house';

const EVERYTHING = Object.keys(SESSION_LISTING.filters);

let test: TestDatabase;
let house: House;
let neighbour: string;
let ours: Session[];
let theirs: Session;

const actor = (merchants: MerchantScope): AdminActor => ({ merchants }) as AdminActor;
const all = actor('all');

/** The ids of a page, as the API answers it. */
async function page(filter: object = {}, more: Record<string, string> = {}, as = all) {
  const parameters = { filter: JSON.stringify(filter), ...more };
  return house.get(AdminSessionsController).list(as, parameters);
}
async function found(filter: object, as = all): Promise<string[]> {
  const { data } = await page(filter, {}, as);
  return data.map((item) => String((item as { id: string }).id));
}
const wire = (sessions: readonly Pick<Session, 'id'>[]): string[] => sessions.map(({ id }) => encodeId('session', id));

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  neighbour = newUuidV7(house.clock.now());
  await house.database.query(
    `INSERT INTO merchant (id, name, status, created_at, updated_at) VALUES ($1, 'Next door', 'active', now(), now())`,
    [neighbour],
  );
  await house.vault.warm(neighbour);
  ours = [];
  for (let number = 1; number <= 5; number++) {
    house.clock.advance(1_000);
    ours.unshift(await house.insert(house.aSession({ reference: `ORD-${number}`, amountMinor: number * 100 })));
  }
  house.clock.advance(1_000);
  const { details } = house.aSession();
  const purchase = { ...details.purchase, authenticationCategory: 'non_payment' as const };
  theirs = await house.insert(
    house.aSession({ merchantId: neighbour, reference: 'ORD-1', details: { ...details, purchase } }),
  );
  // The same BIN is somebody else's in the other environment.
  await house.database.query(
    `INSERT INTO card_bin (environment, bin, issuer, issuer_country, card_type)
     VALUES ('test', $1, 'Northbank', 'GB', 'credit'), ('live', $1, 'Southbank', 'FR', 'debit'), ('test', '99999999', 'Harbour', NULL, NULL)`,
    [theirs.bin],
  );
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

describe('the list of sessions', () => {
  it('is that of all merchants, the newest first, for whoever has them all in scope', async () => {
    expect(await found({})).toEqual(wire([theirs, ...ours]));
  });

  it('is that of the merchants in scope for everybody else, whatever is asked for', async () => {
    const scoped = actor([house.merchantId]);

    expect(await found({}, scoped)).toEqual(wire(ours));
    expect(await found({ merchant_id: encodeId('merchant', neighbour) }, scoped)).toEqual([]);
    expect(await found({ id: encodeId('session', theirs.id) }, scoped)).toEqual([]);
    expect(await found({}, actor([]))).toEqual([]);
  });

  it.each<[string, () => object, () => Session[]]>([
    ['the id', () => ({ id: encodeId('session', theirs.id) }), () => [theirs]],
    ['the merchant', () => ({ merchant_id: encodeId('merchant', house.merchantId) }), () => ours],
    ['the channel', () => ({ channel_id: encodeId('channel', newUuidV7(new Date())) }), () => []],
    ['the environment', () => ({ environment: 'live' }), () => []],
    ['the reference', () => ({ reference: 'ORD-1' }), () => [theirs, ours[4] as Session]],
    ['the BIN', () => ({ bin: theirs.bin }), () => [theirs, ...ours]],
    ['the first seven digits of a BIN', () => ({ bin: theirs.bin?.slice(0, 7) }), () => [theirs, ...ours]],
    ['the first six, or others', () => ({ bin: ['999999', theirs.bin?.slice(0, 6)] }), () => [theirs, ...ours]],
    ['digits that no BIN begins with', () => ({ bin: '999999' }), () => []],
    ['the issuer', () => ({ issuer: 'Northbank' }), () => [theirs, ...ours]],
    ['a part of its name', () => ({ issuer: { contains: 'NORTHB' } }), () => [theirs, ...ours]],
    ['an issuer of the other environment', () => ({ issuer: 'Southbank' }), () => []],
    ['one of two issuers', () => ({ issuer: ['Southbank', 'Northbank'] }), () => [theirs, ...ours]],
    ['an issuer that nobody knows', () => ({ issuer: "Harbour' --" }), () => []],
    ['the issuer of no session', () => ({ issuer: 'Harbour' }), () => []],
    [
      'the country and the kind of card',
      () => ({ issuer_country: ['GB', 'FR'], card_type: 'credit' }),
      () => [theirs, ...ours],
    ],
    ['the country with another kind of card', () => ({ issuer_country: 'GB', card_type: 'debit' }), () => []],
    ['an issuer that is another', () => ({ issuer: { not_in: ['Harbour', 'Southbank'] } }), () => [theirs, ...ours]],
    ['an issuer that is not this one', () => ({ issuer: { not_in: ['Northbank'] } }), () => []],
    ['an issuer that is known', () => ({ issuer: { known: true } }), () => [theirs, ...ours]],
    ['an issuer that is not', () => ({ issuer: { known: false } }), () => []],
    ['another kind of card', () => ({ card_type: { not_in: ['debit'], known: true } }), () => [theirs, ...ours]],
    ['a kind that is not this one', () => ({ card_type: { not_in: ['credit'] }, issuer: 'Northbank' }), () => []],
    ['no other BIN', () => ({ bin: { not_in: ['99999999'] } }), () => [theirs, ...ours]],
    ['a BIN that is not this one', () => ({ bin: { not_in: [theirs.bin?.slice(0, 8)] } }), () => []],
    ['what the ACS has not said', () => ({ acs: { known: false } }), () => [theirs, ...ours]],
    ['what it has not said is not another', () => ({ acs: { not_in: ['a'] } }), () => [theirs, ...ours]],
    ['what it has said', () => ({ acs: { not_in: ['a'], known: true } }), () => []],
    ['another merchant', () => ({ merchant_id: { not_in: [encodeId('merchant', neighbour)] } }), () => ours],
    ['another status', () => ({ status: { not_in: ['pending'] } }), () => []],
    ['a status that is known', () => ({ status: { known: true, not_in: ['approved'] } }), () => [theirs, ...ours]],
    ['another category', () => ({ authentication_category: { not_in: ['payment'] } }), () => [theirs]],
    [
      'the amount, roughly',
      () => ({ amount_band: `${theirs.currency} 0-999`, reference: 'ORD-2' }),
      () => [ours[3] as Session],
    ],
    ['the issuer with another BIN', () => ({ issuer: 'Northbank', bin: '999999' }), () => []],
    ['the last four digits', () => ({ last_four: '0000' }), () => []],
    ['the scheme', () => ({ scheme: 'jcb' }), () => []],
    ['the status', () => ({ status: ['pending', 'approved'] }), () => [theirs, ...ours]],
    ['the letter', () => ({ trans_status: 'Y' }), () => []],
    ['the flow', () => ({ flow: 'hosted' }), () => []],
    ['the device', () => ({ device_channel: 'app' }), () => []],
    ['a payment', () => ({ authentication_category: 'payment' }), () => ours],
    ['something else than a payment', () => ({ authentication_category: 'non_payment' }), () => [theirs]],
    [
      'either category',
      () => ({ authentication_category: ['payment', 'non_payment'], reference: 'ORD-1' }),
      () => [theirs, ours[4] as Session],
    ],
    ['the amount', () => ({ amount: { gte: 200, lt: 400 }, currency: theirs.currency }), () => ours.slice(2, 4)],
    ['the time', () => ({ created_at: { gte: ours[1]?.createdAt, lt: ours[0]?.createdAt } }), () => ours.slice(1, 2)],
    ['a time before all', () => ({ created_at: { lt: '1901-01-01T00:00:00Z' } }), () => []],
    ['being turned away', () => ({ is_refused: true }), () => []],
    ['its deadline', () => ({ is_past_deadline: false, reference: 'ORD-2' }), () => [ours[3] as Session]],
  ])('is found by %s', async (_what, filter, sessions) => {
    expect(await found(filter())).toEqual(wire(sessions()));
  });

  it.each([
    ['a list of none', { issuer: { not_in: [] } }, 'filter_issuer_invalid'],
    ['a value that is no list', { issuer: { not_in: 'a' } }, 'filter_issuer_invalid'],
    ['a word that there is not', { status: { not_in: ['sold'] } }, 'filter_status_invalid'],
    ['a word for yes', { acs: { known: 'no' } }, 'filter_acs_invalid'],
    ['a reference by what it is not', { reference: { not_in: ['a'] } }, 'filter_reference_invalid'],
    ['half a BIN by what it is not', { bin: { not_in: ['4'] } }, 'filter_bin_invalid'],
  ])('refuses %s', async (_what, filter, code) => {
    await expect(found(filter)).rejects.toMatchObject({ codes: [code] });
  });

  it.each(['gb', 'XX', 'G', '', 7])('refuses the country %j', async (country) => {
    await expect(found({ issuer_country: country })).rejects.toMatchObject({
      codes: ['filter_issuer_country_invalid'],
    });
  });

  it('is found by an issuer of very many BINs, too, page by page', async () => {
    await house.database.query(
      `INSERT INTO card_bin (environment, bin, issuer) SELECT 'test', (10000000 + n)::text, 'Many' FROM generate_series(1, 1400) n`,
    );
    await house.database.query(`UPDATE card_bin SET issuer = 'Many' WHERE bin = $1 AND environment = 'test'`, [
      theirs.bin,
    ]);
    const first = await page({ issuer: 'Many' }, { limit: '4' });
    const second = await page({ issuer: 'Many' }, { limit: '4', after: String(first.next) });
    await house.database.query(`UPDATE card_bin SET issuer = 'Northbank' WHERE bin = $1 AND environment = 'test'`, [
      theirs.bin,
    ]);

    expect([...first.data, ...second.data].map((item) => (item as { id: string }).id)).toEqual(wire([theirs, ...ours]));
  });

  describe('of which not all is known', () => {
    /** Copies of a session with other cards, newest first; gone after the test. */
    async function withCards(...cards: { bin: string | null; environment?: string }[]): Promise<Pick<Session, 'id'>[]> {
      const copies = cards.map(({ bin, environment = 'test' }) => {
        house.clock.advance(1_000);
        return { id: newUuidV7(house.clock.now()), bin, environment, ...(bin === null ? { scheme: null } : {}) };
      });
      await house.database.query(
        `INSERT INTO session SELECT (jsonb_populate_record(s, changes)).* FROM session s, jsonb_array_elements($2::jsonb) changes
         WHERE s.id = $1`,
        [theirs.id, JSON.stringify(copies)],
      );
      return copies.reverse();
    }
    afterEach(async () => {
      await house.database.query('DELETE FROM session WHERE id > $1', [theirs.id]);
    });

    it('is found by that, with those of no card', async () => {
      const [unknown, live, none] = await withCards(
        { bin: null },
        { bin: theirs.bin, environment: 'live' },
        { bin: '45000001' },
      );

      for (const field of ['scheme', 'bin']) expect(await found({ [field]: { known: false } })).toEqual(wire([none!]));
      expect(await found({ issuer: { known: false } })).toEqual(wire([unknown!, none!]));
      expect(await found({ issuer: { not_in: ['Northbank'] } })).toEqual(wire([unknown!, live!, none!]));
      expect(await found({ card_type: { not_in: ['credit'], known: true } })).toEqual(wire([live!]));
      expect(await found({ issuer: { not_in: ['Southbank'], known: false } })).toEqual(wire([unknown!, none!]));
    });

    it('is found by that where BINs are very many', async () => {
      const many = Array.from({ length: 1_100 }, (_, n) => ({ bin: String(46_000_000 + n) }));
      const unknown = await withCards({ bin: null }, ...many);

      const first = await page({ issuer: { not_in: ['Northbank'] } }, { limit: '100' });
      expect(first.data.map((item) => (item as { id: string }).id)).toEqual(wire(unknown.slice(0, 100)));
      expect(await found({ issuer: { known: true } })).toEqual(wire([theirs, ...ours]));
      expect(await found({ bin: { known: false }, issuer: { known: false } })).toEqual(wire(unknown.slice(-1)));
    });
  });

  it('is found by what its upstream told of it and nobody acted upon', async () => {
    await house.database.query(
      `INSERT INTO notice_seen (connector, notice_id, session_id, body, received_at, acted_at)
       VALUES ('checkout', 'left', $1, '{}', now(), NULL), ('checkout', 'done', $2, '{}', now(), now())`,
      [theirs.id, ours[0]?.id],
    );

    expect(await found({ is_notice_left: true })).toEqual(wire([theirs]));
    expect(await found({ is_notice_left: true }, actor([house.merchantId]))).toEqual([]);
    expect(await found({ is_notice_left: false })).toEqual(wire(ours));
    await house.database.query('DELETE FROM notice_seen');
  });

  it('tells whose the card is', async () => {
    const { data } = await page({ reference: 'ORD-2' }, { fields: 'issuer,issuer_country,card_type' });

    expect(data).toEqual([
      { id: encodeId('session', ours[3]?.id ?? ''), issuer: 'Northbank', issuer_country: 'GB', card_type: 'credit' },
    ]);
  });

  it('is tested by every filter that it offers', async () => {
    const values = {
      created_at: { gte: new Date() },
      amount: { gte: 0 },
      is_refused: false,
      is_past_deadline: false,
      is_unresolved: false,
      is_last_of_purchase: true,
      is_callback_failed: false,
      is_demo: false,
      is_areq_unanswered: true,
      is_inquiry_due: false,
      is_notice_left: false,
    };
    const words = {
      environment: 'test',
      scheme: 'visa',
      status: 'pending',
      trans_status: 'Y',
      flow: 'hosted',
      connector: 'emv3ds',
      advice: 'authorize',
      liability_shift: 'yes',
      authentication_category: 'payment',
      counts_as: 'challenge_shown',
      leg: 'answer',
      directory_server: 'visa',
      called_connector: 'emv3ds',
      failed_connector: 'checkout',
    };
    const ids = {
      id: encodeId('session', theirs.id),
      merchant_id: encodeId('merchant', neighbour),
      channel_id: encodeId('channel', neighbour),
      retry_of: encodeId('session', theirs.id),
    };
    const texts = {
      acs: 'a',
      acs_operator: 'a',
      eci: '05',
      amount_band: 'EUR 0-999',
      authentication_type: 'regular',
      challenge_indicator: 'no_preference',
      exemption_requested: 'low_value',
      exemption_applied: 'low_value',
      failed_component: 'A',
      device_class: 'mobile',
      browser_family: 'Firefox',
      issuer: 'a',
      issuer_country: 'GB',
      card_type: 'credit',
      reference: 'a',
      bin: '400000',
      last_four: '1',
      currency: 'EUR',
      device_channel: 'app',
      trans_status_reason: '11',
      transaction_id: newUuidV4(),
      protocol_version: '2.2.0',
    };
    const filter = { ...values, ...words, ...ids, ...texts };

    expect(Object.keys(filter).sort()).toEqual([...EVERYTHING].sort());
    expect(await found(filter)).toEqual([]);
  });

  it('comes in pages that lose and repeat nothing, there and back', async () => {
    const forwards: string[] = [];
    const ends: string[] = [];
    let after: string | null = null;
    do {
      const { data, next } = await page({}, { limit: '2', ...(after === null ? {} : { after }) });
      forwards.push(...data.map((item) => (item as { id: string }).id));
      if (next !== null) ends.push(next);
      after = next;
    } while (after !== null);
    const back = await page(
      {},
      { limit: '2', after: (await page({}, { limit: '2', after: String(ends[0]) })).prev ?? '' },
    );

    expect(forwards).toEqual(wire([theirs, ...ours]));
    expect(back.data.map((item) => (item as { id: string }).id)).toEqual(forwards.slice(0, 2));
  });

  it('shows the members that are asked for', async () => {
    const { data } = await page({ id: encodeId('session', theirs.id) }, { fields: 'status,reference' });

    expect(data).toEqual([{ id: encodeId('session', theirs.id), status: 'pending', reference: 'ORD-1' }]);
  });

  it.each(['ORD-1%', "' OR 1=1 --", '\\', 'ORD_1'])('takes %s for text', async (reference) => {
    expect(await found({ reference })).toEqual([]);
  });
});

describe('a session made', () => {
  it('has its BIN known as the table of BINs tells, and as its upstream told', async () => {
    const bins = house.get(CardBins);
    const bin = theirs.bin ?? '';
    await bins.replaceTable('test', [
      { prefix: bin.slice(0, 6), issuer: 'Table Bank', issuerCountry: null, cardType: null },
    ]);
    await house.database.query(`DELETE FROM card_bin WHERE bin = $1`, [bin]);
    house.connector.answer = () =>
      step('final', {
        transStatus: 'Y',
        upstream: {
          members: { 'card.metadata': { issuer_name: 'UPSTREAM BANK', issuer_country: 'CH', card_type: 'DEBIT' } },
        },
      });
    const { view } = await house.service.create(house.actor(), house.command());
    house.connector.reset();
    const shown = (): Promise<object> =>
      house.get(AdminSessionsController).show(all, encodeId('session', view.session.id));

    // What is noted and told is kept beside the payment, which does not wait for it.
    const known = await eventually(async () => {
      const session = await shown();
      return 'card_type' in session && session.card_type !== null ? session : undefined;
    });

    expect(known).toMatchObject({ issuer: 'Table Bank', issuer_country: 'CH', card_type: 'debit' });
    await bins.replaceTable('test', []);
    expect(await shown()).toMatchObject({ issuer: 'UPSTREAM BANK', issuer_country: 'CH', card_type: 'debit' });
  });

  it('is counted where its BIN is one that nobody knows', async () => {
    await house.database.query('DELETE FROM card_bin WHERE bin = $1', [theirs.bin]);
    await house.database.query(`INSERT INTO card_bin (environment, bin) VALUES ('test', $1), ('live', $1)`, [
      theirs.bin,
    ]);
    const { data } = await page({ bin: theirs.bin }, { limit: '100' });

    const unknown = await house.get(CardBins).unknown(10_000);

    expect(unknown[0]).toEqual({ environment: 'test', bin: theirs.bin, sessions: data.length });
    expect(unknown).toContainEqual({ environment: 'live', bin: theirs.bin, sessions: 0 });
    expect(await house.get(CardBins).unknown(1)).toEqual(unknown.slice(0, 1));
  });

  it('has its BIN known where it was turned away, too', async () => {
    house.connector.refusal = 'card_not_enrolled';
    const reference = 'TURNED-AWAY';
    const source = { ...house.command().source, number: Pan.fromTrusted('4111111111111111') };
    await expect(house.service.create(house.actor(), house.command({ reference, source }))).rejects.toThrow();
    house.connector.reset();
    await house
      .get(CardBins)
      .replaceTable('test', [{ prefix: '411111', issuer: 'Harbour', issuerCountry: null, cardType: null }]);

    const sessions = await eventually(async () => {
      const { data } = await page({ reference, issuer: 'Harbour' });
      return data.length > 0 ? data : undefined;
    });
    expect(sessions).toMatchObject([{ bin: '41111111', issuer: 'Harbour' }]);
  });
});

describe('a session shown', () => {
  const show = (id: string, as = all): Promise<object> =>
    house.get(AdminSessionsController).show(as, encodeId('session', id));

  it('has its whole story and none of its secrets', async () => {
    house.connector.answer = () =>
      step('challenge', { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' });
    const { view } = await house.service.create(house.actor(), house.command());
    const { id, attempt } = view.session;
    await house.inbox.accept('fake', 'n-shown', attempt.transactionId, { facts: { transStatus: 'Y' } }, {});

    const shown = (await show(id)) as Record<string, never[]>;

    expect(shown).toMatchObject({
      id: encodeId('session', id),
      status: 'approved',
      verdict: { liability_shift: 'yes', advice: 'authorize' },
      connector: 'fake',
    });
    expect(shown['timeline']?.map(({ type }) => type)).toEqual([
      'created',
      'request_sent',
      'challenge_required',
      'authenticated',
    ]);
    expect(shown['attempts_made']).toMatchObject([{ number: 1, progress: 'settled' }]);
    expect(JSON.stringify(shown)).not.toContain(view.secret?.expose());
    house.connector.reset();
  });

  it('has no verdict where it was turned away', async () => {
    house.connector.refusal = 'card_not_enrolled';
    await expect(house.service.create(house.actor(), house.command())).rejects.toThrow();
    house.connector.reset();
    const [refused] = (await page({ is_refused: true })).data as { id: string; verdict: null }[];

    expect(refused).toMatchObject({ refusal_code: 'card_not_enrolled', verdict: null, attempts: 0 });
  });

  it('is not there for those who do not have its merchant in scope', async () => {
    const scoped = actor([house.merchantId]);

    expect(await show(theirs.id)).toMatchObject({ reference: 'ORD-1' });
    await expect(show(theirs.id, scoped)).rejects.toMatchObject({ codes: ['session_not_found'] });
    await expect(house.get(AdminSessionsController).show(all, 'sid_x')).rejects.toMatchObject({
      codes: ['session_not_found'],
    });
    expect(await house.get(SessionSearch).show(scoped, ours[0]?.id ?? '')).toMatchObject({
      story: { events: [{ type: 'created' }] },
    });
  });

  it('says what can be done to it, and why not', async () => {
    const allowed = { allowed: true, code: null, why: null };
    const [pending] = ours;

    expect(await show(pending?.id ?? '')).toMatchObject({
      acts: { re_sync: { allowed: false, code: 'connector_not_inquirable' }, expire: allowed },
    });
  });

  it('reads its query from the parameters as every list does', () => {
    expect(() => parseListQuery(SESSION_LISTING, { filter: '{"secret_hash":"x"}' })).toThrow();
  });
});

describe('open sessions past their deadline', () => {
  const within = (scope: MerchantScope, now: Date): Promise<unknown> =>
    new SessionFiguresRepository(house.database).pastDeadline(now, scope);

  it('are counted a minute after it, within a scope', async () => {
    const deadlines = [...ours, theirs].map(({ deadlineAt }) => deadlineAt?.getTime() ?? 0);
    const after = (ms: number): Date => new Date(Math.max(...deadlines) + ms);

    expect(await within('all', new Date(Math.min(...deadlines) + 59_000))).toEqual([]);
    expect(await within('all', after(61_000))).toEqual([{ environment: 'test', sessions: 6 }]);
    expect(await within([neighbour], after(61_000))).toEqual([{ environment: 'test', sessions: 1 }]);
    expect(await within([], after(61_000))).toEqual([]);
  });
});
