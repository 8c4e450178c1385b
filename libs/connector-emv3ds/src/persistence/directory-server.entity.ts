import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** One directory server in one environment, and how its card ranges stand. */
@Entity('directory_server')
@Check('ck_directory_server_environment', `environment IN ('test', 'live')`)
@Check('ck_directory_server_id', `id IN ('visa', 'mastercard', 'amex', 'cartes_bancaires', 'jcb', 'discover')`)
export class DirectoryServerEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_directory_server' })
  environment: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_directory_server' })
  id: string;

  @Column('text')
  url: string;

  @Column('text', { name: 'serial_num', nullable: true })
  serialNum: string | null;

  @Column('text', { name: 'ds_start_version', nullable: true })
  dsStartVersion: string | null;

  @Column('text', { name: 'ds_end_version', nullable: true })
  dsEndVersion: string | null;

  /** Counts the changes of the ranges: replicas read them again when it moved. Also the guard of every change. */
  @Column('int', { default: 0 })
  revision: number;

  @Column('timestamptz', { name: 'ranges_loaded_at', nullable: true })
  rangesLoadedAt: Date | null;

  @Column('timestamptz', { name: 'last_attempt_at', nullable: true })
  lastAttemptAt: Date | null;

  /** Not to be asked again before; null: at once. */
  @Column('timestamptz', { name: 'next_attempt_at', nullable: true })
  nextAttemptAt: Date | null;

  @Column('text', { name: 'last_error', nullable: true })
  lastError: string | null;

  /** Of the certificate that it showed: its common name, the middle left out. */
  @Column('text', { name: 'certificate_subject', nullable: true })
  certificateSubject: string | null;

  @Column('text', { name: 'certificate_issuer', nullable: true })
  certificateIssuer: string | null;

  @Column('timestamptz', { name: 'certificate_not_before', nullable: true })
  certificateNotBefore: Date | null;

  @Column('timestamptz', { name: 'certificate_not_after', nullable: true })
  certificateNotAfter: Date | null;

  @Column('timestamptz', { name: 'certificate_seen_at', nullable: true })
  certificateSeenAt: Date | null;
}
