import { Injectable } from '@nestjs/common';
import { Database } from './database';
import { Leases } from './leases';

/** How one piece of scheduled work went in one process. */
export interface TickReport {
  readonly name: string;
  /** Null: once, after the start. */
  readonly everyMs: number | null;
  /** ISO 8601; null before the first time. */
  readonly lastAt: string | null;
  readonly durationMs: number | null;
  /** Null while it has not ended yet. */
  readonly outcome: 'done' | 'failed' | null;
  /** Since the start of the process. */
  readonly runs: number;
  readonly failures: number;
}

/** What a process tells of itself. */
export interface Heartbeat {
  readonly role: string;
  readonly version: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: Date;
  readonly eventLoopDelayMs: number;
  readonly memoryBytes: number;
  readonly ticks: readonly TickReport[];
}

export interface Replica extends Heartbeat {
  readonly id: string;
  readonly seenAt: Date;
  /** Whether it has told of itself lately. */
  readonly isAlive: boolean;
}

/** A lease that was ever taken, and who had it last. */
export interface LeaseState {
  readonly name: string;
  readonly holder: string;
  readonly fence: number;
  readonly expiresAt: Date;
  readonly isHeld: boolean;
}

/** Three heartbeats that did not come. */
const SILENT = `interval '30 seconds'`;
/** Whoever looks after a crash still finds who was there. */
const FORGOTTEN = `interval '1 hour'`;

/** The processes of this installation. Times are the database's, the one clock that all share. */
@Injectable()
export class Replicas {
  constructor(
    private readonly database: Database,
    private readonly leases: Leases,
  ) {}

  /** Tells of this process, and forgets those that have been silent for an hour. */
  async beat(heartbeat: Heartbeat): Promise<void> {
    await this.database.query(
      `WITH forgotten AS (DELETE FROM replica WHERE seen_at < clock_timestamp() - ${FORGOTTEN} AND id <> $1)
       INSERT INTO replica
         (id, role, version, host, pid, started_at, seen_at, event_loop_delay_ms, memory_bytes, ticks)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7, $8, $9::jsonb)
       ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, event_loop_delay_ms = excluded.event_loop_delay_ms,
         memory_bytes = excluded.memory_bytes, ticks = excluded.ticks`,
      [
        this.leases.holder,
        heartbeat.role,
        heartbeat.version,
        heartbeat.host,
        heartbeat.pid,
        heartbeat.startedAt,
        heartbeat.eventLoopDelayMs,
        heartbeat.memoryBytes,
        JSON.stringify(heartbeat.ticks),
      ],
    );
  }

  /** This process ends, and is not missed. */
  async leave(): Promise<void> {
    await this.database.query('DELETE FROM replica WHERE id = $1', [this.leases.holder]);
  }

  /** The latest ones first. */
  async list(): Promise<Replica[]> {
    const rows = await this.database.query<Omit<Replica, 'memoryBytes'> & { memoryBytes: string }>(
      `SELECT id, role, version, host, pid, started_at AS "startedAt", seen_at AS "seenAt",
         event_loop_delay_ms AS "eventLoopDelayMs", memory_bytes AS "memoryBytes", ticks,
         seen_at > clock_timestamp() - ${SILENT} AS "isAlive"
       FROM replica ORDER BY started_at DESC`,
    );
    return rows.map((row) => ({ ...row, memoryBytes: Number(row.memoryBytes) }));
  }

  async listLeases(): Promise<LeaseState[]> {
    const rows = await this.database.query<Omit<LeaseState, 'fence'> & { fence: string }>(
      `SELECT name, holder, fence, expires_at AS "expiresAt", expires_at > clock_timestamp() AS "isHeld"
       FROM lease ORDER BY name`,
    );
    return rows.map((row) => ({ ...row, fence: Number(row.fence) }));
  }
}
