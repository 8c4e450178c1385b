import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What merchants are owed, one row per message, and one row per try at it. No foreign key to the partitioned session. */
export class CreateCallbacks1795392004000 implements MigrationInterface {
  name = 'CreateCallbacks1795392004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE callback_message (
        id uuid NOT NULL CONSTRAINT pk_callback_message PRIMARY KEY,
        merchant_id uuid NOT NULL,
        environment text NOT NULL CONSTRAINT ck_callback_message_environment CHECK (environment IN ('test', 'live')),
        channel_id uuid NOT NULL,
        session_id uuid NOT NULL,
        kind text NOT NULL,
        url text NOT NULL,
        payload jsonb NOT NULL,
        state text NOT NULL DEFAULT 'due',
        tries integer NOT NULL DEFAULT 0,
        step integer NOT NULL DEFAULT 0,
        next_try_at timestamptz,
        claimed_until timestamptz,
        last_status integer,
        last_problem text,
        created_at timestamptz NOT NULL,
        delivered_at timestamptz,
        subject_told_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        CONSTRAINT uq_callback_message_session_kind UNIQUE (session_id, kind),
        CONSTRAINT ck_callback_message_state CHECK (state IN ('due', 'delivered', 'dead')),
        CONSTRAINT ck_callback_message_due CHECK ((state = 'due') = (next_try_at IS NOT NULL)),
        CONSTRAINT ck_callback_message_delivered CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
        CONSTRAINT ck_callback_message_no_authentication_value CHECK (NOT (payload ?| ARRAY['cryptogram', 'xid']))
      )`);
    await runner.query(`CREATE INDEX ix_callback_message_due ON callback_message (next_try_at) WHERE state = 'due'`);
    await runner.query(`
      CREATE INDEX ix_callback_message_untold ON callback_message (delivered_at)
      WHERE state = 'delivered' AND subject_told_at IS NULL`);
    await runner.query(`
      CREATE TABLE callback_delivery (
        message_id uuid NOT NULL
          CONSTRAINT fk_callback_delivery_message REFERENCES callback_message (id) ON DELETE CASCADE,
        try integer NOT NULL,
        at timestamptz NOT NULL,
        latency_ms integer NOT NULL,
        status integer,
        problem text,
        CONSTRAINT pk_callback_delivery PRIMARY KEY (message_id, try)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE callback_delivery');
    await runner.query('DROP TABLE callback_message');
  }
}
