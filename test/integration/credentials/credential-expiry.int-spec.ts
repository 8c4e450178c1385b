import { encodeId, Secret } from '@app/kernel';
import { ConnectorAccountsAdmin, CredentialsAdmin, type ConnectorAccountInfo } from '@app/credentials';
import { DOMAIN_EVENTS, Metrics, type DomainEvent, type DomainEvents } from '@app/platform';
import { CredentialExpiryJob } from '../../../libs/credentials/src/jobs/credential-expiry.job';
import { createTestDatabase, startReplica, type Replica, type TestDatabase } from './installation';

const DAY_MS = 86_400_000;

let test: TestDatabase;
let replica: Replica;
let job: CredentialExpiryJob;
let admin: ConnectorAccountsAdmin;
let events: DomainEvent[];

beforeEach(async () => {
  test = await createTestDatabase();
  replica = await startReplica(test.url);
  job = replica.app.get(CredentialExpiryJob);
  admin = replica.app.get(ConnectorAccountsAdmin);
  events = [];
  listen((event) => void events.push(event));
});

afterEach(async () => {
  await replica?.close();
  await test?.drop();
});

function listen(hear: (event: DomainEvent) => void): void {
  jest.spyOn(replica.app.get<DomainEvents>(DOMAIN_EVENTS), 'publish').mockImplementation((event) => {
    hear(event);
    return Promise.resolve();
  });
}

async function anAccount(expiresAt: Date | null): Promise<ConnectorAccountInfo> {
  const merchant = await replica.app.get(CredentialsAdmin).createMerchant({ name: 'Shop' });
  const { account } = await admin.create(
    {
      merchantId: merchant.id,
      connector: 'checkout',
      environment: 'test',
      name: 'Shop',
      apiBaseUrl: 'https://shop.api.example.com',
      tokenUrl: 'https://shop.access.example.com/connect/token',
      scopes: [],
      credential: { clientId: 'ack_1', clientSecret: new Secret('secret'), expiresAt },
    },
    { test: false },
  );
  return account;
}

const inDays = (days: number): Date => new Date(replica.clock.now().getTime() + days * DAY_MS);
const gauge = async (): Promise<string[]> =>
  (await replica.app.get(Metrics).render()).text
    .split('\n')
    .filter((text) => text.startsWith('countersign_credential_expires_days{'));

describe('the expiry of credentials', () => {
  it('is announced once per rung of the ladder, and at its end', async () => {
    const account = await anAccount(inDays(100));
    const said: string[] = [];
    for (let day = 0; day < 110; day++) {
      await job.tick();
      await job.tick();
      said.push(...events.splice(0).map(({ type, data }) => `${day}: ${type} ${String(data['daysLeft'])}`));
      replica.clock.advance(DAY_MS);
    }

    expect(said).toEqual([
      '10: credential.expiring 90',
      '70: credential.expiring 30',
      '93: credential.expiring 7',
      '99: credential.expiring 1',
      '100: credential.expired 0',
    ]);
    expect(account.credentials[0]?.expiresAt).not.toBeNull();
  });

  it('names account, client and date, and no secret', async () => {
    const account = await anAccount(inDays(6));

    await job.tick();

    expect(events).toEqual([
      {
        type: 'credential.expiring',
        at: replica.clock.now(),
        merchantId: account.merchantId,
        subject: encodeId('connectorAccount', account.id),
        data: {
          connector: 'checkout',
          environment: 'test',
          clientId: 'ack_1',
          daysLeft: 6,
          expiresAt: inDays(6).toISOString(),
        },
      },
    ]);
  });

  it('is said again when nobody took it', async () => {
    await anAccount(inDays(6));
    jest.spyOn(replica.app.get<DomainEvents>(DOMAIN_EVENTS), 'publish').mockRejectedValueOnce(new Error('away'));
    await job.tick();

    listen((event) => void events.push(event));
    await job.tick();

    expect(events).toHaveLength(1);
  });

  it('begins anew with another date, and ends with a rotation', async () => {
    const account = await anAccount(inDays(6));
    await job.tick();
    await admin.setExpiry(account.id, inDays(20));
    await job.tick();
    expect(events.map(({ data }) => data['daysLeft'])).toEqual([6, 20]);

    await admin.rotate(account.id, { clientId: 'ack_2', clientSecret: new Secret('next') }, { test: false });
    replica.clock.advance(30 * DAY_MS);
    await job.tick();

    expect(events).toHaveLength(2);
    expect(await gauge()).toEqual([]);
  });

  it('is of no interest without a date, or for a disabled account', async () => {
    await anAccount(null);
    const account = await anAccount(inDays(1));
    await admin.setStatus(account.id, 'disabled');

    await job.tick();

    expect(events).toEqual([]);
  });

  it('is a gauge, for those that end within 90 days', async () => {
    const account = await anAccount(inDays(29.5));
    await anAccount(inDays(91));

    await job.tick();

    const labels = `merchant="${encodeId('merchant', account.merchantId)}",account="${encodeId('connectorAccount', account.id)}"`;
    expect(await gauge()).toEqual([`countersign_credential_expires_days{${labels}} 30`]);
  });

  it('is a log line as long as nobody else listens', async () => {
    jest.restoreAllMocks();
    const account = await anAccount(inDays(-1));

    await job.tick();

    const line = replica.logged.map((text) => JSON.parse(text) as Record<string, unknown>).find((one) => one['event']);
    expect(line).toMatchObject({
      event: 'credential.expired',
      merchantId: account.merchantId,
      subject: encodeId('connectorAccount', account.id),
      clientId: 'ack_1',
    });
  });
});

describe('credentials and webhook keys that were replaced', () => {
  it('are destroyed 30 days after their end', async () => {
    const account = await anAccount(null);
    await admin.rotate(
      account.id,
      { clientId: 'ack_2', clientSecret: new Secret('next') },
      { test: false, overlapHours: 0 },
    );
    replica.clock.advance(30 * DAY_MS);
    await job.tick();
    expect((await admin.get(account.id)).credentials).toHaveLength(2);

    replica.clock.advance(1);
    await job.tick();

    expect((await admin.get(account.id)).credentials.map(({ clientId }) => clientId)).toEqual(['ack_2']);
  });
});
