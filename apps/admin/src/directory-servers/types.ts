/** A directory server and how its card ranges stand, as `GET /admin/api/directory-servers` tells. */
export interface DirectoryServer {
  /** `test-visa` */
  readonly id: string;
  readonly environment: 'test' | 'live';
  readonly directory_server: string;
  readonly url: string;
  readonly ds_start_version: string | null;
  readonly ds_end_version: string | null;
  readonly ranges: number;
  readonly ranges_loaded_at: string | null;
  readonly last_attempt_at: string | null;
  readonly next_attempt_at: string | null;
  readonly last_error: string | null;
  readonly last_hour: CallFigures;
  readonly last_day: CallFigures;
  /** Null where none was seen: over `http://`, or before the first connection. */
  readonly certificate: {
    readonly subject: string;
    readonly issuer: string;
    readonly not_before: string;
    readonly not_after: string;
    readonly days_left: number;
    readonly seen_at: string;
  } | null;
}

/** Authentication requests of a time, of all replicas. */
export interface CallFigures {
  readonly calls: number;
  readonly failed: number;
  readonly error_rate: number | null;
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
}

/** What a directory server says of a card. */
export interface Found {
  readonly id: string;
  readonly directory_server: string;
  readonly range: {
    readonly start: string;
    readonly end: string;
    readonly acs_start_version: string;
    readonly acs_end_version: string;
    readonly method_url: string | null;
  } | null;
}
