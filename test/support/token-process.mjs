/**
 * One process with a token cache: uses every account every few milliseconds and tells what it got. Its parent gives everything
 * in TOKEN_PROCESS (JSON): databaseUrl, kek, upstreamUrl, accounts, name. The message `stop` ends it, with a report.
 */
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const BUILT = '../../dist/apps/server/';
const lib = (name) => require(`${BUILT}libs/${name}/src/index.js`);
const { Secret } = lib('kernel');
const { createLogger, loadConfig, Metrics, PlatformModule } = lib('platform');
const { TokenCache, TokenCacheModule } = lib('token-cache');
const { createDataSource } = require(`${BUILT}apps/server/src/data-source.js`);
const { NestFactory } = require('@nestjs/core');
const { ScheduleModule } = require('@nestjs/schedule');

const { databaseUrl, kek, upstreamUrl, accounts, name } = JSON.parse(process.env.TOKEN_PROCESS);
const config = loadConfig({ DATABASE_URL: databaseUrl, COUNTERSIGN_KEK: kek });
const dataSource = await createDataSource(databaseUrl, 4, 4_000).initialize();
class TokenProcess {}
const app = await NestFactory.createApplicationContext(
  {
    module: TokenProcess,
    imports: [
      PlatformModule.forRoot({ config, log: createLogger('silent'), dataSource }),
      ScheduleModule.forRoot(),
      TokenCacheModule,
    ],
  },
  { logger: false },
);
const cache = app.get(TokenCache);
cache.bind(async ({ accountId }) => {
  const answer = await fetch(upstreamUrl, { method: 'POST', body: new URLSearchParams({ account: accountId, name }) });
  if (!answer.ok) return { outcome: 'failed', cause: `http_${answer.status}` };
  const { access_token: text, expires_in: expiresInSeconds } = await answer.json();
  return { outcome: 'issued', token: { accessToken: new Secret(text), expiresInSeconds } };
});

const errors = [];
const used = new Set();
let isOver = false;
const using = (async () => {
  while (!isOver) {
    const asking = accounts.map((accountId) =>
      cache.token({ accountId, credentialVersion: 1, scopes: ['sessions:app'] }).then(
        ({ accessToken }) => used.add(accessToken.expose()),
        (error) => errors.push(String(error)),
      ),
    );
    await Promise.all(asking);
    await sleep(10);
  }
})();
process.send({ type: 'started' });
process.on('message', async () => {
  isOver = true;
  await using;
  const { text } = await app.get(Metrics).render();
  const waits = text.match(/^countersign_upstream_token_waits_total\{.*$/gm) ?? [];
  process.send({ type: 'ended', errors, used: [...used], waits });
  await app.close();
  process.disconnect();
});
