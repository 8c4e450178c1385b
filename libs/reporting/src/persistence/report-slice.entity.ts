import { bigintAsNumber } from '@app/platform';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Basis } from '../domain/report-listing';
import { COUNT_IDS } from '../domain/reported-session';
import type { SliceName } from '../domain/rolled';

const PK = 'pk_report_slice';

/** The counts of one merchant's sessions of one hour: all of them, or those with one value of a dimension. */
@Entity('report_slice')
@Check('ck_report_slice_basis', `basis IN ('raw', 'deduplicated')`)
@Check('ck_report_slice_environment', `environment IN ('test', 'live')`)
@Check(
  'ck_report_slice_money',
  `(dimension = 'currency') = (amount_minor IS NOT NULL) AND (amount_minor IS NULL) = (approved_minor IS NULL)`,
)
export class ReportSliceEntity {
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

  /** Of one currency, and only there. */
  @Column('bigint', { name: 'amount_minor', nullable: true, transformer: bigintAsNumber })
  amountMinor: number | null;

  @Column('bigint', { name: 'approved_minor', nullable: true, transformer: bigintAsNumber })
  approvedMinor: number | null;
}

// A column for each count of the catalogue.
for (const id of COUNT_IDS) Column('int', { default: 0 })(ReportSliceEntity.prototype, id);
