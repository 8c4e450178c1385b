import { canonicalJson } from '@app/kernel';

/** All that the chain vouches for of an entry. */
export interface AuditFacts {
  /** UUID. */
  readonly id: string;
  /** Counts from 1, without a gap. */
  readonly seq: number;
  /** Microseconds since 1970, as Postgres keeps them. */
  readonly atMicros: string;
  readonly merchantId: string | null;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly act: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

/** An entry as it is listed. */
export interface AuditLine extends Omit<AuditFacts, 'atMicros'> {
  readonly at: Date;
}

/** Where a chain ends: the number of its last entry and that one's hash. */
export interface ChainEnd {
  readonly seq: number;
  readonly mac: Buffer;
}

/** The end of a chain without entries. */
export const CHAIN_START: ChainEnd = { seq: 0, mac: Buffer.alloc(0) };

/** What the keyed hash of an entry is made of: the hash before it, and everything that the entry says. */
export function chainText(previous: Buffer, facts: AuditFacts): string {
  return `${previous.toString('hex')}\n${canonicalJson(facts)}`;
}

export type ChainProblem = 'entry_missing' | 'entry_altered' | 'end_missing' | 'end_altered' | 'anchor_missed';

/** What a look at the whole chain found. `brokenAt` is the number of the first entry that is not as it was written. */
export type ChainVerdict =
  | { readonly intact: true; readonly entries: number; readonly end: string }
  | { readonly intact: false; readonly problem: ChainProblem; readonly brokenAt: number };

/** An end as text, for people to keep: `<number>:<hash in hex>`. */
export function chainEndText({ seq, mac }: ChainEnd): string {
  return `${seq}:${mac.toString('hex')}`;
}

/** The end behind such a text, or null. */
export function parseChainEnd(text: string): ChainEnd | null {
  const [, seq, mac = ''] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  return seq === undefined || Number(seq) === 0 ? null : { seq: Number(seq), mac: Buffer.from(mac, 'hex') };
}
