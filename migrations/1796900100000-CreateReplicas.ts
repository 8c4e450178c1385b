import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One row for each process, which it renews: who runs, since when, and how its scheduled work goes. */
export class CreateReplicas1796900100000 implements MigrationInterface {
  name = 'CreateReplicas1796900100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE replica (
        id uuid NOT NULL CONSTRAINT pk_replica PRIMARY KEY,
        role text NOT NULL,
        version text NOT NULL,
        host text NOT NULL,
        pid integer NOT NULL,
        started_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        event_loop_delay_ms double precision NOT NULL,
        memory_bytes bigint NOT NULL,
        ticks jsonb NOT NULL,
        CONSTRAINT ck_replica_role CHECK (role IN ('api', 'worker', 'all'))
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE replica');
  }
}
