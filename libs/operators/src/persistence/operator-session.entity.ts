import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { OperatorEntity } from './operator.entity';

@Entity('operator_session')
@Unique('uq_operator_session_token', ['tokenHash'])
@Index('ix_operator_session_operator', ['operatorId'])
@Index('ix_operator_session_created', ['createdAt'])
@Check('ck_operator_session_opened_by', `opened_by IN ('password', 'oidc')`)
export class OperatorSessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_operator_session' })
  id: string;

  @ForeignKey(() => OperatorEntity, { name: 'fk_operator_session_operator' })
  @Column('uuid', { name: 'operator_id' })
  operatorId: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash: Buffer;

  @Column('text', { nullable: true })
  address: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt: Date;

  @Column('text', { name: 'opened_by', default: 'password' })
  openedBy: string;

  @Column('boolean', { name: 'is_vouched', default: false })
  isVouched: boolean;
}
