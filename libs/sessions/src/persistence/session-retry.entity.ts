import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** That a session was made in the place of another one, which is retried once at most. */
@Entity('session_retry')
@Unique('uq_session_retry_session', ['sessionId'])
@Check('ck_session_retry_number', 'number > 1')
export class SessionRetryEntity {
  @PrimaryColumn('uuid', { name: 'retry_of', primaryKeyConstraintName: 'pk_session_retry' })
  retryOf: string;

  @Column('uuid', { name: 'session_id' })
  sessionId: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  /** Which try it is; the session that began it all was the first. */
  @Column('int')
  number: number;
}
