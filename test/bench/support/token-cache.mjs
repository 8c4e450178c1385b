/** The token cache of one process, as the server has it, over the bench's own database. */
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const BUILT = '../../../dist/apps/server/';
const lib = (name) => require(`${BUILT}libs/${name}/src/index.js`);
const { Secret } = lib('kernel');
const { createLogger, loadConfig, PlatformModule } = lib('platform');
const { TokenCache, TokenCacheModule } = lib('token-cache');
const { createDataSource } = require(`${BUILT}apps/server/src/data-source.js`);
const { NestFactory } = require('@nestjs/core');
const { ScheduleModule } = require('@nestjs/schedule');

export const anAccount = (number) => `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** A token as long as the ones of an upstream that issues JWTs. */
export const anIssuedToken = (expiresInSeconds) => ({
  outcome: 'issued',
  token: { accessToken: new Secret(randomBytes(900).toString('base64url')), expiresInSeconds },
});

/** Answers after `latencyMs` with a token that lives `lifeOf()` seconds, and counts. */
export function anUpstream(lifeOf, latencyMs = 20) {
  const upstream = {
    asked: 0,
    fetch: async () => {
      upstream.asked++;
      await sleep(latencyMs);
      return anIssuedToken(lifeOf());
    },
  };
  return upstream;
}

/** Migrates and starts; `stop` ends it. */
export async function startTokenCache(url, fetchToken) {
  const migrating = await createDataSource(url, 1).initialize();
  await migrating.runMigrations();
  await migrating.destroy();
  const config = loadConfig({ DATABASE_URL: url, COUNTERSIGN_KEK: randomBytes(32).toString('base64') });
  const dataSource = await createDataSource(url, config.database.poolSize).initialize();
  class BenchModule {}
  const app = await NestFactory.createApplicationContext(
    {
      module: BenchModule,
      imports: [
        PlatformModule.forRoot({ config, log: createLogger('warn'), dataSource }),
        ScheduleModule.forRoot(),
        TokenCacheModule,
      ],
    },
    { logger: false, abortOnError: false },
  );
  const cache = app.get(TokenCache);
  cache.bind(fetchToken);
  return { cache, stop: () => app.close() };
}
