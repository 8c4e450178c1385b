import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('data_key')
@Unique('uq_data_key_purpose_day', ['purpose', 'day'])
@Index('ix_data_key_alive', ['destroyAfter'], { where: 'destroyed_at IS NULL' })
@Check(
  'ck_data_key_purpose',
  `purpose IN ('card', 'authentication_value', 'session_secret', 'request_data', 'card_token')`,
)
@Check('ck_data_key_destroyed', '(wrapped IS NULL) = (destroyed_at IS NOT NULL)')
export class DataKeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_data_key' })
  id: string;

  @Column('text')
  purpose: string;

  @Column('date')
  day: string;

  @Column('bytea', { nullable: true })
  wrapped: Buffer | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'destroy_after' })
  destroyAfter: Date;

  @Column('timestamptz', { name: 'destroyed_at', nullable: true })
  destroyedAt: Date | null;

  @Column('int', { default: 1 })
  version: number;
}
