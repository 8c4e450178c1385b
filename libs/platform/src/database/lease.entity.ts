import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('lease')
export class LeaseEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_lease' })
  name: string;

  @Column('uuid')
  holder: string;

  @Column('bigint')
  fence: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
