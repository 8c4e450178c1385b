import type { MaskedNotice } from '@app/authentication-port';
import { newUuidV4, Secret } from '@app/kernel';
import { APP_CONFIG, Leases, LOG, Metrics, type AppConfig } from '@app/platform';
import { DataKeyring } from '@app/cards';
import { noticeSecretsContext } from '../../../libs/sessions/src/domain/sealing-contexts';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { SettlementJob } from '../../../libs/sessions/src/jobs/settlement.job';
import { Settlement } from '../../../libs/sessions/src/settlement.service';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House } from './house';

const MINUTE = 60_000;
const CRYPTOGRAM = 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=';
const APPROVED = { messageType: 'RReq', facts: { transStatus: 'Y', eci: '05' } };
const CHALLENGE = step('challenge', { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' });
const LEASE = 'sessions.settlement';

let test: TestDatabase;
let house: House;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
});

// Nothing of one test is due in the next.
afterEach(async () => {
  house.connector.reset();
  await house.database.query(`UPDATE session SET deadline_at = 'infinity' WHERE deadline_at IS NOT NULL`);
  await house.database.query('DELETE FROM notice_seen WHERE acted_at IS NULL');
});

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

/** A worker's job on a replica, with a registry of its own to look at. */
function jobOf(replica: House): { job: SettlementJob; metrics: Metrics } {
  const metrics = new Metrics();
  const job = new SettlementJob(
    replica.sessions,
    replica.notices,
    replica.get(Settlement),
    replica.inbox,
    replica.get(Leases),
    metrics,
    { ...replica.get<AppConfig>(APP_CONFIG as never), role: 'worker' },
    replica.clock,
    replica.get(LOG as never),
  );
  return { job, metrics };
}

const tick = (replica: House = house): Promise<void> => jobOf(replica).job.tick();
const create = async (): Promise<Session> => {
  const { view } = await house.service.create(house.actor(), house.command());
  return view.session;
};
const typesOf = async ({ id }: Session): Promise<string[]> => (await house.events(id)).map(({ type }) => type);

const pending = (): Promise<Session> => house.insert(house.aSession());

/** Asked, and the process died before the answer was stored. */
const processing = async (): Promise<Session> => {
  house.connector.answer = () => Promise.reject(new Error('the process died here'));
  await expect(create()).rejects.toThrow('the process died here');
  const attempt = house.connector.started.at(-1);
  const { sessionId } = (await house.sessions.findByCorrelation('fake', attempt?.transactionId ?? '')) ?? {};
  return house.stored(sessionId ?? '');
};

const challenged = (): Promise<Session> => {
  house.connector.answer = () => CHALLENGE;
  return create();
};

/** As a process leaves it that dies between storing a notice and acting upon it. */
async function leave(session: Session, value: string | null = null, body: MaskedNotice = APPROVED): Promise<string> {
  const noticeId = newUuidV4();
  const seal = (text: string): Buffer =>
    house.get(DataKeyring).seal('authentication_value', Buffer.from(text), noticeSecretsContext(noticeId));
  await house.notices.insert({
    connector: 'fake',
    noticeId,
    sessionId: session.id,
    body,
    secretsSealed: value === null ? null : seal(value),
    receivedAt: house.clock.now(),
  });
  return noticeId;
}

const deliver = (session: Session): Promise<unknown> =>
  house.inbox.accept('fake', newUuidV4(), session.attempt.transactionId, APPROVED, {
    authenticationValue: new Secret(CRYPTOGRAM),
  });

describe('a session at its deadline', () => {
  it('expires when nothing was asked of the issuer, and the connector is not bothered', async () => {
    const session = await pending();
    house.clock.advance(30 * MINUTE);

    await tick();

    expect(await house.stored(session.id)).toMatchObject({
      status: 'expired',
      statusReason: null,
      deadlineAt: null,
      finalAt: house.clock.now(),
    });
    expect(await typesOf(session)).toEqual(['created', 'deadline_passed']);
    expect(house.connector.fetched).toHaveLength(0);
  });

  it('is unavailable with a reason when the issuer was asked and nothing is known', async () => {
    const session = await processing();
    house.clock.advance(3 * MINUTE);

    await tick();

    expect(await house.stored(session.id)).toMatchObject({
      status: 'unavailable',
      statusReason: 'ares_error',
      attempt: { facts: { error: { code: '402', component: 'S', messageType: 'ARes' } } },
    });
    expect(house.connector.fetched).toEqual([session.attempt.transactionId]);
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'deadline_passed']);
  });

  it('is abandoned when its challenge never ended', async () => {
    const session = await challenged();
    house.clock.advance(30 * MINUTE);

    await tick();

    expect(await house.stored(session.id)).toMatchObject({ status: 'challenge_abandoned', challenged: true });
    expect(house.connector.fetched).toEqual([session.attempt.transactionId]);
  });

  it('is left alone a millisecond before', async () => {
    const session = await pending();
    house.clock.advance(30 * MINUTE - 1);

    await tick();

    expect((await house.stored(session.id)).status).toBe('pending');
  });

  it('takes what the connector has learned meanwhile, with the authentication value', async () => {
    const session = await processing();
    house.connector.afterSilence = step('final', {
      transStatus: 'Y',
      resultSource: 'ARes',
      authenticationValue: new Secret(CRYPTOGRAM),
    });
    house.clock.advance(3 * MINUTE);

    await tick();

    expect(await house.stored(session.id)).toMatchObject({ status: 'approved', statusReason: null });
    const view = await house.service.get({ kind: 'token', actor: house.actor() }, session.id);
    expect(view.authenticationValue?.expose()).toBe(CRYPTOGRAM);
    // Reports count it as settled late by this.
    const { actor, data } = (await house.events(session.id)).at(-1) ?? {};
    expect({ actor, data }).toEqual({
      actor: 'issuer',
      data: { transStatus: 'Y', resultSource: 'ARes', via: 'deadline' },
    });
  });

  it('is settled also when the connector fails to answer the question', async () => {
    const session = await challenged();
    house.connector.afterSilence = () => Promise.reject(new Error('no upstream'));
    house.clock.advance(30 * MINUTE);

    await tick();

    expect((await house.stored(session.id)).status).toBe('challenge_abandoned');
  });

  it('of a connector that this installation no longer has is settled, too', async () => {
    const session = await house.insert(
      house.aSession({ status: 'processing', attempt: { connector: 'gone', progress: 'asked' } }),
    );
    house.clock.advance(30 * MINUTE);

    await tick();

    expect(await house.stored(session.id)).toMatchObject({ status: 'unavailable', statusReason: 'ares_error' });
  });

  it('is settled in one tick with a thousand others', async () => {
    const sessions = await Promise.all(Array.from({ length: 1000 }, pending));
    house.clock.advance(30 * MINUTE);

    await tick();

    const [row] = await house.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM session WHERE id = ANY($1) AND status = 'expired'`,
      [sessions.map(({ id }) => id)],
    );
    expect(row?.count).toBe(1000);
  }, 60_000);

  it('does not wait for ever behind hundreds that cannot be settled', async () => {
    // No machine has an exit for what these are: each of them fails in every tick.
    const stuck = await Promise.all(
      Array.from({ length: 250 }, () => house.insert(house.aSession({ attempt: { number: 7 } }))),
    );
    await house.database.query('DELETE FROM attempt WHERE session_id = ANY($1)', [stuck.map(({ id }) => id)]);
    house.clock.advance(1);
    const session = await pending();
    house.clock.advance(30 * MINUTE);

    await tick();

    expect((await house.stored(session.id)).status).toBe('expired');
  }, 30_000);
});

describe('a result that arrives while a session is settled', () => {
  it('wins when it is faster', async () => {
    const session = await challenged();
    house.connector.afterSilence = async () => {
      await deliver(session);
      return step('waiting');
    };
    house.clock.advance(30 * MINUTE);

    await tick();

    expect(await house.stored(session.id)).toMatchObject({ status: 'approved', challenged: true });
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'challenge_required', 'authenticated']);
  });

  it('is answered and kept when it is not, and changes nothing', async () => {
    const session = await challenged();
    house.clock.advance(30 * MINUTE);
    await tick();

    expect(await deliver(session)).toMatchObject({ outcome: 'answered' });

    expect((await house.stored(session.id)).status).toBe('challenge_abandoned');
    expect((await typesOf(session)).at(-1)).toBe('notice_without_effect');
    expect((await house.exchanges(session.id)).map(({ message_type }) => message_type)).toEqual(['RReq', 'RRes']);
  });

  it('or comes at the same moment, over and over, leaves one truth', async () => {
    for (let round = 0; round < 20; round++) {
      const session = await challenged();
      house.clock.advance(30 * MINUTE);

      await Promise.all([tick(), deliver(session)]);

      const { status } = await house.stored(session.id);
      const story = await typesOf(session);
      const byResult = ['created', 'request_sent', 'challenge_required', 'authenticated'];
      const byDeadline = ['created', 'request_sent', 'challenge_required', 'deadline_passed', 'notice_without_effect'];
      expect([status, story]).toEqual(
        status === 'approved' ? ['approved', byResult] : ['challenge_abandoned', byDeadline],
      );
    }
  }, 30_000);

  it('and was stored but left by a process that died counts more than the deadline', async () => {
    const session = await challenged();
    house.clock.advance(30 * MINUTE);
    await leave(session, CRYPTOGRAM);

    await tick();

    expect((await house.stored(session.id)).status).toBe('approved');
  });

  it('and was left in a form that nobody can act upon does not keep the session open', async () => {
    const session = await challenged();
    house.clock.advance(30 * MINUTE);
    await leave(session, null, { noAnswer: true });

    await tick();

    expect((await house.stored(session.id)).status).toBe('challenge_abandoned');
  });
});

describe('a notice that a process left behind when it died', () => {
  it('is acted upon by the next tick after its grace, with its sealed authentication value', async () => {
    const session = await challenged();
    const noticeId = await leave(session, CRYPTOGRAM);
    await tick();
    expect((await house.stored(session.id)).status).toBe('challenged');
    house.clock.advance(30_001);

    await tick();

    expect((await house.stored(session.id)).status).toBe('approved');
    const view = await house.service.get({ kind: 'token', actor: house.actor() }, session.id);
    expect(view.authenticationValue?.expose()).toBe(CRYPTOGRAM);
    const [row] = await house.database.query('SELECT secrets_sealed, acted_at FROM notice_seen WHERE notice_id = $1', [
      noticeId,
    ]);
    expect(row).toEqual({ secrets_sealed: null, acted_at: house.clock.now() });
  });

  it('has one effect however many replicas find it', async () => {
    const other = await house.replica();
    try {
      const session = await challenged();
      await leave(session, CRYPTOGRAM);
      const [left] = await house.notices.findLeftOf(session.id);
      if (!left) throw new Error('The notice was not found');

      await Promise.all([house, other, house, other].map((replica) => replica.inbox.resume(left)));

      expect(await typesOf(session)).toEqual(['created', 'request_sent', 'challenge_required', 'authenticated']);
    } finally {
      await other.close();
    }
  });

  it('does not wait for ever behind hundreds that nobody can act upon', async () => {
    const hopeless = await challenged();
    for (let count = 0; count < 210; count++) await leave(hopeless, null, { noAnswer: true });
    house.clock.advance(1);
    const session = await challenged();
    await leave(session);
    house.clock.advance(30_001);

    await tick();

    expect((await house.stored(session.id)).status).toBe('approved');
  }, 30_000);
});

describe('two replicas', () => {
  let other: House;
  beforeAll(async () => (other = await house.replica()));
  afterAll(() => other.close());

  it('settle a session once: one works, the other skips', async () => {
    const session = await challenged();
    house.clock.advance(30 * MINUTE);
    // Holds the first one in the middle of its work.
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    house.connector.afterSilence = async () => {
      await held;
      return step('waiting');
    };
    const first = tick(house);
    while (house.connector.fetched.length === 0) await new Promise((done) => setTimeout(done, 5));

    await tick(other);
    expect((await house.stored(session.id)).status).toBe('challenged');
    release();
    await first;

    expect(house.connector.fetched).toHaveLength(1);
    expect(await typesOf(session)).toEqual(['created', 'request_sent', 'challenge_required', 'deadline_passed']);
  });

  it('that both hold the session for theirs store one end and one callback', async () => {
    house.connector.answer = () => CHALLENGE;
    const { view } = await house.service.create(
      house.actor(),
      house.command({ callbackUrl: 'http://127.0.0.1:9/never' }),
    );
    house.clock.advance(30 * MINUTE);

    await Promise.all([house, other, house, other].map((replica) => replica.get(Settlement).settle(view.session.id)));

    expect(await typesOf(view.session)).toEqual(['created', 'request_sent', 'challenge_required', 'deadline_passed']);
    expect(
      await house.database.query('SELECT 1 FROM callback_message WHERE session_id = $1', [view.session.id]),
    ).toHaveLength(1);
  });

  it('take over from one that died, within the 60 s of the deadline', async () => {
    const leaseMs = await leaseOfATick();
    const session = await pending();
    house.clock.advance(30 * MINUTE - 1);
    const [{ fence } = { fence: '' }] = await house.database.query<{ fence: string }>(
      `UPDATE lease SET holder = gen_random_uuid(), fence = fence + 1,
         expires_at = clock_timestamp() + $2::float8 * interval '1 ms'
       WHERE name = $1 RETURNING fence`,
      [LEASE, leaseMs],
    );

    // Its ticks come when they come.
    await pass(2_000);
    for (let seconds = 2; seconds < 60; seconds += 5) {
      await tick(other);
      await pass(5_000);
    }

    const { status, finalAt } = await house.stored(session.id);
    expect(status).toBe('expired');
    expect((finalAt?.getTime() ?? 0) - (session.deadlineAt?.getTime() ?? 0)).toBeLessThan(60_000);
    const [lease] = await house.database.query<{ fence: string }>('SELECT fence FROM lease WHERE name = $1', [LEASE]);
    expect(Number(lease?.fence)).toBeGreaterThan(Number(fence));
  });

  /** Time passes for sessions and, by the database's clock, for the lease. */
  async function pass(ms: number): Promise<void> {
    house.clock.advance(ms);
    await house.database.query(`UPDATE lease SET expires_at = expires_at - $1::float8 * interval '1 ms'`, [ms]);
  }

  /** For how long a replica that dies keeps the others out. */
  async function leaseOfATick(): Promise<number> {
    const session = await challenged();
    house.clock.advance(30 * MINUTE);
    let leftMs = 0;
    house.connector.afterSilence = async () => {
      const [row] = await house.database.query<{ left: number }>(
        `SELECT extract(epoch FROM expires_at - clock_timestamp())::float8 * 1000 AS left FROM lease WHERE name = $1`,
        [LEASE],
      );
      leftMs = row?.left ?? 0;
      return step('waiting');
    };
    await tick(house);
    expect((await house.stored(session.id)).status).toBe('challenge_abandoned');
    house.connector.reset();
    return leftMs;
  }
});

describe('what is unresolved past its deadline', () => {
  it('is nothing after a tick, by the gauge that operators watch', async () => {
    await pending();
    house.clock.advance(40 * MINUTE);
    const { job, metrics } = jobOf(house);

    await job.tick();

    expect((await metrics.render()).text).toContain('countersign_sessions_unresolved_past_deadline 0');
  });

  it('is counted when it cannot be settled', async () => {
    const session = await pending();
    await house.database.query('DELETE FROM attempt WHERE session_id = $1', [session.id]);
    house.clock.advance(40 * MINUTE);
    const { job, metrics } = jobOf(house);

    await job.tick();

    expect((await metrics.render()).text).toContain('countersign_sessions_unresolved_past_deadline 1');
  });
});
