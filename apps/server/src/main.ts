import './thread-pool';
import 'reflect-metadata';
import { ConfigError, createLogger, loadServerConfig } from '@app/platform';
import { startServer } from './server';
import { optimizeWebAssemblyUnderLoadOnly, returnStartupMemory } from './startup-memory';

/** Requests in flight, and issuers' answers that are awaited, have this long once a stop was asked for. */
const DRAIN_MS = 18_000;

async function main(): Promise<void> {
  optimizeWebAssemblyUnderLoadOnly();
  const config = loadServerConfig();
  const log = createLogger(config.logLevel);
  const server = await startServer(config, log, returnStartupMemory);
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // A supervisor that died closes the channel: nobody is left to stop us, so we do.
  process.on('disconnect', () => stop('supervisor gone'));
  process.send?.({ type: 'listening', port: server.port, url: server.url });
}

main().catch((error: unknown) => {
  process.stderr.write(
    error instanceof ConfigError ? `${error.message}\n` : `${String((error as Error).stack ?? error)}\n`,
  );
  process.exit(1);
});
