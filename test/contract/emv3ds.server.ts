/** The native connector in a small server of its own: platform, connector, and an inbox in place of sessions. */
import { NOTICE_INBOX, type NoticeInbox } from '@app/authentication-port';
import { Emv3dsConnectorModule } from '@app/connector-emv3ds';
import { newUuidV4, Secret } from '@app/kernel';
import { createLogger, HealthRegistry, PlatformModule, PublicAddress, type AppConfig } from '@app/platform';
import { Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataSource } from '../../apps/server/src/data-source';
import type { TestDatabase } from '../support/database';

const configOf = (database: TestDatabase): AppConfig => ({
  http: { host: '127.0.0.1', port: 0, rreqPort: null, publicUrl: null, bodyLimitBytes: 262_144 },
  database: { url: new Secret(database.url), directUrl: new Secret(database.url), replicaUrl: null, poolSize: 4 },
  keks: [{ id: newUuidV4(), key: new Secret(Buffer.alloc(32, 1)) }],
  role: 'all',
  demo: false,
  simulatorUrl: null,
  timeScale: 1,
  dataDir: '.',
  logLevel: 'silent',
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
