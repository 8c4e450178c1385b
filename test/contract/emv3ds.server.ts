/** The native connector in a small server of its own: platform, connector, and an inbox in place of sessions. */
import { NOTICE_INBOX, type NoticeInbox } from '@app/authentication-port';
import { Emv3dsConnectorModule } from '@app/connector-emv3ds';
import { createLogger, HealthRegistry, loadConfig, PlatformModule, PublicAddress, type AppConfig } from '@app/platform';
import { Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataSource } from '../../apps/server/src/data-source';
import type { TestDatabase } from '../support/database';

const configOf = (database: TestDatabase): AppConfig => ({
  ...loadConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '4',
    COUNTERSIGN_KEK: Buffer.alloc(32, 1).toString('base64'),
    COUNTERSIGN_DEMO: '1',
    COUNTERSIGN_LOG_LEVEL: 'silent',
  }),
  demo: false,
});

/** Starts it on a free port and waits until it is ready; `prepare` runs before the first ranges are asked for. */
export async function startConnectorServer(
  database: TestDatabase,
  inbox: NoticeInbox,
  over: Partial<AppConfig>,
  prepare: (app: NestFastifyApplication) => Promise<void> = async () => {},
): Promise<NestFastifyApplication> {
  @Global()
  @Module({ providers: [{ provide: NOTICE_INBOX, useValue: inbox }], exports: [NOTICE_INBOX] })
  class InboxModule {}

  const config = { ...configOf(database), ...over };
  const dataSource = await createDataSource(database.url, config.database.poolSize).initialize();
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot({ config, log: createLogger('silent'), dataSource }),
      InboxModule,
      Emv3dsConnectorModule.forRoot(),
    ],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await prepare(app);
  await app.listen(0, '127.0.0.1');
  app.get(PublicAddress).listeningOn(await app.getUrl());
  while ((await app.get(HealthRegistry).failing()).length > 0) await sleep(20);
  return app;
}
