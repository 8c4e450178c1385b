import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('sign_in_throttle')
@Index('ix_sign_in_throttle_changed', ['changedAt'])
export class SignInThrottleEntity {
  @PrimaryColumn('bytea', { name: 'key_mac', primaryKeyConstraintName: 'pk_sign_in_throttle' })
  keyMac: Buffer;

  @Column('int')
  failures: number;

  @Column('timestamptz', { name: 'locked_until', nullable: true })
  lockedUntil: Date | null;

  @Column('timestamptz', { name: 'changed_at' })
  changedAt: Date;
}
