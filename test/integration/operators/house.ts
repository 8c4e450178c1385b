/** The admin API over a test database, with a clock that stands still until told to move. */
import { randomBytes } from 'node:crypto';
import { FixedClock, newUuidV7, Secret } from '@app/kernel';
import { AuditLog, OPERATORS_CLOCK, OperatorsAdmin } from '@app/operators';
import {
  createLogger,
  Database,
  ErrorFilter,
  loadConfig,
  PlatformModule,
  PublicAddress,
  type MerchantScope,
  type Administrator,
} from '@app/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AdminModule } from '../../../apps/server/src/admin/admin.module';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createFrontDoor } from '../../../apps/server/src/front-door';
import { createTestDatabase, type TestDatabase } from '../../support/database';

export const PASSWORD = 'gravel lantern tiger';
const KEK = randomBytes(32).toString('base64');

export const THE_SYSTEM: Administrator = {
  kind: 'command_line',
  wireId: null,
  name: 'root',
  merchants: 'all',
  origin: { address: null, requestId: null },
};

export interface Answered {
  status: number;
  body: Record<string, unknown>;
  cookie: string | undefined;
  headers: Record<string, unknown>;
}

export interface House {
  readonly app: NestFastifyApplication;
  readonly database: Database;
  readonly clock: FixedClock;
  readonly audit: AuditLog;
  readonly admin: OperatorsAdmin;
  readonly logged: string[];
  /** One call below `/admin/api/`. */
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Answered>;
  close(): Promise<void>;
}

/** One replica. `environment` adds to the configuration, which is that of the demo. */
export async function startHouse(
  url: string,
  environment: Record<string, string> = { COUNTERSIGN_DEMO: '1' },
  clock = new FixedClock(new Date()),
): Promise<House> {
  const logged: string[] = [];
  const log = createLogger('info', { write: (line) => logged.push(line) });
  const config = loadConfig({ DATABASE_URL: url, COUNTERSIGN_KEK: KEK, ...environment });
  const dataSource = await createDataSource(url, 6).initialize();
  const module = await Test.createTestingModule({
    imports: [PlatformModule.forRoot({ config, log, dataSource }), AdminModule],
  })
    .overrideProvider(OPERATORS_CLOCK)
    .useValue(clock)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(createFrontDoor(config.http), {
    bodyParser: false,
    logger: false,
  });
  app.useGlobalFilters(new ErrorFilter(log));
  app.get(PublicAddress).listeningOn('http://127.0.0.1:4000');
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const database = app.get(Database);
  return {
    app,
    database,
    clock,
    logged,
    audit: app.get(AuditLog, { strict: false }),
    admin: app.get(OperatorsAdmin, { strict: false }),
    call: async (method, path, body, headers = {}) => {
      const response = await app.inject({
        method,
        url: `/admin/api/${path}`,
        headers: { host: 'localhost', ...headers },
        ...(body === undefined ? {} : { payload: body }),
      });
      const [cookie] = [response.headers['set-cookie'] ?? []].flat();
      return {
        status: response.statusCode,
        body: response.body === '' ? {} : response.json<Record<string, unknown>>(),
        cookie,
        headers: response.headers,
      };
    },
    close: async () => {
      await app.close();
      await database.onApplicationShutdown();
    },
  };
}

/** Somebody with the password `PASSWORD`; gives the id (UUID). */
export async function somebody(
  { admin }: House,
  email: string,
  role: 'viewer' | 'operator' | 'merchant_admin' | 'admin' = 'admin',
  merchants: MerchantScope = 'all',
): Promise<string> {
  const { id } = await admin.create({ email, name: email, role, merchants }, new Secret(PASSWORD), THE_SYSTEM);
  return id;
}

/** The headers of a fresh session. */
export async function signedIn(house: House, email: string): Promise<Record<string, string>> {
  const { status, cookie } = await house.call('POST', 'auth/sign-in', { email, password: PASSWORD });
  if (status !== 204) throw new Error(`Not signed in: ${status}`);
  const headers = { cookie: cookie?.split(';')[0] ?? '' };
  const { body } = await house.call('GET', 'auth/me', undefined, headers);
  return { ...headers, 'x-csrf-token': String(body['csrf_token']) };
}

/** A merchant, straight in its table; gives the id (UUID). */
export async function aMerchant({ database }: Pick<House, 'database'>): Promise<string> {
  const id = newUuidV7(new Date());
  await database.query(
    `INSERT INTO merchant (id, name, status, created_at, updated_at) VALUES ($1, 'Shop', 'active', now(), now())`,
    [id],
  );
  return id;
}

export { createTestDatabase, type TestDatabase };
