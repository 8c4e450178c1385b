import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a session replays, in the simulator, what another one met. */
@Entity('session_reproduction')
@Index('ix_session_reproduction_from', ['reproducedFrom', 'sessionId'])
export class SessionReproductionEntity {
  @PrimaryColumn('uuid', { name: 'session_id', primaryKeyConstraintName: 'pk_session_reproduction' })
  sessionId: string;

  @Column('uuid', { name: 'reproduced_from' })
  reproducedFrom: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  /** By which whoever wanted it can ask for it again. */
  @Column('bytea', { name: 'key_hash', nullable: true })
  keyHash: Buffer | null;
}
