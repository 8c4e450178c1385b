import type { Doer } from '../admin/actor';

/** An entry of the audit log as far as others than its readers are told of it. */
export interface AuditTrace {
  readonly at: Date;
  readonly by: Pick<Doer, 'kind' | 'wireId' | 'name'>;
  readonly act: string;
  /** UUID of the merchant whose thing it is; null for what concerns the whole installation. */
  readonly merchantId: string | null;
}

/** What the audit log knows of a thing, for whoever has just found it changed. */
export interface AuditTrail {
  /**
   * The first entry about a thing (wire id) from `since` on, when it was changed; null where there is none. An act notes its
   * time right after its change, so that the first entry is that of the change.
   */
  changeOf(subject: string, since: Date): Promise<AuditTrace | null>;
}

/** DI token of `AuditTrail`. */
export const AUDIT_TRAIL = Symbol('AUDIT_TRAIL');
