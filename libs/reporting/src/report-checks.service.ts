import type { Clock } from '@app/kernel';
import { AUDIT_SINK, CLOCK, isInScope, Metrics, type AdminActor, type AuditSink } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { faultsOf, isNightlyDue, type Finding, type ReportCheck } from './domain/report-check';
import { HOUR_MS, hourOf, type Span } from './domain/rolled';
import { ReportCheckRepository } from './persistence/report-check.repository';
import { RollupRepository, type HourOfMerchant } from './persistence/rollup.repository';

/** As far back as it looks, and how much of it at a time: what is measured of more takes twice as long for each hour. */
const BACK_MS = 31 * 24 * HOUR_MS;
const PIECE_MS = 6 * HOUR_MS;

/** Nothing is created any more in hours that ended so long ago. */
const SETTLED_AFTER_MS = HOUR_MS;

/** More of them tell nobody more. */
const MOST_FINDINGS = 100;

/** What the last check found, as far as somebody may see it. */
export interface LatestCheck {
  readonly ended: ReportCheck | null;
  readonly isUnderWay: boolean;
}

/**
 * Adds the figures of reports up to the session table, every night and when somebody asks: for each hour and merchant the
 * identities hold, the catalogue counts as many sessions as there are, and rollups are what their sessions make. Rollups that are
 * not are made anew.
 */
@Injectable()
export class ReportChecks {
  private readonly differences;
  private isStopping = false;

  constructor(
    private readonly checks: ReportCheckRepository,
    private readonly rollups: RollupRepository,
    @Inject(AUDIT_SINK) private readonly audit: AuditSink,
    @Inject(CLOCK) private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.differences = metrics.gauge(
      'report_check_differences',
      'Hours of merchants that the last check of reports found to differ, where this process did it',
    );
  }

  async latest({ merchants }: Pick<AdminActor, 'merchants'>): Promise<LatestCheck> {
    const { ended, underWay } = await this.checks.latest();
    const findings = (ended?.findings ?? []).filter(({ merchantId }) => isInScope(merchants, merchantId));
    return { ended: ended && { ...ended, findings }, isUnderWay: underWay !== null };
  }

  /** Asks for a check now, which a worker does; where one waits already, that is it. */
  async ask(actor: AdminActor, reason: string | null): Promise<LatestCheck> {
    const at = this.clock.now();
    await this.checks.transaction(async (tx) => {
      await this.checks.ask(at, tx);
      const entry = { at, by: actor, act: 'reports.check_asked', subject: 'reports', merchantId: null, reason };
      await this.audit.record(entry, tx);
    });
    return this.latest(actor);
  }

  /**
   * Does the check that waits, and each night one that nobody asked for; false when there was nothing to do. Leaves it to
   * another, from its beginning, where it is `lost` to them.
   */
  async work(lost?: AbortSignal): Promise<boolean> {
    const { ended, underWay } = await this.checks.latest();
    if (underWay !== null) return this.check(underWay, lost);
    if (!isNightlyDue(ended?.askedAt ?? null, this.clock.now())) return false;
    await this.checks.ask(this.clock.now());
    return this.work(lost);
  }

  /** Ends a check that is under way; another worker does it from its beginning. */
  stop(): void {
    this.isStopping = true;
  }

  private async check(asked: ReportCheck, lost?: AbortSignal): Promise<boolean> {
    const now = this.clock.now();
    await this.checks.begin(asked.id, now);
    const begin = await this.rollups.begin();
    const end = hourOf(new Date(now.getTime() - SETTLED_AFTER_MS));
    const from = Math.max(end.getTime() - BACK_MS, hourOf(begin ?? end).getTime());
    const findings: Finding[] = [];
    let sessions = 0;
    for (let at = from; at < end.getTime(); at += PIECE_MS) {
      if (this.isStopping || lost?.aborted === true) return false;
      const piece = { from: new Date(at), to: new Date(Math.min(at + PIECE_MS, end.getTime())) };
      const found = await this.checkPiece(piece);
      findings.push(...found.findings);
      sessions += found.sessions;
    }
    this.differences.set(findings.length);
    const hours = Math.max(0, end.getTime() - from) / HOUR_MS;
    const told = findings.slice(0, MOST_FINDINGS);
    await this.checks.end({ ...asked, hours, sessions, findings: told }, this.clock.now());
    return true;
  }

  private async checkPiece(piece: Span): Promise<{ findings: Finding[]; sessions: number }> {
    const present = await this.rollups.sessions(piece);
    const counted = new Map((await this.rollups.counts(piece)).map((counts) => [keyOf(counts), counts]));
    const faults = present.flatMap((hour) =>
      faultsOf(counted.get(keyOf(hour)), hour.sessions).map((fault) => ({
        ...nameOf(hour),
        ...fault,
        isMended: false,
      })),
    );
    const differing = await this.rollups.differing(piece, this.clock.now());
    const mended = new Set<number>();
    for (const at of new Set(differing.map(({ hour }) => hour.getTime()))) {
      const now = this.clock.now();
      if (await this.rollups.rollUp(new Date(at), now, now)) mended.add(at);
    }
    const different = differing.map((hour) => ({
      ...nameOf(hour),
      what: 'rollup',
      excess: null,
      isMended: mended.has(hour.hour.getTime()),
    }));
    return {
      findings: [...faults, ...different],
      sessions: present.reduce((sum, { sessions }) => sum + sessions, 0),
    };
  }
}

const keyOf = ({ hour, merchantId }: HourOfMerchant): string => `${hour.getTime()} ${merchantId}`;

const nameOf = ({ hour, merchantId }: HourOfMerchant): Pick<Finding, 'hour' | 'merchantId'> => ({
  hour: hour.toISOString(),
  merchantId,
});
