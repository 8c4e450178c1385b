import { shapes, type AdminDescription } from '@app/platform';

const { count, flag, listOf, number, oneOf, orNull, text, time, whole } = shapes;

export const DESCRIPTION: AdminDescription = {
  tag: 'System',
  schemas: {
    System: whole({
      version: text,
      node: text,
      is_demo: flag,
      database: whole({ version: text, bytes: count }),
      replicas: listOf(
        whole({
          id: text,
          role: oneOf(['api', 'worker', 'all']),
          version: text,
          host: text,
          pid: count,
          is_alive: flag,
          started_at: time,
          seen_at: time,
          event_loop_delay_ms: number,
          memory_bytes: count,
        }),
      ),
      jobs: listOf(
        whole({
          name: text,
          replica: text,
          every_ms: orNull(count),
          last_at: orNull(time),
          duration_ms: orNull(count),
          outcome: orNull(oneOf(['done', 'failed'])),
          next_at: orNull(time),
          runs: count,
          failures: count,
        }),
      ),
      leases: listOf(whole({ name: text, holder: text, fence: count, expires_at: time, is_held: flag })),
      queues: listOf(whole({ name: text, count, oldest_at: orNull(time) })),
      partitions: listOf(
        whole({
          table: text,
          period: oneOf(['day', 'month']),
          count,
          first: orNull(text),
          last: orNull(text),
          next: orNull(text),
          bytes: count,
        }),
      ),
      migrations: whole({ applied: listOf(text), pending: listOf(text) }),
      keks: listOf(whole({ id: text, is_current: flag, is_configured: flag, values: count })),
    }),
  },
  routes: {
    'GET system': {
      id: 'getSystem',
      summary: 'How this installation runs: processes, scheduled work, queues, database, keys',
      answer: 'System',
    },
  },
};
