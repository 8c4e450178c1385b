import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createLogger, Database, Leases, MerchantAddresses, OutboundHttp } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { CardRanges } from '../../../libs/connector-emv3ds/src/card-ranges/card-ranges';
import { CallTally } from '../../../libs/connector-emv3ds/src/health/call-tally';
import { DirectoryServerHealthJob } from '../../../libs/connector-emv3ds/src/health/directory-server-health.job';
import { DirectoryServerHealthRepository } from '../../../libs/connector-emv3ds/src/persistence/directory-server-health.repository';
import { DirectoryServerRepository } from '../../../libs/connector-emv3ds/src/persistence/directory-server.repository';
import { createTestDatabase, type TestDatabase } from '../../support/database';

const TLS = join(__dirname, '../../fixtures/tls');
const [key, cert] = ['server.key', 'server.crt'].map((file) => readFileSync(join(TLS, file), 'utf8'));

let testDatabase: TestDatabase;
let database: Database;
let health: DirectoryServerHealthRepository;
let servers: DirectoryServerRepository;
const http = new OutboundHttp(new MerchantAddresses({ demo: false }));

/** One replica's job, with what it counted. */
async function aReplica(over: Database = database): Promise<{ tally: CallTally; job: DirectoryServerHealthJob }> {
  const tally = new CallTally();
  const ranges = new CardRanges(servers);
  await ranges.reload();
  const job = new DirectoryServerHealthJob(
    tally,
    ranges,
    new DirectoryServerHealthRepository(over),
    http,
    new Leases(database),
    { role: 'all' },
    createLogger('silent'),
  );
  return { tally, job };
}

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database(await createDataSource(testDatabase.url).initialize());
  health = new DirectoryServerHealthRepository(database);
  servers = new DirectoryServerRepository(database);
}, 120_000);

beforeEach(async () => {
  await database.query('DELETE FROM directory_server');
  await servers.upsert('test', 'visa', 'https://ds.visa.example/');
});

afterAll(async () => {
  await http.onApplicationShutdown();
  await database?.onApplicationShutdown();
  await testDatabase?.drop();
});

describe('what replicas counted of a directory server', () => {
  it('adds up, and is told for the last hour and the last day', async () => {
    const [one, other] = [await aReplica(), await aReplica()];
    one.tally.note('test', 'visa', true, 100);
    await one.job.write();
    await database.query(`UPDATE directory_server_call SET at = at - interval '2 hours'`);
    for (const { tally, job } of [one, other]) {
      tally.note('test', 'visa', true, 100);
      tally.note('test', 'visa', false, 12_000);
      // Nobody knows this one any more: what was counted of it is left out, and nothing else is.
      tally.note('live', 'jcb', true, 100);
      await job.write();
      await job.write();
    }

    const counts = await health.counts();

    expect(counts.toSorted((a, b) => a.bin - b.bin)).toMatchObject([
      { environment: 'test', id: 'visa', isGood: true, bin: 27, lastHour: 2, lastDay: 3 },
      { isGood: false, lastHour: 2, lastDay: 2 },
    ]);
  });

  it('is written down at the end of a process', async () => {
    const { tally, job } = await aReplica();
    tally.note('test', 'visa', true, 100);

    await job.beforeApplicationShutdown();

    expect(await health.counts()).toHaveLength(1);
  });

  it('is kept until the database takes it', async () => {
    const gone = new Database(await createDataSource(testDatabase.url, 1).initialize());
    await gone.onApplicationShutdown();
    const { tally, job } = await aReplica(gone);
    tally.note('test', 'visa', true, 100);

    await job.write();

    expect(await health.counts()).toEqual([]);
    expect(tally.take()).toMatchObject([{ calls: 1 }]);
  });

  it('is deleted when no figure is made of it any more', async () => {
    const { tally, job } = await aReplica();
    tally.note('test', 'visa', true, 100);
    await job.write();
    await database.query(`UPDATE directory_server_call SET at = at - interval '26 hours'`);
    tally.note('test', 'visa', true, 100);
    await job.write();

    await job.clean();

    expect(await database.query('SELECT calls FROM directory_server_call')).toEqual([{ calls: 1 }]);
  });
});

describe('the certificate of a directory server', () => {
  let server: Server;
  let url: string;
  const trusted = getCACertificates('default');

  beforeAll(async () => {
    setDefaultCACertificates([...trusted, cert ?? '']);
    server = createServer({ key, cert }, (_request, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/ds`;
  });

  afterAll(async () => {
    setDefaultCACertificates(trusted);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is told as it was seen at the last connection, its name masked', async () => {
    await servers.upsert('test', 'visa', url);
    const { job } = await aReplica();
    await job.write();
    expect(await health.certificates()).toEqual([]);

    await http.request({ method: 'POST', url, chosenBy: 'operator', timeoutMs: 20_000 });
    await job.write();

    const [certificate, ...others] = await health.certificates();
    expect(others).toEqual([]);
    expect(certificate).toMatchObject({
      environment: 'test',
      id: 'visa',
      subject: 'd•••.visa.example',
      issuer: 'ds.visa.example',
      seenAt: http.certificateOf(url)?.seenAt,
    });
    expect(certificate?.notAfter.getUTCFullYear()).toBeGreaterThan(2100);
    expect(certificate?.notBefore.getTime()).toBeLessThan(Date.now());
  });

  it('of an address that was connected to before is not one of another', () => {
    expect(http.certificateOf(url.replace('127.0.0.1', 'localhost'))).toBeNull();
    expect(http.certificateOf(url.replace('https', 'http'))).toBeNull();
    expect(http.certificateOf('nonsense')).toBeNull();
  });

  it('stays the newer one when another replica writes late', async () => {
    const at = new Date();
    const seen = { subject: 's', issuer: 'i', notBefore: at, notAfter: at };
    await health.saveCertificate({ environment: 'test', id: 'visa', ...seen, seenAt: at });
    await health.saveCertificate({
      environment: 'test',
      id: 'visa',
      ...seen,
      subject: 'old',
      seenAt: new Date(at.getTime() - 1),
    });

    expect(await health.certificates()).toMatchObject([{ subject: 's' }]);
  });
});
