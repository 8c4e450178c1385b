import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An act of an operator that named itself, with what was asked for; both are kept as hashes only. */
@Entity('act_request')
@Index('ix_act_request_expiry', ['expiresAt'])
export class ActRequestEntity {
  /** Wire id. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_act_request' })
  actor: string;

  @PrimaryColumn('bytea', { name: 'key_hash', primaryKeyConstraintName: 'pk_act_request' })
  keyHash: Buffer;

  @Column('bytea', { name: 'request_hash' })
  requestHash: Buffer;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
