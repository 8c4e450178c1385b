import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('audit_head')
@Check('ck_audit_head_single', 'id = 1')
export class AuditHeadEntity {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'pk_audit_head' })
  id: number;

  @Column('bigint')
  seq: string;

  @Column('bytea', { name: 'chain_mac' })
  chainMac: Buffer;
}
