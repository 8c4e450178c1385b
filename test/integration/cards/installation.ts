import { randomBytes } from 'node:crypto';
import { FixedClock, Secret } from '@app/kernel';
import { CardsModule } from '@app/cards';
import { CLOCK, createLogger, Database, loadConfig, PlatformModule } from '@app/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { createDataSource } from '../../../apps/server/src/data-source';

export const KEK = new Secret(randomBytes(32).toString('base64'));

/** One replica: the cards of a server over a database that other replicas may share. */
export interface Replica {
  app: INestApplicationContext;
  database: Database;
  clock: FixedClock;
  close(): Promise<void>;
}

/** `clock` is shared between replicas where a test says so. */
export async function startReplica(url: string, clock: FixedClock, kek = KEK.expose()): Promise<Replica> {
  const config = loadConfig({ DATABASE_URL: url, COUNTERSIGN_KEK: kek });
  const dataSource = await createDataSource(url, 4).initialize();
  const module = await Test.createTestingModule({
    imports: [PlatformModule.forRoot({ config, log: createLogger('silent'), dataSource }), CardsModule],
  })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .compile();
  const app = await module.init();
  const database = app.get(Database);
  return {
    app,
    database,
    clock,
    close: async () => {
      await app.close();
      await database.onApplicationShutdown();
    },
  };
}

/** A merchant row to hang keys and cards on. */
export async function insertMerchant(database: Database, id: string): Promise<void> {
  await database.query(
    `INSERT INTO merchant (id, name, status, created_at, updated_at) VALUES ($1, 'Shop', 'active', now(), now())`,
    [id],
  );
}

/** Everything that the database holds, as text; bytes come out as hex. */
export async function dumpOf({ database }: Pick<Replica, 'database'>): Promise<string> {
  const tables = await database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
  );
  const dumps = await Promise.all(
    tables.map(({ name }) => database.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)),
  );
  return dumps
    .flat()
    .map(({ row }) => row)
    .join('\n');
}
