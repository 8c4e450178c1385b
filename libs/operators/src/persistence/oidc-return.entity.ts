import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('oidc_return')
export class OidcReturnEntity {
  @PrimaryColumn('bytea', { name: 'state_hash', primaryKeyConstraintName: 'pk_oidc_return' })
  stateHash: Buffer;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
