import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Range partitions over UUIDv7 keys: the first 48 bits of the key are its milliseconds, so a time bound is a uuid bound.
 * `countersign_ensure_partitions` is idempotent; migrations call it once and a job calls it for ever.
 */
export class InstallPartitioning1795391999000 implements MigrationInterface {
  name = 'InstallPartitioning1795391999000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION countersign_uuid_floor(at timestamptz) RETURNS uuid
      LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
      $$`);
    await runner.query(`
      CREATE FUNCTION countersign_ensure_partitions(
        parent text, period text, behind int, ahead int, at timestamptz DEFAULT now()
      ) RETURNS int
      LANGUAGE plpgsql AS $$
      DECLARE
        step interval := ('1 ' || period)::interval;
        shape text := CASE period WHEN 'day' THEN 'YYYYMMDD' ELSE 'YYYYMM' END;
        start timestamp := date_trunc(period, at AT TIME ZONE 'UTC');
        lower_bound timestamp;
        child text;
        made int := 0;
      BEGIN
        FOR i IN -behind .. ahead LOOP
          lower_bound := start + i * step;
          child := parent || '_' || to_char(lower_bound, shape);
          IF to_regclass(quote_ident(child)) IS NULL THEN
            -- Of two callers the second waits here, and then finds the first one's partition. A table lock and not an
            -- advisory one: only that lets a session see what another has created meanwhile.
            EXECUTE format('LOCK TABLE ONLY %I IN SHARE UPDATE EXCLUSIVE MODE', parent);
          END IF;
          IF to_regclass(quote_ident(child)) IS NULL THEN
            EXECUTE format(
              'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
              child, parent,
              countersign_uuid_floor(lower_bound AT TIME ZONE 'UTC'),
              countersign_uuid_floor((lower_bound + step) AT TIME ZONE 'UTC'));
            made := made + 1;
          END IF;
        END LOOP;
        RETURN made;
      END
      $$`);
    await runner.query(`
      CREATE TABLE lease (
        name text NOT NULL CONSTRAINT pk_lease PRIMARY KEY,
        holder uuid NOT NULL,
        fence bigint NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lease');
    await runner.query('DROP FUNCTION countersign_ensure_partitions(text, text, int, int, timestamptz)');
    await runner.query('DROP FUNCTION countersign_uuid_floor(timestamptz)');
  }
}
