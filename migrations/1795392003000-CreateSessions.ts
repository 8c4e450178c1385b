import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The spine: a session, its attempts, its story and its exchanges, all partitioned by the session's id in the same
 * monthly bounds, so that a whole story sits together and leaves together. No foreign keys into partitioned parents.
 * What must be unique across time is apart and unpartitioned.
 */
export class CreateSessions1795392003000 implements MigrationInterface {
  name = 'CreateSessions1795392003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE session (
        id uuid NOT NULL,
        merchant_id uuid NOT NULL,
        channel_id uuid NOT NULL,
        access_key_id uuid NOT NULL,
        environment text NOT NULL,
        status text NOT NULL,
        status_reason text,
        version int NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        deadline_at timestamptz,
        final_at timestamptz,
        completed_at timestamptz,
        completed_by text,
        flow text NOT NULL,
        device_channel text,
        scope_channel text,
        amount_minor bigint NOT NULL,
        currency text NOT NULL,
        reference text,
        details jsonb NOT NULL,
        browser jsonb,
        method_completion text,
        callback_url text,
        challenge_notification_url text,
        secret_hash bytea NOT NULL,
        secret_sealed bytea NOT NULL,
        scheme text NOT NULL,
        bin text NOT NULL,
        last_four text,
        card_fingerprint text,
        card_retention_minutes int NOT NULL,
        trans_status text,
        refusal_code text,
        challenged boolean,
        attempt_number int NOT NULL,
        event_seq int NOT NULL,
        exchange_seq int NOT NULL,
        CONSTRAINT pk_session PRIMARY KEY (id),
        CONSTRAINT ck_session_status CHECK (status IN ('pending','processing','challenged','approved','attempted','declined','rejected','unavailable','challenge_abandoned','expired')),
        CONSTRAINT ck_session_environment CHECK (environment IN ('test','live')),
        CONSTRAINT ck_session_final CHECK ((final_at IS NULL) = (status IN ('pending','processing','challenged'))),
        CONSTRAINT ck_session_deadline CHECK ((deadline_at IS NULL) = (final_at IS NOT NULL))
      ) PARTITION BY RANGE (id)`);
    await runner.query('CREATE INDEX ix_session_merchant ON session (merchant_id, id)');
    await runner.query('CREATE INDEX ix_session_deadline ON session (deadline_at) WHERE deadline_at IS NOT NULL');
    await runner.query(`
      CREATE TABLE attempt (
        session_id uuid NOT NULL,
        number int NOT NULL,
        merchant_id uuid NOT NULL,
        connector text NOT NULL,
        scheme text NOT NULL,
        protocol_version text NOT NULL,
        transaction_id uuid NOT NULL,
        method_url text,
        directory_server_id text NOT NULL,
        progress text NOT NULL,
        state jsonb NOT NULL,
        facts jsonb NOT NULL,
        authentication_value_sealed bytea,
        authentication_value_expires_at timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_attempt PRIMARY KEY (session_id, number),
        CONSTRAINT ck_attempt_progress CHECK (progress IN ('planned','asked','answered','settled'))
      ) PARTITION BY RANGE (session_id)`);
    await runner.query(`
      CREATE TABLE session_event (
        session_id uuid NOT NULL,
        seq int NOT NULL,
        merchant_id uuid NOT NULL,
        at timestamptz NOT NULL,
        type text NOT NULL,
        from_status text,
        to_status text NOT NULL,
        actor text NOT NULL,
        attempt_number int NOT NULL,
        data jsonb NOT NULL,
        CONSTRAINT pk_session_event PRIMARY KEY (session_id, seq)
      ) PARTITION BY RANGE (session_id)`);
    await runner.query(`
      CREATE TABLE exchange (
        session_id uuid NOT NULL,
        seq int NOT NULL,
        merchant_id uuid NOT NULL,
        attempt_number int NOT NULL,
        direction text NOT NULL,
        message_type text NOT NULL,
        at timestamptz NOT NULL,
        latency_ms double precision,
        body jsonb,
        problem text,
        CONSTRAINT pk_exchange PRIMARY KEY (session_id, seq),
        CONSTRAINT ck_exchange_direction CHECK (direction IN ('sent','received'))
      ) PARTITION BY RANGE (session_id)`);
    for (const parent of ['session', 'attempt', 'session_event', 'exchange']) {
      await runner.query(`SELECT countersign_ensure_partitions($1, 'month', 1, 2)`, [parent]);
    }
    await runner.query(`
      CREATE TABLE correlation (
        connector text NOT NULL,
        key text NOT NULL,
        session_id uuid NOT NULL,
        attempt_number int NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_correlation PRIMARY KEY (connector, key)
      )`);
    await runner.query('CREATE INDEX ix_correlation_expiry ON correlation (expires_at)');
    await runner.query(`
      CREATE TABLE notice_seen (
        connector text NOT NULL,
        notice_id text NOT NULL,
        session_id uuid NOT NULL,
        body jsonb NOT NULL,
        secrets_sealed bytea,
        received_at timestamptz NOT NULL,
        acted_at timestamptz,
        answer jsonb,
        CONSTRAINT pk_notice_seen PRIMARY KEY (connector, notice_id)
      )`);
    await runner.query('CREATE INDEX ix_notice_seen_received ON notice_seen (received_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['notice_seen', 'correlation', 'exchange', 'session_event', 'attempt', 'session']) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
