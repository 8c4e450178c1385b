import type { Caller } from '../../../libs/sessions/src/caller';
import { note } from '../../../libs/sessions/src/domain/changes';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { Idempotency } from '../../../libs/sessions/src/idempotency.service';
import { SessionLog } from '../../../libs/sessions/src/session-log';
import { SessionWriter } from '../../../libs/sessions/src/session-writer.service';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House } from './house';

let test: TestDatabase;
let house: House;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
});

afterEach(() => house.connector.reset());

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

const caller = (): Caller => ({ kind: 'token', actor: house.actor() });
const rows = <Row>(sql: string, id: string): Promise<Row[]> => house.database.query<Row>(sql, [id]);

async function challenged(): Promise<Session> {
  house.connector.answer = () => step('challenge', { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' });
  return (await house.service.create(house.actor(), house.command())).view.session;
}

describe('what is stored of a session', () => {
  it('says of each line which part of the authentication it belongs to', async () => {
    const { id, attempt } = await challenged();
    await house.inbox.challengeReturned('fake', attempt.transactionId);
    await house.inbox.accept('fake', 'n-1', attempt.transactionId, { facts: { transStatus: 'Y' } }, {});
    await house.service.complete(caller(), id);

    const lines = await rows<{ type: string; leg: string }>(
      'SELECT type, leg FROM session_event WHERE session_id = $1 ORDER BY seq',
      id,
    );

    expect(lines.map(({ type, leg }) => `${type}: ${leg}`)).toEqual([
      'created: created',
      'request_sent: request',
      'challenge_required: answer',
      'challenge_returned: challenge',
      'authenticated: result',
      'completed: callback',
    ]);
  });

  it('has the environment with the card, and the version of the key with the fingerprint', async () => {
    const { view } = await house.service.create(house.actor(), house.command());

    const { id } = view.session;
    expect(await rows('SELECT environment FROM card WHERE session_id = $1', id)).toEqual([{ environment: 'test' }]);
    expect(await house.stored(id)).toMatchObject({ cardFingerprintKeyVersion: 1 });
  });

  it('has no scheme where a card was turned away and nobody knows whose it is', async () => {
    house.connector.refusal = 'card_not_enrolled';
    house.connector.refusedScheme = undefined;

    await expect(house.service.create(house.actor(), house.command())).rejects.toMatchObject({
      codes: ['card_not_enrolled'],
    });

    const [refused] = await house.database.query(
      'SELECT scheme, refusal_code FROM session WHERE refusal_code IS NOT NULL',
    );
    expect(refused).toEqual({ scheme: null, refusal_code: 'card_not_enrolled' });
  });
});

describe('what is told of a change', () => {
  it('is told once it is there to stay, and not when it was undone', async () => {
    const { attempt, id } = await challenged();
    const told = jest.spyOn(house.get(SessionLog), 'changed');
    const answered = jest.spyOn(house.notices, 'answered').mockRejectedValueOnce(new Error('the connection is gone'));
    const accept = (): Promise<unknown> =>
      house.inbox.accept('fake', 'n-2', attempt.transactionId, { facts: { transStatus: 'Y' } }, {});

    await expect(accept()).rejects.toThrow('the connection is gone');
    expect(told).not.toHaveBeenCalled();
    expect(await house.stored(id)).toMatchObject({ status: 'challenged' });

    await accept();
    await accept();

    expect(told).toHaveBeenCalledTimes(1);
    answered.mockRestore();
    told.mockRestore();
  });
});

describe('a frozen answer', () => {
  it('can be read for as long as authentication values can, and no longer', async () => {
    const { service } = house;
    await house.get(Idempotency).run(
      { merchantId: house.merchantId, environment: 'test', route: 'POST /sessions', key: 'k', body: {} },
      {
        make: async (id) => ({ status: 201, body: (await service.create(house.actor(), house.command(), id)).view }),
        recover: () => Promise.resolve(null),
      },
    );

    const [key] = await house.database.query<{ purpose: string; reach: boolean }>(
      `SELECT k.purpose, k.destroy_after - i.expires_at > '0' AS reach FROM idempotency i
       JOIN data_key k ON uuid_send(k.id) = substring(i.answer_sealed FROM 2 FOR 16)`,
    );
    expect(key).toEqual({ purpose: 'authentication_value', reach: true });
  });
});

describe('completing a session', () => {
  it('that is not final is forbidden, also while the issuer is being asked', async () => {
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => (answer = resolve));
    house.connector.answer = async () => {
      await asked;
      return step('final', { transStatus: 'Y', resultSource: 'ARes' });
    };
    const creation = house.service.create(house.actor(), house.command());
    while (house.connector.started.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const sessionId = house.connector.started.at(-1)?.request.sessionId ?? '';

    await expect(house.service.complete(caller(), sessionId)).rejects.toMatchObject({
      kind: 'not_allowed',
      codes: ['update_not_allowed_due_to_state'],
    });
    answer();
    await creation;
    await house.service.complete(caller(), sessionId);
  });

  /** Lets `meanwhile` be stored after a session was read and before what follows from that is. */
  const raceWith = (meanwhile: (session: Session) => Promise<unknown>): jest.SpyInstance => {
    const { sessions: repository } = house;
    const save = repository.save.bind(repository);
    return jest.spyOn(repository, 'save').mockImplementationOnce(async (...args: Parameters<typeof save>) => {
      await meanwhile(args[0].before);
      return save(...args);
    });
  };

  it('is not kept from the merchant by what is noted about the session at the same moment', async () => {
    const { id } = (await house.service.create(house.actor(), house.command())).view.session;
    const raced = raceWith(async (before) => {
      const noted = note(before, { at: new Date(), actor: 'issuer' }, { type: 'notice_without_effect' });
      await house.get(SessionWriter).save(before, noted);
    });

    await house.service.complete(caller(), id);

    expect(raced).toHaveBeenCalledTimes(3);
    expect(await house.stored(id)).toMatchObject({ completedBy: 'merchant' });
    raced.mockRestore();
  });

  it('is lost to another call of the merchant, which is the one that closed it', async () => {
    const { id } = (await house.service.create(house.actor(), house.command())).view.session;
    const raced = raceWith(() => house.service.complete(caller(), id));

    await expect(house.service.complete(caller(), id)).rejects.toMatchObject({
      codes: ['session_already_in_use'],
    });
    raced.mockRestore();
  });
});
