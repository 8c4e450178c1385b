/** Starts and stops the simulator as one server: used by main and by tests. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SystemClock, type Clock } from '@app/kernel';
import { SimulatorAddress } from './address';
import type { SimulatorConfig } from './config';
import { ErrorFilter } from './http/error.filter';
import { SimulatorModule } from './simulator.module';

/** A running simulator. `url` is its public address; `close` answers what is under way for a second, then cuts. */
export interface RunningSimulator {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

const BODY_LIMIT = 256 * 1024;
const DRAIN_MS = 1000;

/** Listens as `config` says and resolves once requests are answered. */
export async function startSimulator(
  config: SimulatorConfig,
  clock: Clock = new SystemClock(),
): Promise<RunningSimulator> {
  const app = await NestFactory.create<NestFastifyApplication>(
    SimulatorModule.with(config, clock),
    new FastifyAdapter({ bodyLimit: BODY_LIMIT }),
    { bodyParser: false, logger: ['error', 'warn'] },
  );
  // Every face reads its own bodies: a directory server must see the bytes, duplicates and all.
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.useGlobalFilters(new ErrorFilter());

  await app.listen(config.port, config.host);
  const bound = app.getHttpServer().address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : config.port;
  const url = config.publicUrl ?? `http://localhost:${port}`;
  app.get(SimulatorAddress).set(url);

  const close = async (): Promise<void> => {
    const cut = setTimeout(() => app.getHttpServer().closeAllConnections(), DRAIN_MS);
    await app.close();
    clearTimeout(cut);
  };
  return { port, url, close };
}
