import { FixedClock } from '@app/kernel';
import { createLogger, Database, Leases, MerchantAddresses, Metrics, OutboundHttp } from '@app/platform';
import { createDataSource } from '../../../apps/server/src/data-source';
import { CardRangeRefresh } from '../../../libs/connector-emv3ds/src/card-ranges/card-range.refresh';
import { CardRanges } from '../../../libs/connector-emv3ds/src/card-ranges/card-ranges';
import { DirectoryServers } from '../../../libs/connector-emv3ds/src/card-ranges/directory-servers';
import { DirectoryServerClient } from '../../../libs/connector-emv3ds/src/directory-server.client';
import { DirectoryServerRepository } from '../../../libs/connector-emv3ds/src/persistence/directory-server.repository';
import { answering, cut, FakeDirectoryServer, page, type Received } from '../../contract/fake-directory-server';
import { createTestDatabase, type TestDatabase } from '../../support/database';

const HOUR = 3_600_000;
const LOW = '4000000000000000';
const HIGH = '4000009999999999';
const METHOD_URL = 'https://acs.example/method';

const record = (startRange: string, endRange: string, over: object = {}): object => ({
  startRange,
  endRange,
  acsStartProtocolVersion: '2.1.0',
  acsEndProtocolVersion: '2.2.0',
  ...over,
});
const FIRST = record(LOW, HIGH, { threeDSMethodURL: METHOD_URL, acsInfoInd: ['01', '02'] });
const SECOND = record('4111110000000000', '4111119999999999');

const pres =
  (body: object) =>
  (preq: Received): object => ({
    messageType: 'PRes',
    messageVersion: '2.2.0',
    threeDSServerTransID: preq['threeDSServerTransID'],
    dsTransID: 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b',
    dsStartProtocolVersion: '2.1.0',
    dsEndProtocolVersion: '2.2.0',
    ...body,
  });

const erro = (errorCode: string): object => ({
  messageType: 'Erro',
  messageVersion: '2.2.0',
  errorCode,
  errorComponent: 'D',
  errorDescription: 'No',
  errorDetail: 'serialNum',
});

/** One replica: its own memory over the shared database. */
class Replica {
  readonly http = new OutboundHttp(new MerchantAddresses({ demo: false }));
  readonly repository: DirectoryServerRepository;
  readonly ranges: CardRanges;
  readonly refresh: CardRangeRefresh;
  readonly servers: DirectoryServers;

  constructor(database: Database, clock: FixedClock) {
    const log = createLogger('silent');
    const config = { demo: false, simulatorUrl: null };
    this.repository = new DirectoryServerRepository(database);
    this.ranges = new CardRanges(this.repository);
    this.servers = new DirectoryServers(this.repository, config);
    const client = new DirectoryServerClient(this.http, new Metrics(), log);
    this.refresh = new CardRangeRefresh(this.repository, client, new Leases(database), clock, config, log);
  }

  find(digits: string) {
    return this.ranges.find('test', 'visa')?.find(digits) ?? null;
  }

  async round(): Promise<number> {
    const asked = await this.refresh.refreshDue({ atStart: false });
    await this.ranges.reload();
    return asked;
  }
}

describe('card ranges', () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let clock: FixedClock;
  let replica: Replica;
  const directoryServer = new FakeDirectoryServer();

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Database(await createDataSource(testDatabase.url).initialize());
  }, 120_000);

  beforeEach(async () => {
    clock = new FixedClock(new Date('2026-11-23T10:00:00Z'));
    replica = new Replica(database, clock);
    await directoryServer.start();
    await replica.servers.configure('test', 'visa', directoryServer.url);
  });

  afterEach(async () => {
    await directoryServer.stop();
    directoryServer.received.length = 0;
    await replica.http.onApplicationShutdown();
    await database.query('DELETE FROM directory_server');
    await database.query('DELETE FROM lease');
  });

  afterAll(async () => {
    await database.onApplicationShutdown();
    await testDatabase.drop();
  });

  const load = async (...records: object[]): Promise<void> => {
    directoryServer.behave(answering(pres({ serialNum: 'S1', cardRangeData: records })));
    await replica.round();
  };

  /** An hour later the directory server answers this; gives the PReq that it got. */
  const later = async (behaviour: Parameters<FakeDirectoryServer['behave']>[0]): Promise<Received | undefined> => {
    clock.advance(HOUR);
    directoryServer.behave(behaviour);
    await replica.round();
    return directoryServer.receivedOf('PReq').at(-1);
  };

  it('are asked for in full first, and found at both bounds', async () => {
    expect(replica.ranges.isReady).toBe(false);

    await load(FIRST);

    expect(directoryServer.received).toHaveLength(1);
    expect(directoryServer.received[0]).toMatchObject({ messageType: 'PReq', messageVersion: '2.2.0' });
    expect(directoryServer.received[0]).not.toHaveProperty('serialNum');
    expect(replica.find(LOW)).toMatchObject({ methodUrl: METHOD_URL, acsInfoInd: ['01', '02'] });
    expect(replica.find(HIGH)).not.toBeNull();
    expect(replica.find('4000010000000000')).toBeNull();
    expect(replica.ranges.isReady).toBe(true);
  });

  it('are not asked for again before an hour has passed', async () => {
    await load(FIRST);
    clock.advance(HOUR - 1);

    expect(await replica.round()).toBe(0);
  });

  it('stay, with the new serial number, when nothing changed', async () => {
    await load(FIRST);

    const preq = await later(answering(pres({ serialNum: 'S2' })));

    expect(preq).toMatchObject({ serialNum: 'S1' });
    expect(replica.find(LOW)).not.toBeNull();
    expect((await later(answering(pres({ serialNum: 'S3' }))))?.['serialNum']).toBe('S2');
  });

  it('take additions, changes and removals in one swap', async () => {
    await load(FIRST, SECOND);

    await later(
      answering(
        pres({
          serialNum: 'S2',
          cardRangeData: [
            record(LOW, HIGH, { actionInd: 'M', acsEndProtocolVersion: '2.3.1' }),
            { ...SECOND, actionInd: 'D' },
            record('4222220000000000', '4222229999999999', { actionInd: 'A' }),
          ],
        }),
      ),
    );

    expect(replica.find(LOW)).toMatchObject({ acsEnd: '2.3.1' });
    expect(replica.find(LOW)).not.toHaveProperty('methodUrl');
    expect(replica.find('4111110000000000')).toBeNull();
    expect(replica.find('4222220000000000')).not.toBeNull();
  });

  it('are replaced whole by an answer without a serial number', async () => {
    await load(FIRST);

    await later(answering(pres({ cardRangeData: [SECOND] })));
    const next = await later(answering(pres({ cardRangeData: [SECOND] })));

    expect(replica.find(LOW)).toBeNull();
    expect(next).not.toHaveProperty('serialNum');
  });

  it('are asked for in full when the directory server does not know the serial number', async () => {
    await load(FIRST);

    const preq = await later((message) =>
      message['serialNum'] === undefined
        ? answering(pres({ serialNum: 'T1', cardRangeData: [SECOND] }))(message)
        : answering(erro('307'))(message),
    );

    expect(preq).not.toHaveProperty('serialNum');
    expect(replica.find(LOW)).toBeNull();
    expect(replica.find('4111110000000000')).not.toBeNull();
  });

  it('are asked for in full at a new address', async () => {
    await load(FIRST);

    await replica.servers.configure('test', 'visa', `${directoryServer.url}/moved`);
    await replica.round();

    expect(directoryServer.receivedOf('PReq')).toHaveLength(2);
    expect(directoryServer.receivedOf('PReq')[1]).not.toHaveProperty('serialNum');
  });

  it.each<[string, Parameters<FakeDirectoryServer['behave']>[0], string, boolean]>([
    [
      'bounds the wrong way round',
      answering(pres({ serialNum: 'S2', cardRangeData: [record(HIGH, LOW)] })),
      '203',
      true,
    ],
    [
      'a removal of what is not there',
      answering(pres({ serialNum: 'S2', cardRangeData: [{ ...SECOND, actionInd: 'D' }] })),
      '203',
      true,
    ],
    [
      'an answer to another request',
      answering((preq) => pres({ threeDSServerTransID: '11111111-2222-4333-8444-555555555555' })(preq)),
      '301',
      true,
    ],
    ['a message of another kind', answering({ messageType: 'RRes' }), '101', true],
    ['a page instead of a message', page('<html>maintenance</html>', 503), '101', false],
    ['an Erro', answering(erro('403')), '403', false],
    ['a cut connection', cut, '405', false],
  ])('keep serving after %s', async (_, behaviour, code, isTold) => {
    await load(FIRST);

    await later(behaviour);

    expect(replica.find(LOW)).not.toBeNull();
    expect((await replica.repository.list())[0]?.lastError).toMatch(new RegExp(`^${code} `));
    expect(directoryServer.receivedOf('Erro').map((each) => each['errorCode'])).toEqual(isTold ? [code] : []);
  });

  it('are asked for in full after changes that did not fit', async () => {
    await load(FIRST);
    await later(answering(pres({ serialNum: 'S2', cardRangeData: [{ ...SECOND, actionInd: 'D' }] })));

    const preq = await later(answering(pres({ serialNum: 'S3', cardRangeData: [SECOND] })));

    expect(preq).not.toHaveProperty('serialNum');
    expect(replica.find(LOW)).toBeNull();
  });

  it('are left alone for an hour after "too many requests"', async () => {
    await load(FIRST);
    await later(answering(erro('103')));

    clock.advance(HOUR - 1);

    expect(await replica.round()).toBe(0);
    expect(await replica.refresh.refreshDue({ atStart: true })).toBe(0);
    expect(replica.find(LOW)).not.toBeNull();
  });

  it('are asked for a minute after a directory server was not there, and count as asked for', async () => {
    await directoryServer.stop();
    await replica.round();

    expect(replica.ranges.isReady).toBe(true);
    expect(replica.ranges.find('test', 'visa')?.loaded).toBe(false);

    await directoryServer.start();
    clock.advance(60_000);
    await load(FIRST);
    expect(replica.find(LOW)).not.toBeNull();
  });

  it('reach a replica that did not ask itself', async () => {
    const other = new Replica(database, clock);
    await other.ranges.reload();

    await load(FIRST);
    expect(other.find(LOW)).toBeNull();
    await other.ranges.reload();

    expect(other.find(LOW)).toMatchObject({ methodUrl: METHOD_URL });
    await other.http.onApplicationShutdown();
  });

  it('are asked for once by many replicas at the same time', async () => {
    const others = Array.from({ length: 5 }, () => new Replica(database, clock));
    directoryServer.behave(answering(pres({ serialNum: 'S1', cardRangeData: [FIRST] })));

    await Promise.all(others.map((other) => other.round()));

    expect(directoryServer.receivedOf('PReq')).toHaveLength(1);
    await Promise.all(others.map((other) => other.http.onApplicationShutdown()));
  });

  it('of a large scheme load and are found', async () => {
    const records = Array.from({ length: 20_000 }, (_, index) => {
      const head = `40${String(index).padStart(6, '0')}`;
      return record(`${head}00000000`, `${head}99999999`, { threeDSMethodURL: METHOD_URL });
    });

    await load(...records);

    expect(replica.find('4001999912345678')).toMatchObject({ start: '4001999900000000' });
    expect(replica.find('4002000000000000')).toBeNull();
  }, 30_000);
});
