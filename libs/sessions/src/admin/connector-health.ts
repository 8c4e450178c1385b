/** Calls to the other sides of a connector: directory servers, an upstream's API. Times in ms. */
export interface ConnectorCalls {
  readonly calls: number;
  /** No answer, one that nobody can read, or one that says that the other side cannot answer now. */
  readonly failed: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** How the last hour went with one connector in one environment. */
export interface ConnectorHealth extends ConnectorCalls {
  readonly environment: 'test' | 'live';
  readonly connector: string;
  /** The median of each minute, the oldest first; null where nobody called. */
  readonly p50PerMinute: readonly (number | null)[];
}
