import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { OperatorEntity } from './operator.entity';

@Entity('operator_invitation')
@Unique('uq_operator_invitation_token', ['tokenHash'])
export class OperatorInvitationEntity {
  @ForeignKey(() => OperatorEntity, { name: 'fk_operator_invitation_operator' })
  @PrimaryColumn('uuid', { name: 'operator_id', primaryKeyConstraintName: 'pk_operator_invitation' })
  operatorId: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash: Buffer;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
