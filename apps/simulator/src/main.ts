/** Entry point: reads the environment, starts, tells its parent process, and leaves when told to. */
import { pino } from 'pino';
import { readConfig } from './config';
import { startSimulator } from './simulator';

const logger = pino({ name: 'simulator' });
const LAST_MOMENT_MS = 2500;

async function main(): Promise<void> {
  const simulator = await startSimulator(readConfig(process.env));
  logger.info({ port: simulator.port, url: simulator.url }, 'listening');

  let leaving = false;
  const leave = (why: string): void => {
    if (leaving) return;
    leaving = true;
    logger.info({ why }, 'stopping');
    setTimeout(() => process.exit(1), LAST_MOMENT_MS).unref();
    simulator.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => leave('SIGTERM'));
  process.once('SIGINT', () => leave('SIGINT'));
  process.once('disconnect', () => leave('disconnect'));
  process.send?.({ type: 'listening', port: simulator.port, url: simulator.url });
}

main().catch((error: unknown) => {
  logger.fatal({ err: error }, 'the simulator did not start');
  process.exitCode = 1;
});
