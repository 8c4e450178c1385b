import type { Doer } from '../admin/actor';
import type { Queryable } from '../database/database';

/**
 * Who did what to what, why, from where, and what it changed. `before` and `after` hold what is different, in the words of
 * the wire; never a secret, a card number or an authentication value.
 */
export interface AuditEntry {
  readonly at: Date;
  readonly by: Doer;
  /** Such as `operator.invited`: a thing and what was done to it. */
  readonly act: string;
  /** The wire id of what it was done to. */
  readonly subject: string;
  /** UUID of the merchant whose it is; null for what concerns the whole installation. */
  readonly merchantId: string | null;
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
  /** In the words of who did it. */
  readonly reason?: string | null;
}

/** Where libs note what operators did: the audit log, whose entries are chained. */
export interface AuditSink {
  /**
   * Resolves once the entry is stored: with `tx` as part of that transaction, so that the act and its entry are there both
   * or not at all. Make it the transaction's last statement: from then on other entries wait for its end.
   */
  record(entry: AuditEntry, tx?: Queryable): Promise<void>;
}

/** DI token of `AuditSink`. */
export const AUDIT_SINK = Symbol('AUDIT_SINK');
