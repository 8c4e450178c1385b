import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** An hour of which everything is in `report_slice`. */
@Entity('report_hour')
@Check('ck_report_hour_hour', `date_trunc('hour', hour, 'UTC') = hour`)
export class ReportHourEntity {
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_report_hour' })
  hour: Date;

  /** What it was counted by. */
  @Column('text')
  definition: string;

  @Column('timestamptz', { name: 'rolled_at' })
  rolledAt: Date;
}
