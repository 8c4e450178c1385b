import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Cron, Interval, Timeout } from '@nestjs/schedule';
import type { Type } from '@nestjs/common';
import { methodsOf, readModuleGraph } from './module-graph';

/** How two workers keep out of each other's way. */
const PROOF = { lease: /\bwithLease\(/, claim: /FOR UPDATE SKIP LOCKED/ } as const;

/**
 * Every scheduled tick, and what makes it safe that each worker has one: a lease (in the file named), rows that are
 * claimed (by the SQL in the file named), or that it touches this process's own memory only.
 */
const TICKS: Record<string, { by: keyof typeof PROOF; in: string } | { by: 'own memory'; because: string }> = {
  'SettlementJob.tick': { by: 'lease', in: 'libs/sessions/src/jobs/settlement.job.ts' },
  'InquiryJob.tick': { by: 'claim', in: 'libs/sessions/src/persistence/session.repository.ts' },
  'BulkJobRunner.tick': { by: 'claim', in: 'libs/sessions/src/persistence/bulk-job.repository.ts' },
  'HousekeepingJob.tick': { by: 'lease', in: 'libs/sessions/src/jobs/housekeeping.job.ts' },
  'HousekeepingJob.soon': { by: 'lease', in: 'libs/sessions/src/jobs/housekeeping.job.ts' },
  'HousekeepingJob.ensurePartitions': { by: 'lease', in: 'libs/sessions/src/jobs/housekeeping.job.ts' },
  'CallbackSweeper.tick': { by: 'claim', in: 'libs/callbacks/src/persistence/callback.repository.ts' },
  'TokenJobs.renewDue': {
    by: 'own memory',
    because: 'every process keeps fresh what it uses; of several the claim on the row lets one ask the upstream',
  },
  'TokenJobs.renewAbandoned': { by: 'claim', in: 'libs/token-cache/src/persistence/upstream-token.repository.ts' },
  'TokenJobs.noteUse': { by: 'own memory', because: 'every process tells what it used; the latest time stays' },
  'TokenJobs.clean': { by: 'lease', in: 'libs/token-cache/src/jobs/token.jobs.ts' },
  'CredentialExpiryJob.tick': { by: 'lease', in: 'libs/credentials/src/jobs/credential-expiry.job.ts' },
  'OperatorsHousekeepingJob.tick': { by: 'lease', in: 'libs/operators/src/jobs/operators-housekeeping.job.ts' },
  'RollupJob.tick': { by: 'lease', in: 'libs/reporting/src/jobs/rollup.job.ts' },
  'ReportCheckJob.tick': { by: 'lease', in: 'libs/reporting/src/jobs/report-check.job.ts' },
  'CardRangeJob.tick': { by: 'lease', in: 'libs/connector-emv3ds/src/card-ranges/card-range.refresh.ts' },
  'DirectoryServerHealthJob.write': {
    by: 'own memory',
    because: 'every process adds what it counted itself; of several certificates the one that was seen last stays',
  },
  'DirectoryServerHealthJob.clean': {
    by: 'lease',
    in: 'libs/connector-emv3ds/src/health/directory-server-health.job.ts',
  },
  'CardJobs.ensurePartitions': { by: 'lease', in: 'libs/cards/src/jobs/card.jobs.ts' },
  'CardJobs.erase': { by: 'lease', in: 'libs/cards/src/jobs/card.jobs.ts' },
  'CardJobs.retire': { by: 'lease', in: 'libs/cards/src/jobs/card.jobs.ts' },
  'HeartbeatJob.beat': { by: 'own memory', because: 'every process renews the row that is its own' },
  'CardJobs.refreshKeys': {
    by: 'own memory',
    because: 'every replica must have today’s keys; making one is unique by purpose and day',
  },
};

/** Metadata of @Cron, @Interval and @Timeout: learned from the decorators themselves, not from their insides. */
const SCHEDULE_KEYS = (() => {
  class Probe {
    @Cron('* * * * * *') cron(): void {}
    @Interval(1) interval(): void {}
    @Timeout(1) timeout(): void {}
    none(): void {}
  }
  const keys = methodsOf(Probe).flatMap(([, method]) => Reflect.getMetadataKeys(method) as unknown[]);
  return new Set(keys.filter((key) => !String(key).startsWith('design:')));
})();

const ticksOf = (provider: Type): string[] =>
  methodsOf(provider)
    .filter(([, method]) => (Reflect.getMetadataKeys(method) as unknown[]).some((key) => SCHEDULE_KEYS.has(key)))
    .map(([name]) => `${provider.name}.${name}`);

describe('the ticks of the server', () => {
  it('are all listed here, with what keeps two workers apart', async () => {
    const { providers } = await readModuleGraph();

    expect(providers.flatMap(ticksOf).sort()).toEqual(Object.keys(TICKS).sort());
  });

  it.each(Object.entries(TICKS).flatMap(([name, tick]) => ('in' in tick ? [[name, tick.by, tick.in] as const] : [])))(
    '%s has its %s in %s',
    (_, by, file) => {
      expect(readFileSync(resolve(__dirname, '../..', file), 'utf8')).toMatch(PROOF[by]);
    },
  );

  it('are found by every decorator of the schedule', () => {
    class Some {
      @Cron('* * * * * *') a(): void {}
      @Interval('named', 5) b(): void {}
      @Timeout(5) c(): void {}
      d(): void {}
    }

    expect(ticksOf(Some)).toEqual(['Some.a', 'Some.b', 'Some.c']);
  });
});
