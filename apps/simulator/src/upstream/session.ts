/** One session as the scripted upstream knows it, and what follows from where it stands. */
import type { Scheme } from '@app/kernel';
import type { CardBehaviour } from '../cards/card-table';

export type Json = Readonly<Record<string, unknown>>;

export type UpstreamStatus =
  | 'pending'
  | 'processing'
  | 'challenged'
  | 'challenge_abandoned'
  | 'expired'
  | 'approved'
  | 'attempted'
  | 'unavailable'
  | 'declined'
  | 'rejected';

export type Channel = 'browser' | 'app' | 'merchant_initiated';

/** What the issuer side has said so far; members carry the words of the contract (sessions-api.md section 6). */
export interface Outcome {
  readonly status: UpstreamStatus;
  readonly responseCode?: string;
  readonly responseStatusReason?: string;
  readonly statusReason?: string;
  readonly eci?: string;
  readonly cryptogram?: string;
  readonly cardholderInfo?: string;
  readonly acs?: Json;
  readonly threeDs?: Json;
  readonly challenged?: boolean;
}

/** Changed only by the sessions service. No card number is kept. */
export interface UpstreamSession {
  readonly id: string;
  readonly secret: string;
  readonly clientId: string;
  readonly transactionId: string;
  readonly dsTransactionId: string;
  readonly acsTransactionId: string;
  readonly createdAt: Date;
  readonly scheme: Scheme;
  /** The series that ECI and authentication value follow: Cartes Bancaires has its co-badge's. */
  readonly eciSeries: Exclude<Scheme, 'cartes_bancaires'>;
  readonly behaviour: CardBehaviour;
  readonly lastFour: string;
  readonly instrumentId: string;
  readonly fingerprint: string;
  /** As received, card number masked. */
  readonly request: Json;
  readonly hosted: boolean;
  /** Later bodies as received, with the name of the call. */
  readonly updates: { readonly call: string; readonly at: string; readonly body: Json }[];
  channel: Channel | null;
  hasChannelData: boolean;
  /** Whether device data of an app could be read by a directory server. */
  readableAppData: boolean;
  methodCompletion: 'Y' | 'N' | 'U' | null;
  outcome: Outcome;
  completed: boolean;
  /** A call that takes its time holds the session: others hear 409. */
  busy: boolean;
}

/** A member that is text, or an empty text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const OPEN: ReadonlySet<UpstreamStatus> = new Set(['pending', 'processing', 'challenged']);

/** Whether nothing can change any more but its completion. */
export function isFinal(session: UpstreamSession): boolean {
  return !OPEN.has(session.outcome.status);
}

/** Whether the 3DS Method is still to be run: only a browser can. */
export function awaitsFingerprint(session: UpstreamSession): boolean {
  const inBrowser = session.channel === null || session.channel === 'browser';
  return inBrowser && session.behaviour.methodUrl && session.methodCompletion === null;
}

/** What the client has to do next. `channel` is the header of the same name, which filters (sessions-api.md section 6.2). */
export function nextActions(session: UpstreamSession, channel?: string): readonly string[] {
  switch (session.outcome.status) {
    case 'pending': {
      if (session.hosted) return ['redirect_cardholder'];
      const fingerprint = awaitsFingerprint(session) && channel !== 'app';
      return [
        ...(session.hasChannelData ? [] : ['collect_channel_data']),
        ...(fingerprint ? ['issuer_fingerprint'] : []),
      ];
    }
    case 'processing':
      return [];
    case 'challenged':
      return ['challenge_cardholder'];
    default:
      return session.hosted || session.completed ? [] : ['complete'];
  }
}
