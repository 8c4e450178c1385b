import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('audit_entry')
@Unique('uq_audit_entry_seq', ['seq'])
@Index('ix_audit_entry_at', ['at'])
@Index('ix_audit_entry_merchant', ['merchantId', 'seq'])
@Index('ix_audit_entry_actor', ['actorId', 'seq'])
@Index('ix_audit_entry_subject', ['subject', 'seq'])
@Index('ix_audit_entry_act', ['act', 'seq'])
export class AuditEntryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_audit_entry' })
  id: string;

  @Column('bigint')
  seq: string;

  @Column('timestamptz')
  at: Date;

  @Column('uuid', { name: 'merchant_id', nullable: true })
  merchantId: string | null;

  @Column('text', { name: 'actor_kind' })
  actorKind: string;

  @Column('text', { name: 'actor_id', nullable: true })
  actorId: string | null;

  @Column('text', { name: 'actor_name' })
  actorName: string;

  @Column('text')
  act: string;

  @Column('text')
  subject: string;

  @Column('jsonb', { nullable: true })
  before: object | null;

  @Column('jsonb', { nullable: true })
  after: object | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId: string | null;

  @Column('bytea', { name: 'chain_mac' })
  chainMac: Buffer;
}
