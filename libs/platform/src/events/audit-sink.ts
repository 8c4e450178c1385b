import type { Queryable } from '../database/database';

/** Who did what to what, and when. Never holds a secret, card number or authentication value. */
export interface AuditEntry {
  at: Date;
  /** UUID of the merchant whose data it was; null for what concerns the whole installation. */
  merchantId: string | null;
  /** Kind and wire id of who did it, such as `access_key:ack_…`. */
  actor: string;
  /** Such as `authorization_data.read`. */
  act: string;
  /** The wire id of what it was done to. */
  subject: string;
  data?: Readonly<Record<string, unknown>>;
}

/** Where libs note acts that somebody may have to account for. */
export interface AuditSink {
  /** Resolves once the entry is stored, within the transaction `tx` where one is given. */
  record(entry: AuditEntry, tx?: Queryable): Promise<void>;
}

/** DI token of `AuditSink`. */
export const AUDIT_SINK = Symbol('AUDIT_SINK');
