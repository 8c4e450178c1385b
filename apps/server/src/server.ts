import {
  Admission,
  createLogger,
  Database,
  ErrorFilter,
  HealthRegistry,
  NestLog,
  PublicAddress,
  RateLimits,
  type AppConfig,
  type ErrorDialect,
  type Logger,
} from '@app/platform';
import { HostedNotices } from '@app/sessions';
import { DiscoveryService, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppModule } from './app.module';
import { createDataSource } from './data-source';
import { DatabaseProbe } from './database-probe';
import { DemoHistory } from './demo/demo-history';
import { DemoSeeder } from './demo/demo-seeder';
import { createFrontDoor } from './front-door';
import { guardFrontDoor, serveWatchersOnly } from './front-door-limits';
import { closeWithoutIdling, limitServer } from './front-door-server';
import { migrate } from './migrate';
import { RReqListener } from './rreq-listener';
import { tellMissingKeks } from './sealed-columns';
import { Ticks } from './system/ticks';

/** Well below the 8 s in which a call is answered. */
const QUERY_TIMEOUT_MS = 5_000;

/** A server that listens. `url` is how this machine reaches it. */
export interface RunningServer {
  readonly app: NestFastifyApplication;
  readonly port: number;
  readonly url: string;
  /** Stops taking requests, finishes those in flight, then closes everything. */
  close(): Promise<void>;
}

/**
 * Starts the server: migrations (role `all` only; replicas leave that to the operator), modules, front door, and in demo
 * mode the demo merchants; a worker serves health and metrics only. `beforeListening` runs when all is made and nobody can
 * call yet. The caller stops it.
 */
export async function startServer(
  config: AppConfig,
  log: Logger = createLogger(config.logLevel),
  beforeListening: () => Promise<void> = () => Promise.resolve(),
): Promise<RunningServer> {
  if (config.role === 'all') await migrate(config.database.directUrl.expose());
  const dataSource = await createDataSource(
    config.database.url.expose(),
    config.database.poolSize,
    QUERY_TIMEOUT_MS,
  ).initialize();
  await tellMissingKeks(new Database(dataSource), config, log);
  const ticks = new Ticks();
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot({ config, log: ticks.noticing(log), dataSource, ticks }),
    createFrontDoor(config.http),
    { bodyParser: false, logger: new NestLog(log), abortOnError: false },
  );
  const notices = app.get(HostedNotices, { strict: false });
  const hostedError: ErrorDialect = (error, request) => notices.answerTo(error, request);
  app.useGlobalFilters(new ErrorFilter(log, [oauthError, hostedError]));
  const health = app.get(HealthRegistry);
  const probe = new DatabaseProbe(config.database.url.expose());
  health.register('database', () => probe.check());
  const isWorker = config.role === 'worker';
  // What the demo hands out are addresses of the API.
  let seeded = !config.demo || isWorker;
  health.register('demo', () => {
    if (!seeded) throw new Error('The demo merchants are not there yet');
  });
  limitServer(app.getHttpServer(), config.http);
  guardFrontDoor(app.getHttpAdapter().getInstance(), app.get(RateLimits), app.get(Admission));
  if (isWorker) serveWatchersOnly(app.getHttpAdapter().getInstance());
  const { rreqPort } = config.http;
  const results =
    rreqPort === null || isWorker ? null : new RReqListener(app.getHttpAdapter().getInstance(), rreqPort, config.http);
  ticks.watch(app.get(DiscoveryService, { strict: false }));
  await app.init();
  await beforeListening();
  await app.listen(config.http.port, config.http.host);
  const resultsPort = await results?.listen(config.http.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://localhost:${port}`;
  const address = app.get(PublicAddress);
  address.listeningOn(url);
  if (resultsPort !== undefined && config.http.publicUrl === null) {
    address.resultsListeningOn(`http://localhost:${resultsPort}`);
  }
  if (!seeded) {
    await app.get(DemoSeeder).ensure(address.url, config.simulatorUrl ?? '');
    seeded = true;
    if (config.demoSeed) fillInTheBackground(app.get(DemoHistory), log);
  }
  log.info({ port, role: config.role, demo: config.demo }, 'listening');
  return {
    app,
    port,
    url,
    close: async () => {
      health.drain();
      await sleep(config.http.drainMs);
      await results?.close();
      await closeWithoutIdling(app.getHttpServer(), () => app.close());
      await probe.close();
    },
  };
}

/** Nobody waits for the demo's past: what goes wrong is told, and the next start goes on. */
function fillInTheBackground(history: DemoHistory, log: Logger): void {
  history.ensure().catch((error: unknown) => log.error({ err: error }, 'the demo has no past'));
}

const TOKEN_ENDPOINTS = new Set(['/connect/token', '/admin/api/auth/token']);

/** RFC 6749 section 5.2, as token endpoints owe it also for bodies that never reach it (sessions-api.md section 3). */
const oauthError: ErrorDialect = (error, { path }) =>
  TOKEN_ENDPOINTS.has(path) &&
  ['malformed', 'too_large', 'unsupported_media_type', 'invalid_request'].includes(error.kind)
    ? { status: 400, body: { error: 'invalid_request' } }
    : null;
