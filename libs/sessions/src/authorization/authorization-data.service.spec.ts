import type { AccessTokenActor } from '@app/credentials';
import { encodeId, NotAllowed, NotFound, Secret, type Clock } from '@app/kernel';
import type { AccessEntry, AccessLog } from '@app/platform';
import type { AuthenticationValues } from '../authentication-values';
import type { Caller } from '../caller';
import type { Session } from '../domain/session';
import type { SessionRepository } from '../persistence/session.repository';
import { aChallengedSession, aFinalSession, aProcessingSession, aresFacts, aSession, AT } from '../testing/sessions';
import { AuthorizationDataService } from './authorization-data.service';

const VALUE = 'AjIzNDU2Nzg5MDEyMzQ1Njc4OTA=';
const HOUR_MS = 3_600_000;
const after = (hours: number): Date => new Date(AT.getTime() + hours * HOUR_MS);

const withValue = { authenticationValueSealed: Buffer.from('sealed'), authenticationValueExpiresAt: after(24) };
const approved = (): Session =>
  aFinalSession('approved', aresFacts('Y', { eci: '05' }), { attempt: withValue, scopeChannel: 'browser' });

/** An access log that keeps what it was told, or cannot. */
class Log implements Pick<AccessLog, 'record'> {
  readonly entries: AccessEntry[] = [];
  broken = false;

  record(entry: AccessEntry): Promise<void> {
    if (this.broken) return Promise.reject(new Error('the log is full'));
    this.entries.push(entry);
    return Promise.resolve();
  }
}

const log = new Log();
let stored: Session | null;
let now: Date;
let value: Secret | null;

const repository = {
  findOfMerchant: (id: string, merchantId: string, environment: string) =>
    Promise.resolve(
      stored?.id === id && stored.merchantId === merchantId && stored.environment === environment ? stored : null,
    ),
} as unknown as SessionRepository;
const values = { open: () => Promise.resolve(value) } as unknown as AuthenticationValues;
const clock: Clock = { now: () => now };
const service = new AuthorizationDataService(repository, values, log, clock);

function tokenOf(session: Session, more: Partial<AccessTokenActor> = {}): Caller {
  const actor: AccessTokenActor = {
    merchantId: session.merchantId,
    environment: session.environment,
    accessKeyId: session.accessKeyId,
    scopes: new Set(['sessions:browser']),
    defaultChannelId: null,
    ...more,
  };
  return { kind: 'token', actor };
}

const read = (session: Session, caller = tokenOf(session)): Promise<object> => {
  stored = session;
  return service.read(caller, session.id);
};

async function codesOf(refused: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await refused.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(NotAllowed);
  return (error as NotAllowed).codes;
}

beforeEach(() => {
  log.entries.length = 0;
  log.broken = false;
  now = after(1);
  value = new Secret(VALUE);
});

it('gives the value and notes who got it, without the value', async () => {
  const session = approved();

  expect(await read(session)).toMatchObject({ emv: { authenticationValue: VALUE }, liability_shift: 'yes' });
  expect(log.entries).toEqual([
    {
      at: now,
      merchantId: session.merchantId,
      actor: `access_key:${encodeId('accessKey', session.accessKeyId)}`,
      act: 'authorization_data.read',
      subject: encodeId('session', session.id),
      data: { withAuthenticationValue: true },
    },
  ]);
});

it('notes every read', async () => {
  await read(approved());
  await read(approved());

  expect(log.entries).toHaveLength(2);
});

it('gives nothing that could not be noted', async () => {
  log.broken = true;

  await expect(read(approved())).rejects.toThrow('the log is full');
});

it('gives a result that never had a value', async () => {
  value = null;

  const data = await read(aFinalSession('attempted', aresFacts('I', { eci: '07' })));

  expect(data).toMatchObject({ emv: { transStatus: 'I' }, liability_shift: 'no' });
  expect(log.entries[0]?.data).toEqual({ withAuthenticationValue: false });
});

describe('refused, and not noted:', () => {
  afterEach(() => expect(log.entries).toEqual([]));

  it.each([
    ['pending', aSession()],
    ['processing', aProcessingSession()],
    ['challenged', aChallengedSession()],
  ])('a session that is %s', async (_status, session) => {
    expect(await codesOf(read(session))).toEqual(['authentication_not_final']);
  });

  it.each(['declined', 'rejected', 'unavailable', 'challenge_abandoned', 'expired'] as const)(
    'a session that is %s, also where the issuer gave a value',
    async (status) => {
      const session = aFinalSession(status, aresFacts('N', { eci: '07' }), { attempt: withValue });

      expect(await codesOf(read(session))).toEqual(['authentication_not_authorizable']);
    },
  );

  it('a result after 24 hours, to the millisecond', async () => {
    now = after(24);

    expect(await codesOf(read(approved()))).toEqual(['authentication_data_expired']);
  });

  it('a result whose value was wiped before', async () => {
    value = null;

    expect(await codesOf(read(approved()))).toEqual(['authentication_data_expired']);
  });

  it('a session secret, whatever session it is of', async () => {
    stored = null;
    const refused = service.read({ kind: 'secret', secret: 'sek_' }, approved().id);

    expect(await codesOf(refused)).toEqual(['operation_not_allowed_for_session_secret']);
  });

  it('a token for another channel', async () => {
    const session = approved();

    expect(await codesOf(read(session, tokenOf(session, { scopes: new Set(['sessions:app']) })))).toEqual([
      'operation_not_allowed_for_scope',
    ]);
  });

  it.each<[string, Partial<AccessTokenActor>]>([
    ['merchant', { merchantId: '01987f7d-0000-7000-8000-00000000000f' }],
    ['environment', { environment: 'live' }],
  ])('another %s: there is no such session', async (_what, more) => {
    const session = approved();

    await expect(read(session, tokenOf(session, more))).rejects.toBeInstanceOf(NotFound);
  });
});

it('reads until the last millisecond', async () => {
  now = new Date(after(24).getTime() - 1);

  await expect(read(approved())).resolves.toHaveProperty('readable_until', after(24).toISOString());
});
