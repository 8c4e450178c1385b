import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('access_log')
@Index('ix_access_log_subject', ['subject', 'at'])
@Index('ix_access_log_merchant', ['merchantId', 'at'])
export class AccessLogEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_access_log' })
  id: string;

  @Column('timestamptz')
  at: Date;

  @Column('uuid', { name: 'merchant_id', nullable: true })
  merchantId: string | null;

  @Column('text')
  actor: string;

  @Column('text')
  act: string;

  @Column('text')
  subject: string;

  @Column('jsonb', { default: {} })
  data: object;
}
