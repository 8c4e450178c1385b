import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What operators did. Each entry carries a keyed hash over itself and the one before; `audit_head` is where the chain ends,
 * and the row that writers wait for. Entries are added and never changed: the server's role has no right to, and a trigger
 * refuses it to whoever has. An entry outlives what it speaks of, hence no foreign key.
 */
export class CreateAuditLog1795392191000 implements MigrationInterface {
  name = 'CreateAuditLog1795392191000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_entry (
        id uuid NOT NULL CONSTRAINT pk_audit_entry PRIMARY KEY,
        seq bigint NOT NULL,
        at timestamptz NOT NULL,
        merchant_id uuid,
        actor_kind text NOT NULL,
        actor_id text,
        actor_name text NOT NULL,
        act text NOT NULL,
        subject text NOT NULL,
        before jsonb,
        after jsonb,
        reason text,
        address text,
        request_id text,
        chain_mac bytea NOT NULL,
        CONSTRAINT uq_audit_entry_seq UNIQUE (seq)
      )`);
    await runner.query('CREATE INDEX ix_audit_entry_at ON audit_entry (at)');
    await runner.query('CREATE INDEX ix_audit_entry_merchant ON audit_entry (merchant_id, seq)');
    await runner.query('CREATE INDEX ix_audit_entry_actor ON audit_entry (actor_id, seq)');
    await runner.query('CREATE INDEX ix_audit_entry_subject ON audit_entry (subject, seq)');
    await runner.query('CREATE INDEX ix_audit_entry_act ON audit_entry (act, seq)');
    await runner.query(`
      CREATE TABLE audit_head (
        id smallint NOT NULL CONSTRAINT pk_audit_head PRIMARY KEY,
        seq bigint NOT NULL,
        chain_mac bytea NOT NULL,
        CONSTRAINT ck_audit_head_single CHECK (id = 1)
      )`);
    await runner.query(`INSERT INTO audit_head (id, seq, chain_mac) VALUES (1, 0, '')`);
    await runner.query(`
      CREATE FUNCTION countersign_refuse_change() RETURNS trigger
      LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'Entries of % are never changed or taken away', TG_TABLE_NAME
          USING ERRCODE = 'insufficient_privilege';
      END
      $$`);
    await runner.query(`
      CREATE TRIGGER tr_audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
      FOR EACH STATEMENT EXECUTE FUNCTION countersign_refuse_change()`);
    await runner.query(`
      CREATE TRIGGER tr_audit_head_stays BEFORE DELETE OR TRUNCATE ON audit_head
      FOR EACH STATEMENT EXECUTE FUNCTION countersign_refuse_change()`);
    await runner.query(`SELECT countersign_protect('audit_entry')`);
    await runner.query(`SELECT countersign_protect('audit_head', 'false', shared => false)`);
    await runner.query('REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM CURRENT_USER');
    await runner.query('REVOKE DELETE, TRUNCATE ON audit_head FROM CURRENT_USER');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_head');
    await runner.query('DROP TABLE audit_entry');
    await runner.query('DROP FUNCTION countersign_refuse_change()');
  }
}
