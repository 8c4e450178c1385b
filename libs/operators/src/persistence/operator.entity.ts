import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('operator')
@Unique('uq_operator_email', ['email'])
@Index('ix_operator_created', ['createdAt', 'id'])
@Check('ck_operator_email', 'email = lower(email)')
@Check('ck_operator_role', `role IN ('viewer', 'operator', 'merchant_admin', 'admin')`)
@Check('ck_operator_merchants', 'cardinality(merchant_ids) > 0')
@Check('ck_operator_status', `status IN ('invited', 'active', 'disabled')`)
@Unique('uq_operator_oidc', ['oidcIssuer', 'oidcSubject'])
@Check('ck_operator_proof', `status <> 'active' OR password_hash IS NOT NULL OR oidc_subject IS NOT NULL`)
@Check('ck_operator_oidc', 'num_nulls(oidc_issuer, oidc_subject, oidc_linked_at) IN (0, 3)')
export class OperatorEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_operator' })
  id: string;

  @Column('text')
  email: string;

  @Column('text')
  name: string;

  @Column('text')
  role: string;

  @Column('uuid', { name: 'merchant_ids', array: true, nullable: true })
  merchantIds: string[] | null;

  @Column('text')
  status: string;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column('bytea', { name: 'totp_sealed', nullable: true })
  totpSealed: Buffer | null;

  @Column('bytea', { name: 'totp_pending_sealed', nullable: true })
  totpPendingSealed: Buffer | null;

  @Column('bigint', { name: 'totp_last_step', nullable: true })
  totpLastStep: string | null;

  @Column('text', { name: 'oidc_issuer', nullable: true })
  oidcIssuer: string | null;

  @Column('text', { name: 'oidc_subject', nullable: true })
  oidcSubject: string | null;

  @Column('timestamptz', { name: 'oidc_linked_at', nullable: true })
  oidcLinkedAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'last_signed_in_at', nullable: true })
  lastSignedInAt: Date | null;

  @Column('int', { default: 1 })
  version: number;
}
