import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('mac_key')
export class MacKeyEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_mac_key' })
  purpose: string;

  @Column('bytea')
  sealed: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
