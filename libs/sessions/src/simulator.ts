import type { AcquirerRecord } from '@app/credentials';
import type { Scheme } from '@app/kernel';

/** A card that is published to be tried, and what its issuer does. */
export interface SimulatorCard {
  readonly number: string;
  readonly scheme: Scheme;
  readonly flow: 'frictionless' | 'challenge' | 'none';
  readonly status: 'approved' | 'attempted' | 'declined' | 'rejected' | 'unavailable' | 'error';
  /** `status_reason`, or why the card is turned away. */
  readonly reason: string | null;
  readonly methodUrl: boolean;
}

/** The answer to an authentication request: the issuer's word, a challenge, an Erro, or a failure on the way. */
export type ScriptedAnswer =
  | {
      readonly kind: 'result';
      readonly transStatus: ScriptedResult['transStatus'] | 'I';
      /** EMV transStatusReason. */
      readonly reason: string | null;
    }
  | { readonly kind: 'challenge'; readonly mandated: boolean }
  | { readonly kind: 'erro'; readonly code: string; readonly component: 'A' | 'C' | 'D' }
  | { readonly kind: 'timeout' | 'reset' | 'html' };

/** How a challenge ends, in the words of the RReq. */
export interface ScriptedResult {
  readonly transStatus: 'Y' | 'A' | 'N' | 'R' | 'U';
  readonly reason: string | null;
  readonly challengeCancel: string | null;
  /** How often the cardholder tried. */
  readonly tries: number;
  /** It lacks what its status demands, and so has to be refused. */
  readonly malformed: boolean;
}

/** What one transaction is to meet, whatever its card. */
export interface IssuerScript {
  readonly answer: ScriptedAnswer;
  /** Null: no result comes. */
  readonly result: ScriptedResult | null;
}

/** The outside world in a box, where this installation has one. The server binds it. All throw CountersignError 503. */
export interface Simulator {
  /** Who a merchant is to its directory servers: made up, for every scheme. */
  readonly acquirers: readonly AcquirerRecord[];
  cards(): Promise<readonly SimulatorCard[]>;
  /** Says what a transaction that is still to come will meet. */
  script(transactionId: string, script: IssuerScript): Promise<void>;
  /** Has the challenge of a scripted transaction end; resolves once its result was reported. */
  play(transactionId: string): Promise<void>;
}

/** DI token of `Simulator`. */
export const SIMULATOR = Symbol('SIMULATOR');
