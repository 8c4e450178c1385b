import { encodeId, newUuidV7 } from '@app/kernel';
import type { AdminActor, MerchantScope } from '@app/platform';
import { SessionWriter } from '../../../libs/sessions/src/session-writer.service';
import { note } from '../../../libs/sessions/src/domain/changes';
import { AdminSessionsController } from '../../../libs/sessions/src/http/admin-sessions.controller';
import type { Session } from '../../../libs/sessions/src/domain/session';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { step } from './fake-connector';
import { House } from './house';

let test: TestDatabase;
let house: House;
let controller: AdminSessionsController;

beforeAll(async () => {
  test = await createTestDatabase();
  house = await House.open(test.url);
  controller = house.get(AdminSessionsController);
});

afterEach(() => house.connector.reset());

afterAll(async () => {
  await house?.close();
  await test?.drop();
});

const OPERATOR = encodeId('operator', newUuidV7(new Date()));

function operator(merchants: MerchantScope = 'all'): AdminActor {
  return {
    kind: 'operator',
    id: newUuidV7(new Date()),
    wireId: OPERATOR,
    name: 'ada@example.com',
    origin: { address: '192.0.2.1', requestId: null },
    role: 'operator',
    permissions: new Set(['sessions.act']),
    merchants,
    sessionId: null,
  };
}

async function challenged(): Promise<Session> {
  house.connector.answer = () => step('challenge', { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' });
  return (await house.service.create(house.actor(), house.command())).view.session;
}
const wire = ({ id }: Session): string => encodeId('session', id);
const audited = (session: Session): Promise<object[]> =>
  house.database.query(
    'SELECT act, actor_id, merchant_id, "before", "after", reason FROM audit_entry WHERE subject = $1 ORDER BY seq',
    [wire(session)],
  );

describe('ending a session', () => {
  it('ends it as its deadline would, in the operator’s name, and is in the audit log with its reason', async () => {
    const session = await challenged();

    const shown = await controller.expire(operator(), wire(session), { reason: 'the shop has closed' });

    expect(shown).toMatchObject({
      status: 'challenge_abandoned',
      verdict: { decided_by: 'nobody', text: expect.stringMatching(/^An operator ended the session/) as string },
      acts: { expire: { allowed: false, code: 'update_not_allowed_due_to_state' } },
    });
    const [last] = (await house.events(session.id)).slice(-1);
    expect(last).toMatchObject({ type: 'ended_by_operator', actor: OPERATOR, from_status: 'challenged' });
    expect(await audited(session)).toEqual([
      {
        act: 'session.expired',
        actor_id: OPERATOR,
        merchant_id: house.merchantId,
        before: { status: 'challenged' },
        after: { status: 'challenge_abandoned' },
        reason: 'the shop has closed',
      },
    ]);
  });

  it('that is final is refused, and changes and notes nothing', async () => {
    const { session } = (await house.service.create(house.actor(), house.command())).view;

    await expect(controller.expire(operator(), wire(session), undefined)).rejects.toMatchObject({
      codes: ['update_not_allowed_due_to_state'],
    });
    expect(await audited(session)).toEqual([]);
  });

  it('is lost to whoever was faster, and leaves no entry then', async () => {
    const session = await challenged();
    const writer = house.get(SessionWriter);
    const save = writer.save.bind(writer);
    const raced = jest.spyOn(writer, 'save').mockImplementationOnce(async (before, change, within) => {
      await save(before, note(before, { at: house.clock.now(), actor: 'issuer' }, { type: 'notice_without_effect' }));
      return save(before, change, within);
    });

    await expect(controller.expire(operator(), wire(session), undefined)).rejects.toMatchObject({
      codes: ['session_already_in_use'],
    });

    raced.mockRestore();
    expect(await house.stored(session.id)).toMatchObject({ status: 'challenged' });
    expect(await audited(session)).toEqual([]);
  });

  it('is for those who have its merchant in scope', async () => {
    const session = await challenged();

    await expect(controller.expire(operator([newUuidV7(new Date())]), wire(session), {})).rejects.toMatchObject({
      codes: ['session_not_found'],
    });
    expect(await house.stored(session.id)).toMatchObject({ status: 'challenged' });
  });

  it('takes a reason of 500 characters and no more', async () => {
    const session = await challenged();

    await expect(controller.expire(operator(), wire(session), { reason: 'x'.repeat(501) })).rejects.toMatchObject({
      codes: ['reason_invalid'],
    });
  });
});

describe('asking again', () => {
  it('is refused where the protocol has no question', async () => {
    const session = await challenged();

    await expect(controller.reSync(operator(), wire(session), undefined)).rejects.toMatchObject({
      codes: ['connector_not_inquirable'],
    });
    expect(await audited(session)).toEqual([]);
  });

  it('asks the connector and shows what it said', async () => {
    const channelId = await house.channel('upstream');
    const facts = { transStatus: 'C', resultSource: 'ARes', challengeRequest: 'Y3I' } as const;
    house.upstream.answer = () => step('challenge', facts);
    const { session } = (await house.service.create(house.actor(), house.command({ channelId }))).view;
    house.upstream.afterSilence = step('final', { transStatus: 'Y', resultSource: 'RReq' });

    const shown = await controller.reSync(operator(), wire(session), { reason: 'the shop asked' });

    expect(shown).toMatchObject({ status: 'approved', verdict: { liability_shift: 'yes' } });
    expect(await audited(session)).toMatchObject([{ act: 'session.re_synced', reason: 'the shop asked' }]);
    house.upstream.reset();
  });
});

describe('a session that was turned away at creation', () => {
  it.each(['reSync', 'expire'] as const)('is shown, and %s says why it cannot be acted upon', async (act) => {
    const id = await turnedAway();
    const why = { allowed: false, code: 'session_refused' };

    await expect(controller[act](operator(), id, undefined)).rejects.toMatchObject({
      kind: 'conflict',
      codes: ['session_refused'],
    });
    await expect(controller.resendCallback(operator(), id, undefined, undefined)).rejects.toMatchObject({
      codes: ['session_refused'],
    });

    expect(await controller.show(operator(), id)).toMatchObject({
      acts: { re_sync: why, expire: why, resend_callback: why },
    });
    await expect(controller[act](operator([newUuidV7(new Date())]), id, undefined)).rejects.toMatchObject({
      codes: ['session_not_found'],
    });
  });
});

/** The wire id of one. */
async function turnedAway(): Promise<string> {
  house.connector.refusal = 'card_not_enrolled';
  await expect(house.service.create(house.actor(), house.command())).rejects.toMatchObject({
    codes: ['card_not_enrolled'],
  });
  const [row] = await house.database.query<{ id: string }>(
    'SELECT id FROM session WHERE refusal_code IS NOT NULL ORDER BY id DESC LIMIT 1',
  );
  return encodeId('session', row?.id ?? '');
}
