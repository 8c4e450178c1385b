import { randomBytes } from 'node:crypto';
import { FixedClock, Secret } from '@app/kernel';
import { CREDENTIALS_CLOCK, CredentialsModule } from '@app/credentials';
import { createLogger, Database, loadConfig, PlatformModule, PublicAddress } from '@app/platform';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { createDataSource } from '../../../apps/server/src/data-source';
import { createTestDatabase, type TestDatabase } from '../../support/database';

export const KEK = new Secret(randomBytes(32).toString('base64'));

/** One replica: the credentials of a server over a database that other replicas may share. */
export interface Replica {
  app: NestFastifyApplication;
  database: Database;
  clock: FixedClock;
  logged: string[];
  close(): Promise<void>;
}

/** `clock` is shared between replicas where a test says so; `environment` adds to the configuration, `modules` to what is there. */
export async function startReplica(
  url: string,
  clock = new FixedClock(new Date()),
  environment: Record<string, string> = {},
  modules: Type[] = [],
): Promise<Replica> {
  const logged: string[] = [];
  const config = loadConfig({
    DATABASE_URL: url,
    COUNTERSIGN_KEK: KEK.expose(),
    COUNTERSIGN_LOG_LEVEL: 'trace',
    ...environment,
  });
  const log = createLogger('trace', { write: (line) => logged.push(line) });
  const dataSource = await createDataSource(url, 4).initialize();
  const module = await Test.createTestingModule({
    imports: [PlatformModule.forRoot({ config, log, dataSource }), CredentialsModule, ...modules],
  })
    .overrideProvider(CREDENTIALS_CLOCK)
    .useValue(clock)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  app.get(PublicAddress).listeningOn('http://127.0.0.1:4000');
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const database = app.get(Database);
  return {
    app,
    database,
    clock,
    logged,
    close: async () => {
      await app.close();
      await database.onApplicationShutdown();
    },
  };
}

export { createTestDatabase, type TestDatabase };
