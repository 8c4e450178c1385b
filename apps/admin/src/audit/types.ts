/** An entry of the audit log, as `GET /admin/api/audit` tells it. */
export interface AuditEntry {
  readonly id: string;
  /** Counts from 1, without a gap. */
  readonly seq: number;
  readonly at: string;
  readonly merchant_id: string | null;
  readonly actor: {
    readonly kind: 'operator' | 'service_account' | 'command_line';
    readonly id: string | null;
    readonly name: string;
  };
  readonly act: string;
  readonly subject: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly reason: string | null;
  readonly address: string | null;
  readonly request_id: string | null;
}

/** What a look at the whole chain found. */
export interface ChainVerdict {
  readonly intact: boolean;
  readonly entries: number | null;
  /** To be kept elsewhere, and held against the chain later. */
  readonly end: string | null;
  readonly problem: string | null;
  readonly broken_at: number | null;
}
