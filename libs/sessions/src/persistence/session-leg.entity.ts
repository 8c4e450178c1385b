import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** When the cardholder's page came to a point of a hosted session. Only ever inserted, once a point. */
@Entity('session_leg')
@Check('ck_session_leg_leg', `leg IN ('page_shown','method_started','method_finished','challenge_shown','first_input')`)
export class SessionLegEntity {
  @PrimaryColumn('uuid', { name: 'session_id', primaryKeyConstraintName: 'pk_session_leg' })
  sessionId: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_session_leg' })
  leg: string;

  @Column('uuid', { name: 'merchant_id' })
  merchantId: string;

  @Column('timestamptz')
  at: Date;
}
