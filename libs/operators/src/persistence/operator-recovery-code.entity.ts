import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { OperatorEntity } from './operator.entity';

@Entity('operator_recovery_code')
export class OperatorRecoveryCodeEntity {
  @ForeignKey(() => OperatorEntity, { name: 'fk_operator_recovery_code_operator' })
  @PrimaryColumn('uuid', { name: 'operator_id', primaryKeyConstraintName: 'pk_operator_recovery_code' })
  operatorId: string;

  @PrimaryColumn('bytea', { name: 'code_mac', primaryKeyConstraintName: 'pk_operator_recovery_code' })
  codeMac: Buffer;
}
