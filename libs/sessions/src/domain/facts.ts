/** How what was learned of an attempt adds up when a second message tells of the same thing. Pure. */
import type { AcsFacts, Facts } from '@app/authentication-port';

/** Facts as stored: the authentication value is apart. */
export type KnownFacts = Omit<Facts, 'authenticationValue'>;

/** What one message decides. The next one decides anew: what it does not say is not known any more. */
const DECISION = [
  'transStatus',
  'transStatusReason',
  'eci',
  'challengeCancel',
  'interactionCounter',
  'resultsStatus',
  'error',
] as const satisfies readonly (keyof KnownFacts)[];

/** Whether `learned` comes from another message than the one that decided so far. */
export function decidesAnew(known: KnownFacts, learned: KnownFacts): boolean {
  const source = learned.resultSource;
  return source !== undefined && known.resultSource !== undefined && source !== known.resultSource;
}

/** What is known after `learned`: what identifies stays, a decision goes as a whole when another message decides. */
export function factsAfter(known: KnownFacts, learned: KnownFacts): KnownFacts {
  if (!decidesAnew(known, learned)) return { ...known, ...learned };
  const dropped: ReadonlySet<string> = new Set(DECISION);
  const kept = Object.fromEntries(Object.entries(known).filter(([name]) => !dropped.has(name)));
  return { ...kept, ...learned };
}

/** What an answer means that came after its attempt was settled. */
export interface LateAnswer {
  facts: KnownFacts;
  /** It tells of something else than the result that settled the attempt: one of the two is not the issuer's. */
  contradicts: boolean;
}

/**
 * Reads an answer that comes after the result. Where the ids agree, it tells who the issuer's servers are; the result
 * keeps every word about the outcome. It contradicts when the ids differ, or when it needed no such result at all.
 */
export function lateAnswer(known: KnownFacts, late: KnownFacts): LateAnswer {
  const agrees =
    sameId(known.dsTransactionId, late.dsTransactionId) && sameId(known.acs?.transactionId, late.acs?.transactionId);
  const namesIds = late.dsTransactionId !== undefined || late.acs !== undefined;
  const awaitsResult = late.transStatus === undefined || late.transStatus === 'C' || late.transStatus === 'D';
  // An upstream that can be asked tells the same result in the answer to a call, too.
  const isSameResult = late.resultSource === 'RReq' && late.transStatus === known.transStatus;
  const needsNoResult = !awaitsResult && !isSameResult;
  const contradicts = known.resultSource === 'RReq' && ((namesIds && !agrees) || needsNoResult);
  if (!agrees || late.acs === undefined) return { facts: known, contradicts };
  const acs: AcsFacts = { ...late.acs, ...known.acs };
  const { dsReferenceNumber } = late;
  return { facts: { ...known, acs, ...(dsReferenceNumber === undefined ? {} : { dsReferenceNumber }) }, contradicts };
}

/** UUIDs come in lower and upper case (emv-3ds.md section 2.1). What is not known agrees with nothing. */
function sameId(known: string | undefined, given: string | undefined): boolean {
  return known !== undefined && known.toLowerCase() === given?.toLowerCase();
}
