import { bigintAsNumber } from '@app/platform';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Finding } from '../domain/report-check';

/** What came of comparing the figures of reports with the sessions. */
@Entity('report_check')
@Check('ck_report_check_ended', 'ended_at IS NULL OR begun_at IS NOT NULL')
export class ReportCheckEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_report_check' })
  id: string;

  @Column('timestamptz', { name: 'asked_at' })
  askedAt: Date;

  /** Null while it waits for a worker. */
  @Column('timestamptz', { name: 'begun_at', nullable: true })
  begunAt: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  /** What it looked at. */
  @Column('int', { default: 0 })
  hours: number;

  @Column('bigint', { default: 0, transformer: bigintAsNumber })
  sessions: number;

  @Column('jsonb', { default: [] })
  findings: Finding[];
}
