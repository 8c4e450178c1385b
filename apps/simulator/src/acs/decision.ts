/** What the issuer decides when an AReq arrives, and the proof and codes that belong to each decision. Pure tables. */
import { randomBytes } from 'node:crypto';
import { ECI_BY_SCHEME, type EciOutcome } from '@app/emv3ds';
import type { CardBehaviour } from '../cards/card-table';
import type { Script } from '../control/scripts';
import type { Transaction } from '../transactions/transaction';
import { LISTED_RESULTS, OTHER_RESULTS, type ChallengeResult } from './challenge.machine';

/** The issuer's answer to an AReq. */
export type Decision =
  | { readonly kind: 'result'; readonly transStatus: ChallengeResult['transStatus'] | 'I'; readonly reason?: string }
  | { readonly kind: 'challenge'; readonly mandated: boolean }
  | { readonly kind: 'error'; readonly code?: string; readonly component?: 'C' | 'S' | 'D' | 'A' };

/** `threeDSRequestorChallengeInd` values that change what the issuer does (emv-3ds.md section 3.3). */
const MANDATE = '04';
const DATA_SHARE = '06';

/**
 * Decides by the card's listed behaviour. A mandate turns a frictionless approval into a challenge; a data share is
 * acknowledged (I) and never challenged.
 */
export function decide(behaviour: CardBehaviour, challengeIndicator: string | undefined): Decision {
  if (behaviour.flow === 'none' || behaviour.status === 'error') {
    return { kind: 'result', transStatus: 'U', reason: '13' };
  }
  if (behaviour.flow === 'challenge') {
    return challengeIndicator === DATA_SHARE
      ? { kind: 'result', transStatus: 'I' }
      : { kind: 'challenge', mandated: challengeIndicator === MANDATE };
  }
  if (behaviour.reason === 'ares_error') return { kind: 'error' };
  if (behaviour.status === 'approved' && challengeIndicator === MANDATE) return { kind: 'challenge', mandated: true };
  if (behaviour.status === 'approved' && challengeIndicator === DATA_SHARE) return { kind: 'result', transStatus: 'I' };
  const { transStatus, transStatusReason } = LISTED_RESULTS[behaviour.status];
  return { kind: 'result', transStatus, ...(transStatusReason === undefined ? {} : { reason: transStatusReason }) };
}

/** Decides as a script says. What fails on the way has been decided all the same: nobody learns what. */
export function decideAsScripted({ answer }: Script): Decision {
  switch (answer.kind) {
    case 'result':
      return {
        kind: 'result',
        transStatus: answer.transStatus,
        ...(answer.reason === null ? {} : { reason: answer.reason }),
      };
    case 'challenge':
      return answer;
    case 'erro':
      return { kind: 'error', code: answer.code, component: answer.component };
    default:
      return { kind: 'result', transStatus: 'U', reason: '22' };
  }
}

/** The result that the right password brings for a card. */
export function listedResult(behaviour: CardBehaviour): ChallengeResult {
  if (behaviour.reason === 'rreq_error') return OTHER_RESULTS.proofMissing;
  return behaviour.status === 'error' ? OTHER_RESULTS.badCReq : LISTED_RESULTS[behaviour.status];
}

const ECI_OUTCOMES: Record<ChallengeResult['transStatus'] | 'I', EciOutcome> = {
  Y: 'authenticated',
  A: 'attempted',
  N: 'none',
  R: 'none',
  U: 'none',
  I: 'informational',
};

/** First bytes of the values: Mastercard's begin with `k` (authenticated) or `j` in base64, the others have a status byte. */
const VALUE_HEADS = { mastercard: { Y: 0x90, A: 0x8c }, other: { Y: 0x02, A: 0x07 } } as const;

/** ECI and, where the status carries one, a synthetic authentication value of 20 bytes (emv-3ds.md sections 3.6, 3.7). */
export function proofOf(
  transaction: Pick<Transaction, 'eciSeries'>,
  transStatus: ChallengeResult['transStatus'] | 'I',
): { eci: string; authenticationValue?: string } {
  const eci = ECI_BY_SCHEME[transaction.eciSeries][ECI_OUTCOMES[transStatus]];
  if (transStatus !== 'Y' && transStatus !== 'A') return { eci };
  const heads = VALUE_HEADS[transaction.eciSeries === 'mastercard' ? 'mastercard' : 'other'];
  const value = randomBytes(20);
  value[0] = heads[transStatus];
  return { eci, authenticationValue: value.toString('base64') };
}

/** What the issuer wants the cardholder to read when it said no; undefined otherwise. */
export function cardholderInfoOf(transStatus: string): string | undefined {
  const texts: Record<string, string> = {
    N: 'Your bank could not confirm this payment. Please contact your bank or use another card.',
    R: 'Your bank declined this payment. Please call the number on the back of your card.',
  };
  return texts[transStatus];
}
