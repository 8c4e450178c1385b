import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Basis } from '../domain/report-listing';
import type { SliceName } from '../domain/rolled';

const PK = 'pk_report_histogram';

/** Histograms of what was measured of one merchant's sessions of one hour: of all of them, or those with one value of a dimension. */
@Entity('report_histogram')
@Check('ck_report_histogram_part', `part IN ('session', 'callback')`)
@Check('ck_report_histogram_basis', `basis IN ('raw', 'deduplicated')`)
@Check('ck_report_histogram_environment', `environment IN ('test', 'live')`)
@Check('ck_report_histogram_counts', 'cardinality(buckets) = cardinality(counts)')
export class ReportHistogramEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: PK })
  dimension: SliceName;

  @PrimaryColumn('text', { primaryKeyConstraintName: PK })
  basis: Basis;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: PK })
  hour: Date;

  @PrimaryColumn('uuid', { name: 'merchant_id', primaryKeyConstraintName: PK })
  merchantId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: PK })
  environment: string;

  /** Whether the sessions have a value at all; where not, `value` is empty. */
  @PrimaryColumn('boolean', { name: 'is_known', primaryKeyConstraintName: PK })
  isKnown: boolean;

  @PrimaryColumn('text', { primaryKeyConstraintName: PK })
  value: string;

  /** What ends with a callback is apart: callbacks are forgotten before their sessions. */
  @PrimaryColumn('text', { primaryKeyConstraintName: PK })
  part: 'session' | 'callback';

  /** Those that are not empty, in order, of all measures one after the other. */
  @Column('smallint', { array: true })
  buckets: number[];

  /** How many are in each of them. */
  @Column('int', { array: true })
  counts: number[];

  /** By measure, in ms; null where it has nothing. */
  @Column('float8', { array: true })
  longest: (number | null)[];
}
