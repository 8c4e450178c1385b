import {
  AdminRoute,
  APP_CONFIG,
  CryptoBox,
  Database,
  KekRotation,
  Replicas,
  WorkQueues,
  type AppConfig,
  type LeaseState,
  type Replica,
} from '@app/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import { PRODUCT_VERSION } from '../product-version';
import { migrationsStatus } from '../migrations-status';
import { SEALED_COLUMNS } from '../sealed-columns';
import { Installation } from './installation';

/** How this installation runs, for operators: who is there, what they do, what waits, what the database holds. */
@Controller('admin/api/system')
export class SystemController {
  constructor(
    private readonly replicas: Replicas,
    private readonly queues: WorkQueues,
    private readonly installation: Installation,
    private readonly database: Database,
    private readonly box: CryptoBox,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'demo'>,
  ) {}

  @Get()
  @AdminRoute('system.read', { ofAllMerchants: true })
  async show(): Promise<object> {
    const [replicas, leases, queues, facts, partitions, migrations, keks] = await Promise.all([
      this.replicas.list(),
      this.replicas.listLeases(),
      this.queues.depths(),
      this.installation.facts(),
      this.installation.partitions(),
      migrationsStatus(this.database.dataSource),
      new KekRotation(this.database, this.box, SEALED_COLUMNS).status(),
    ]);
    return {
      version: PRODUCT_VERSION,
      node: process.versions.node,
      is_demo: this.config.demo,
      database: facts,
      replicas: replicas.map(presentReplica),
      jobs: jobsOf(replicas),
      leases: leases.map(presentLease),
      queues: queues.map(({ name, count, oldestAt }) => ({ name, count, oldest_at: oldestAt?.toISOString() ?? null })),
      partitions,
      migrations,
      keks: keks.map(({ kek, isCurrent, isConfigured, values }) => ({
        id: kek,
        is_current: isCurrent,
        is_configured: isConfigured,
        values,
      })),
    };
  }
}

function presentReplica({ id, role, version, host, pid, ...replica }: Replica): object {
  return {
    id,
    role,
    version,
    host,
    pid,
    is_alive: replica.isAlive,
    started_at: replica.startedAt.toISOString(),
    seen_at: replica.seenAt.toISOString(),
    event_loop_delay_ms: replica.eventLoopDelayMs,
    memory_bytes: replica.memoryBytes,
  };
}

function presentLease({ name, holder, fence, expiresAt, isHeld }: LeaseState): object {
  return { name, holder, fence, expires_at: expiresAt.toISOString(), is_held: isHeld };
}

/** Each piece of scheduled work in each process that is there, by its name. */
function jobsOf(replicas: readonly Replica[]): object[] {
  return replicas
    .filter(({ isAlive }) => isAlive)
    .flatMap(({ id, ticks }) =>
      ticks.map(({ name, everyMs, lastAt, durationMs, outcome, runs, failures }) => ({
        name,
        replica: id,
        every_ms: everyMs,
        last_at: lastAt,
        duration_ms: durationMs,
        outcome,
        next_at: lastAt === null || everyMs === null ? null : new Date(Date.parse(lastAt) + everyMs).toISOString(),
        runs,
        failures,
      })),
    )
    .sort((one, other) => one.name.localeCompare(other.name));
}
