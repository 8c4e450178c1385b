/** What the upstream was called with, for tests to count. */
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@app/kernel';
import { CLOCK } from '../config';
import type { Endpoint } from './upstream-faults';

/** One call. `status` is what the endpoint decided: null while it runs, and where a fault struck before it was asked. */
export interface CallRecord {
  readonly at: string;
  readonly endpoint: Endpoint;
  readonly clientId: string | null;
  readonly sessionId: string | null;
  fault: string | null;
  status: number | null;
}

/** What to look for; members left out do not matter. */
export type CallQuery = Partial<Pick<CallRecord, 'endpoint' | 'clientId' | 'sessionId'>>;

const KEPT = 50_000;

/** The latest calls in order, and counts of all. */
@Injectable()
export class CallLog {
  private records: CallRecord[] = [];
  private counts = new Map<string, number>();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  begin(endpoint: Endpoint, clientId: string | null, sessionId: string | null): CallRecord {
    const at = this.clock.now().toISOString();
    const record: CallRecord = { at, endpoint, clientId, sessionId, fault: null, status: null };
    this.records.push(record);
    if (this.records.length > 2 * KEPT) this.records = this.records.slice(-KEPT);
    const key = `${endpoint} ${clientId ?? ''}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    return record;
  }

  /** The kept calls that fit, oldest first. */
  find(query: CallQuery): readonly CallRecord[] {
    const wanted = Object.entries(query) as [keyof CallQuery, string][];
    return this.records.filter((record) => wanted.every(([name, value]) => record[name] === value));
  }

  /** How many calls of an endpoint there were in all, by client id; calls of nobody known stand under an empty text. */
  countsOf(endpoint: Endpoint): Readonly<Record<string, number>> {
    const prefix = `${endpoint} `;
    const own = [...this.counts].filter(([key]) => key.startsWith(prefix));
    return Object.fromEntries(own.map(([key, count]) => [key.slice(prefix.length), count]));
  }

  reset(): void {
    this.records = [];
    this.counts = new Map();
  }
}
