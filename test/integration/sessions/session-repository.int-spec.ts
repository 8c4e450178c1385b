import { newUuidV4, newUuidV7 } from '@app/kernel';
import { textOf, type Queryable, type Statement } from '@app/platform';
import { completeSession, move, note, sendRequest } from '../../../libs/sessions/src/domain/changes';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { refuseSession } from '../../../libs/sessions/src/domain/new-session';
import { isForeignName, saveAll, type Saving } from '../../../libs/sessions/src/persistence/session.save';
import { aDevice } from '../../../libs/sessions/src/testing/sessions';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { House, START } from './house';

const MINUTE = 60_000;
const after = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE);

let test: TestDatabase;
let house: House;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

const cause = (at = after(1)): { at: Date; actor: string } => ({ at, actor: 'issuer' });

/** A session in which no column is at its default. */
const filled = (): Session =>
  house.aSession({
    status: 'unavailable',
    statusReason: 'rreq_status',
    version: 7,
    updatedAt: after(2),
    deadlineAt: null,
    finalAt: after(3),
    completedAt: after(4),
    completedBy: 'callback',
    deviceChannel: 'browser',
    scopeChannel: 'browser',
    amountMinor: Number.MAX_SAFE_INTEGER,
    reference: `ORD-"1'\\ ☃ 😀`,
    device: aDevice(),
    methodCompletion: 'N',
    callbackUrl: 'https://merchant.example/callback?a=1&b=2',
    challengeNotificationUrl: 'https://merchant.example/notify',
    secretHash: Buffer.from('00ff10', 'hex'),
    secretSealed: Buffer.from('ff00807f', 'hex'),
    cardRetentionMinutes: 5,
    challenged: true,
    details: {
      source: { kind: 'network_token', stored: true, name: 'Zoë', billingAddress: { city: 'A\\B' } },
      purchase: {
        authenticationType: 'recurring',
        authenticationCategory: 'non_payment',
        challengeIndicator: 'data_share',
        transactionType: 'account_funding',
        recurring: { daysBetweenPayments: 1, expiry: '99991231' },
      },
      echo: { preferred_experiences: ['3ds', 'google_spa'] },
    },
    eventSeq: 1,
    exchangeSeq: 0,
    attempt: {
      scheme: 'cartes_bancaires',
      protocolVersion: '2.3.1',
      methodUrl: 'https://acs.example/method',
      directoryServerId: 'A000000042',
      progress: 'settled',
      state: { list: [1, 'two', null], nested: { a: true } },
      facts: { transStatus: 'U', error: { code: '402', component: 'A', description: 'x', detail: '' } },
      authenticationValueSealed: Buffer.from('0001fe', 'hex'),
      authenticationValueExpiresAt: after(1440),
    },
  });

describe('a session that is stored', () => {
  it('comes back in every column', async () => {
    const session = await house.insert(filled());

    expect(await house.stored(session.id)).toEqual(session);
  });

  it('comes back in every column that a change may touch', async () => {
    const before = await house.insert(house.aSession());
    const target = { ...filled(), id: before.id };
    const after1 = {
      ...before,
      status: target.status,
      statusReason: target.statusReason,
      version: before.version + 1,
      updatedAt: target.updatedAt,
      deadlineAt: target.deadlineAt,
      finalAt: target.finalAt,
      completedAt: target.completedAt,
      completedBy: target.completedBy,
      deviceChannel: target.deviceChannel,
      scopeChannel: target.scopeChannel,
      device: target.device,
      methodCompletion: target.methodCompletion,
      challenged: target.challenged,
      eventSeq: 9,
      exchangeSeq: 8,
      attempt: {
        ...before.attempt,
        progress: target.attempt.progress,
        state: target.attempt.state,
        facts: target.attempt.facts,
        authenticationValueSealed: target.attempt.authenticationValueSealed,
        authenticationValueExpiresAt: target.attempt.authenticationValueExpiresAt,
      },
    } satisfies Session;

    expect(await house.sessions.save({ before, change: { session: after1, events: [], exchanges: [] } })).toBe(true);

    expect(await house.stored(before.id)).toEqual(after1);
  });

  it('keeps everything that is null as null', async () => {
    const session = await house.insert(
      house.aSession({ reference: null, callbackUrl: null, cardFingerprint: null, lastFour: null }),
    );

    expect(await house.stored(session.id)).toEqual(session);
  });

  it('is found by its merchant and environment only', async () => {
    const { id, merchantId } = await house.insert(house.aSession());

    expect((await house.sessions.findOfMerchant(id, merchantId, 'test'))?.id).toBe(id);
    expect(await house.sessions.findOfMerchant(id, newUuidV7(START), 'test')).toBeNull();
    expect(await house.sessions.findOfMerchant(id, merchantId, 'live')).toBeNull();
    expect(await house.sessions.findById(newUuidV7(START))).toBeNull();
  });

  it('is stored whole or not at all', async () => {
    const session = await house.insert(house.aSession());

    await expect(house.insert({ ...session, reference: 'second' })).rejects.toThrow(/pk_session|duplicate key/);

    expect((await house.stored(session.id)).reference).toBe('ORD-1');
    expect(await house.events(session.id)).toHaveLength(1);
  });

  it('does not take others down with it when many are stored at once and one cannot be', async () => {
    const known = await house.insert(house.aSession());
    const others = Array.from({ length: 40 }, () => house.aSession());

    const results = await Promise.allSettled(
      [...others.slice(0, 20), known, ...others.slice(20)].map((session) => house.insert(session)),
    );

    expect(results.map(({ status }, index) => [index, status]).filter(([, status]) => status === 'rejected')).toEqual([
      [20, 'rejected'],
    ]);
    for (const { id } of others) {
      expect((await house.stored(id)).id).toBe(id);
      expect(await house.events(id)).toHaveLength(1);
      expect(await house.cardExpiresAt(id)).toEqual(after(90));
    }
  });
});

describe('the story', () => {
  it('is written with every change, in order, each line and exchange with its number', async () => {
    const created = await house.insert(house.aSession());
    const asked = sendRequest(created, cause(), { device: aDevice() });
    await house.sessions.save({ before: created, change: asked });
    const exchange = {
      direction: 'received' as const,
      messageType: 'ARes',
      at: after(1),
      latencyMs: 12.5,
      body: { transStatus: 'Y', text: 'NUL \u0000, half a pair \ud800', 'key\u0000': 1 },
      problem: 'none \u0000',
    };
    const settled = move(
      asked.session,
      'authenticated',
      cause(after(2)),
      { type: 'authenticated', data: { a: 1 } },
      {},
      [{ direction: 'sent', messageType: 'AReq', at: after(1), body: null }, exchange],
    );

    expect(await house.sessions.save({ before: asked.session, change: settled })).toBe(true);

    expect(
      (await house.events(created.id)).map(({ seq, type, from_status, to_status, at, actor, data }) => [
        seq,
        type,
        from_status,
        to_status,
        at,
        actor,
        data,
      ]),
    ).toEqual([
      [0, 'created', null, 'pending', START, 'ack_x', {}],
      [1, 'request_sent', 'pending', 'processing', after(1), 'issuer', {}],
      [2, 'authenticated', 'processing', 'approved', after(2), 'issuer', { a: 1 }],
    ]);
    expect(await house.exchanges(created.id)).toMatchObject([
      { seq: 0, direction: 'sent', message_type: 'AReq', at: after(1), latency_ms: null, body: null, problem: null },
      {
        seq: 1,
        direction: 'received',
        message_type: 'ARes',
        latency_ms: 12.5,
        body: { transStatus: 'Y', text: 'NUL \ufffd, half a pair \ufffd' },
        problem: 'none \ufffd',
      },
    ]);
    expect(await house.stored(created.id)).toMatchObject({ eventSeq: 3, exchangeSeq: 2, version: 3 });
  });
});

describe('two who save the same session', () => {
  const EXCHANGE = { direction: 'sent' as const, messageType: 'AReq', at: START, body: {} };

  it('do so once: the loser writes nothing at all', async () => {
    const before = await house.insert(house.aSession());
    const winner = sendRequest(before, cause(), { device: aDevice() });
    const loser = move(before, 'deadlinePassed', cause(), { type: 'deadline_passed' }, {}, [EXCHANGE]);

    expect(await house.sessions.save({ before, change: winner })).toBe(true);
    expect(await house.sessions.save({ before, change: loser })).toBe(false);

    expect(await house.stored(before.id)).toEqual(winner.session);
    expect((await house.events(before.id)).map(({ type }) => type)).toEqual(['created', 'request_sent']);
    expect(await house.exchanges(before.id)).toEqual([]);
    expect(await house.cardExpiresAt(before.id)).toEqual(after(1 + 3 + 60));
  });

  it('do so once also in the same instant', async () => {
    const before = await house.insert(house.aSession());
    const changes = Array.from({ length: 30 }, (_, index) =>
      note(before, cause(), { type: `try_${index}` }, { methodCompletion: 'Y' }, [EXCHANGE]),
    );

    const saved = await Promise.all(changes.map((change) => house.sessions.save({ before, change })));

    expect(saved.filter(Boolean)).toHaveLength(1);
    const events = await house.events(before.id);
    expect(events.map(({ type }) => type)).toEqual(['created', `try_${saved.indexOf(true)}`]);
    expect(await house.exchanges(before.id)).toHaveLength(1);
    expect((await house.stored(before.id)).version).toBe(2);
  });

  it('leaves no correlation of the loser', async () => {
    const before = await house.insert(house.aSession());
    await house.sessions.save({ before, change: note(before, cause(), { type: 'first' }) });

    expect(await house.sessions.save({ before, change: sendRequest(before, cause()) })).toBe(false);

    expect(await house.sessions.findByCorrelation('fake', before.attempt.transactionId)).toBeNull();
  });
});

describe('the correlation', () => {
  it('is written when the request goes out, and not before', async () => {
    const before = await house.insert(house.aSession());
    const find = () => house.sessions.findByCorrelation('fake', before.attempt.transactionId);
    expect(await find()).toBeNull();

    await house.sessions.save({ before, change: sendRequest(before, cause()) });

    expect(await find()).toEqual({ sessionId: before.id });
    expect(await house.sessions.findByCorrelation('other', before.attempt.transactionId)).toBeNull();
    expect(await house.sessions.findByCorrelation('fake', newUuidV4())).toBeNull();
  });

  it('is written with a session that is asked at once', async () => {
    const asked = sendRequest(house.aSession(), { at: START, actor: 'ack_x' }, { device: aDevice() });
    await house.insert(asked.session, asked.events);

    expect(await house.sessions.findByCorrelation('fake', asked.session.attempt.transactionId)).toEqual({
      sessionId: asked.session.id,
    });
  });

  it('outlives its session by thirty days and is then forgotten', async () => {
    const before = await house.insert(house.aSession());
    await house.sessions.save({ before, change: sendRequest(before, cause(START)) });
    const days = (count: number): Date => after(count * 24 * 60);

    await house.sessions.deleteExpiredCorrelations(days(29));
    expect(await house.sessions.findByCorrelation('fake', before.attempt.transactionId)).not.toBeNull();

    await house.sessions.deleteExpiredCorrelations(days(31));
    expect(await house.sessions.findByCorrelation('fake', before.attempt.transactionId)).toBeNull();
  });
});

describe('a name that is another session’s', () => {
  const KEY = 'session:sid_contested';
  const taking = (before: Session): Saving => ({
    before,
    change: { ...note(before, cause(), { type: 'touched' }), correlationKeys: [KEY] },
  });
  const open = (): Promise<Session> => house.insert(house.aSession({ attempt: { progress: 'asked' } }));

  afterEach(() => house.database.query('DELETE FROM correlation WHERE key = $1', [KEY]));

  it('is not taken, and nothing of that change is stored', async () => {
    const [first, second] = [await open(), await open()];
    await house.sessions.save(taking(first));

    const error: unknown = await house.sessions.save(taking(second)).catch((thrown: unknown) => thrown);

    expect(isForeignName(error)).toBe(true);
    expect(await house.stored(second.id)).toEqual(second);
    expect(await house.keys(second.id)).not.toContain(`fake ${KEY}`);
    expect(await house.keys(first.id)).toContain(`fake ${KEY}`);
  });

  it('is not taken in the same instant either, and others that are stored then are not held up', async () => {
    const sessions = await Promise.all([open(), open(), open()]);
    const [first, second, other] = sessions;

    const outcomes = await Promise.allSettled([
      house.sessions.save(taking(first)),
      house.sessions.save(taking(second)),
      house.sessions.save({ before: other, change: note(other, cause(), { type: 'touched' }) }),
    ]);

    const [one, two, three] = outcomes;
    expect(three).toEqual({ status: 'fulfilled', value: true });
    expect([one, two].filter((outcome) => outcome?.status === 'fulfilled')).toHaveLength(1);
    const [reason] = [one, two].flatMap((outcome) =>
      outcome?.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(isForeignName(reason)).toBe(true);
  });

  it('may be told again by the session that has it', async () => {
    const session = await open();
    await house.sessions.save(taking(session));

    expect(await house.sessions.save(taking(await house.stored(session.id)))).toBe(true);
  });
});

describe('the card of a session', () => {
  it('lives until the deadline plus what the channel keeps it, and from the final status on for that alone', async () => {
    const pending = await house.insert(house.aSession({ cardRetentionMinutes: 60 }));
    expect(await house.cardExpiresAt(pending.id)).toEqual(after(30 + 60));

    const asked = sendRequest(pending, cause(after(10)), { device: aDevice() });
    await house.sessions.save({ before: pending, change: asked });
    expect(await house.cardExpiresAt(pending.id)).toEqual(after(10 + 3 + 60));

    const settled = move(asked.session, 'authenticated', cause(after(11)), { type: 'authenticated' });
    await house.sessions.save({ before: asked.session, change: settled });
    expect(await house.cardExpiresAt(pending.id)).toEqual(after(11 + 60));

    const completed = completeSession(settled.session, 'merchant', cause(after(40)));
    await house.sessions.save({ before: settled.session, change: completed });
    expect(await house.cardExpiresAt(pending.id)).toEqual(after(11 + 60));
  });

  it('is gone with the final status where the channel keeps none', async () => {
    const pending = await house.insert(house.aSession({ cardRetentionMinutes: 0 }));
    const expired = move(pending, 'deadlinePassed', cause(after(30)), { type: 'deadline_passed' });
    await house.sessions.save({ before: pending, change: expired });

    expect(await house.cardExpiresAt(pending.id)).toEqual(after(30));
    house.clock.advance(31 * MINUTE);
    expect(await house.vault.find(pending.id, house.merchantId)).toBeNull();
    house.clock.advance(-31 * MINUTE);
  });
});

describe('a session that was turned away', () => {
  it('is kept with its reason, without card, attempt, last four or fingerprint', async () => {
    house.connector.refusal = 'card_not_enrolled';

    await expect(house.service.create(house.actor(), house.command())).rejects.toMatchObject({
      kind: 'not_allowed',
      codes: ['card_not_enrolled'],
    });
    house.connector.refusal = null;

    const [row, ...rest] = await house.database.query<Record<string, unknown>>(
      `SELECT * FROM session WHERE refusal_code IS NOT NULL`,
    );
    expect(rest).toEqual([]);
    expect(row).toMatchObject({
      refusal_code: 'card_not_enrolled',
      status: 'unavailable',
      last_four: null,
      card_fingerprint: null,
      bin: '42424242',
      attempt_number: 0,
    });
    const id = row?.['id'] as string;
    expect(await house.cardExpiresAt(id)).toBeUndefined();
    expect(await house.database.query('SELECT 1 FROM attempt WHERE session_id = $1', [id])).toEqual([]);
    expect((await house.events(id)).map(({ type, data }) => [type, data])).toEqual([
      ['refused', { code: 'card_not_enrolled' }],
    ]);
  });

  it('is nobody’s session on the API', async () => {
    const at = house.clock.now();
    const id = newUuidV7(at);
    const refused = refuseSession(
      house.command(),
      {
        id,
        at,
        merchantId: house.merchantId,
        environment: 'test',
        accessKeyId: newUuidV7(at),
        actor: 'ack_x',
        channelId: house.channelId,
        connector: 'fake',
        sessionMinutes: 30,
        cardRetentionMinutes: 60,
        scopeChannel: null,
        secretHash: Buffer.alloc(32),
        secretSealed: Buffer.alloc(32),
      },
      { code: 'issuer_not_enrolled', scheme: 'visa' },
    );
    await house.sessions.insertRefused(refused);

    await expect(house.service.get({ kind: 'token', actor: house.actor() }, id)).rejects.toMatchObject({
      codes: ['session_not_found'],
    });
  });
});

describe('what is due', () => {
  it('is found from its deadline on, the oldest first, and no longer once it is final', async () => {
    const late = await house.insert(house.aSession({ deadlineAt: after(6) }));
    const early = await house.insert(house.aSession({ deadlineAt: after(5) }));
    const due = async (now: Date): Promise<string[]> =>
      (await house.sessions.findDue(now, 1000)).map(({ id }) => id).filter((id) => [late.id, early.id].includes(id));

    expect(await due(new Date(after(5).getTime() - 1))).toEqual([]);
    expect(await due(after(5))).toEqual([early.id]);
    expect(await due(after(6))).toEqual([early.id, late.id]);

    await house.sessions.save({
      before: early,
      change: move(early, 'deadlinePassed', cause(after(6)), { type: 'deadline_passed' }),
    });
    expect(await due(after(6))).toEqual([late.id]);
  });

  it('is found page by page, also where deadlines are the same', async () => {
    for (let count = 0; count < 5; count++) await house.insert(house.aSession({ deadlineAt: after(7) }));
    const all = await house.sessions.findDue(after(7), 1000);
    const paged: typeof all = [];
    for (;;) {
      const page = await house.sessions.findDue(after(7), 2, paged.at(-1));
      if (page.length === 0) break;
      paged.push(...page);
    }

    expect(paged).toEqual(all);
  });

  it('is counted as overdue after sixty seconds', async () => {
    await house.database.query('UPDATE session SET deadline_at = $1 WHERE deadline_at IS NOT NULL', [after(500)]);
    const due = await house.insert(house.aSession({ deadlineAt: after(5) }));

    expect(await house.sessions.countOverdue(after(6))).toBe(0);
    expect(await house.sessions.countOverdue(new Date(after(6).getTime() + 1))).toBe(1);

    await house.sessions.save({
      before: due,
      change: move(due, 'deadlinePassed', cause(after(7)), { type: 'deadline_passed' }),
    });
    expect(await house.sessions.countOverdue(after(8))).toBe(0);
  });
});

describe('reading one session', () => {
  it('looks at one partition of each table', async () => {
    const { id } = await house.insert(house.aSession());
    const asked: string[] = [];
    const spy = {
      query: async <Row>(sql: string | Statement, values: readonly unknown[] = []): Promise<Row[]> => {
        const plan = await house.database.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${textOf(sql)}`, values);
        asked.push(plan.map((line) => line['QUERY PLAN']).join('\n'));
        return house.database.query<Row>(sql, values);
      },
    };

    expect((await house.sessions.findById(id, spy))?.id).toBe(id);

    const partitions = new Set(asked.join('\n').match(/\b(session|attempt)_\d{6}\b/g));
    expect([...partitions].sort()).toEqual(['attempt_202701', 'session_202701']);
  });

  it('so does storing a change of it, in the tables that it touches', async () => {
    const before = await house.insert(house.aSession());
    const scans: string[] = [];
    // Which partitions are read is decided while it runs: the plan names the others as never executed.
    const spy = {
      query: async <Row>(sql: string | Statement, values: readonly unknown[] = []): Promise<Row[]> => {
        const plan = await house.database.query<{ 'QUERY PLAN': string }>(
          `EXPLAIN (ANALYZE, COSTS OFF) ${textOf(sql)}`,
          values,
        );
        const lines = plan.map((line) => line['QUERY PLAN']);
        scans.push(...lines.filter((line) => / Scan .* on /.test(line) && !line.includes('never executed')));
        return [];
      },
    };

    await house.sessions.save({ before, change: sendRequest(before, cause(), { device: aDevice() }) }, spy);

    const partitions = new Set(scans.join('\n').match(/\b(session|attempt|card)_\d{6,8}\b(?!_)/g));
    expect([...partitions].sort()).toEqual(['attempt_202701', 'card_20270115', 'session_202701']);
    expect(scans.join('\n')).not.toContain('Seq Scan on session_');
  });
});

/** As the planner does it where tables are large: few sessions are looked up by their key, one after the other. */
const onLargeTables = <T>(work: (tx: Queryable) => Promise<T>): Promise<T> =>
  house.database.transaction(async (tx) => {
    for (const method of ['hashjoin', 'mergejoin', 'seqscan']) await tx.query(`SET LOCAL enable_${method} = off`);
    return work(tx);
  });

const preparedOf = (sql: string | Statement): string => (typeof sql === 'string' ? sql : sql.prepared);

describe('what is asked of one session, planned for any session,', () => {
  /** The scans that `ask` leads to. Which partitions are read may be decided while it runs: the others are never executed. */
  async function scansOf(ask: (db: Queryable) => Promise<unknown>): Promise<string[]> {
    const lines: string[] = [];
    await onLargeTables((tx) =>
      ask({
        query: async <Row>(sql: string | Statement, values: readonly unknown[] = []): Promise<Row[]> => {
          const explain = `EXPLAIN (ANALYZE, COSTS OFF) ${preparedOf(sql)}`;
          lines.push(...(await tx.query<{ 'QUERY PLAN': string }>(explain, values)).map((line) => line['QUERY PLAN']));
          return [];
        },
      }),
    );
    return lines.filter((line) => / Scan .* on /.test(line) && !line.includes('never executed'));
  }
  const partitionsIn = (scans: readonly string[]): string[] =>
    [...new Set(scans.join('\n').match(/\b(session|attempt|card)_\d{6,8}\b(?!_)/g))].sort();

  it('reads one partition of each table', async () => {
    const { id } = await house.insert(house.aSession());

    const scans = await scansOf((db) => house.sessions.findById(id, db));

    expect(partitionsIn(scans)).toEqual(['attempt_202701', 'session_202701']);
  });

  it('stores a change in one partition of each table that it touches', async () => {
    const before = await house.insert(house.aSession());
    const change = sendRequest(before, cause(), { device: aDevice() });

    const scans = await scansOf((db) => house.sessions.save({ before, change }, db));

    expect(partitionsIn(scans)).toEqual(['attempt_202701', 'card_20270115', 'session_202701']);
    expect(scans.join('\n')).not.toContain('Seq Scan on session_');
  });
});

describe('changes that share statements', () => {
  it('of the same sessions in opposite orders do not lock each other out', async () => {
    const sessions = await Promise.all(Array.from({ length: 9 }, () => house.insert(house.aSession())));
    const savings = sessions.map((before) => ({ before, change: note(before, cause(after(1)), { type: 'touched' }) }));
    const ids = sessions.map(({ id }) => id);

    const save = (items: typeof savings): Promise<boolean[]> => onLargeTables((tx) => saveAll(tx, items));

    // Both statements get as far as the one in the middle, and only then may go on.
    const [one, other] = await house.database.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM session WHERE id = $1 FOR UPDATE', [ids[4]]);
      const saving = [save(savings), save([...savings].reverse())];
      await house.lockedOut(2);
      return saving.map((outcome) => outcome.catch((error: { code?: string }) => error.code));
    });

    expect([await one, await other]).toEqual(
      expect.arrayContaining([ids.map(() => true), ids.map(() => false)]) as unknown,
    );
  });
});

describe('a migration while a server is at work', () => {
  it('fails neither what is stored nor what is read', async () => {
    const stored = await house.insert(house.aSession());
    const readAll = (): Promise<(Session | null)[]> =>
      Promise.all(Array.from({ length: 9 }, () => house.sessions.findOfMerchant(stored.id, house.merchantId, 'test')));
    await readAll();

    await house.database.query(`ALTER TABLE session ADD COLUMN added text NOT NULL DEFAULT 'x'`);
    await house.database.query('ALTER TABLE session ALTER COLUMN reference TYPE varchar(200)');

    expect(await readAll()).toEqual(Array(9).fill(stored));
    expect(await house.stored(stored.id)).toEqual(stored);
    expect(await house.sessions.save({ before: stored, change: note(stored, cause(), { type: 'touched' }) })).toBe(
      true,
    );
    expect((await house.insert(house.aSession())).version).toBe(1);
  });
});
