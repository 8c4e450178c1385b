/** The checkout connector in a small server of its own: platform, accounts, tokens, and an inbox in place of sessions. */
import { NOTICE_INBOX, type NoticeInbox } from '@app/authentication-port';
import { CheckoutConnectorModule } from '@app/connector-checkout';
import { createLogger, loadConfig, PlatformModule, PublicAddress, type AppConfig } from '@app/platform';
import { Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ScheduleModule } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';
import { createDataSource } from '../../apps/server/src/data-source';
import type { TestDatabase } from '../support/database';

const configOf = (database: TestDatabase): AppConfig =>
  loadConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '4',
    COUNTERSIGN_KEK: Buffer.alloc(32, 1).toString('base64'),
    COUNTERSIGN_DEMO: '1',
    COUNTERSIGN_LOG_LEVEL: 'silent',
  });

/** Starts it on a free port. Demo mode: upstreams of tests are on loopback. */
export async function startCheckoutServer(database: TestDatabase, inbox: NoticeInbox): Promise<NestFastifyApplication> {
  @Global()
  @Module({ providers: [{ provide: NOTICE_INBOX, useValue: inbox }], exports: [NOTICE_INBOX] })
  class InboxModule {}

  const config = configOf(database);
  const dataSource = await createDataSource(database.url, config.database.poolSize).initialize();
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot({ config, log: createLogger('silent'), dataSource }),
      ScheduleModule.forRoot(),
      InboxModule,
      CheckoutConnectorModule,
    ],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  app.get(PublicAddress).listeningOn(await app.getUrl());
  return app;
}
