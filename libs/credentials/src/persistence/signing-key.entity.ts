import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('signing_key')
export class SigningKeyEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_signing_key' })
  kid: string;

  @Column('jsonb', { name: 'public_jwk' })
  publicJwk: object;

  @Column('bytea', { name: 'private_sealed' })
  privateSealed: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'activates_at' })
  activatesAt: Date;

  @Column('timestamptz', { name: 'retires_at', nullable: true })
  retiresAt: Date | null;

  @Column('int', { default: 1 })
  version: number;
}
