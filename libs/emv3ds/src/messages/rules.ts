/** Rules that tie fields of one message together, or to the request it answers: error 203 by names (emv-3ds.md 3.1, 2.9). */
import type { MessageContext, Situation } from '../context';
import type { MessageType } from './common';
import type { PRes } from './pres';

type Rule = (message: Readonly<Record<string, unknown>>, situation: Situation) => readonly string[];

/** Challenge preferences that may be answered with I: 05, 06, 07, and a directory server's own. */
const INFORMATIONAL = /^(0[567]|[89]\d)$/;

const RULES: Partial<Record<MessageType, Rule>> = {
  ARes: (ares, { channel, context }) => [
    ...(isLegalOutcome(ares['transStatus'], channel, context) ? [] : ['transStatus']),
    ...(isLegalDecoupling(ares, context) ? [] : ['acsDecConInd']),
  ],
  PRes: (pres) => {
    // The formats were checked before, so the records are what their type says.
    const records = (pres as unknown as PRes).cardRangeData ?? [];
    return records.every((record) => areBounds(record.startRange, record.endRange)) ? [] : ['cardRangeData.endRange'];
  },
};

/** The names of fields that contradict another or the request; empty when all is well. */
export function brokenRules(situation: Situation, message: Readonly<Record<string, unknown>>): readonly string[] {
  return RULES[situation.type]?.(message, situation) ?? [];
}

/** Tells whether two numbers bound a card range: digits of one length, the first not above the second. */
export function areBounds(start: string, end: string): boolean {
  return start.length === end.length && start <= end;
}

function isLegalOutcome(transStatus: unknown, channel: string, { areq }: MessageContext): boolean {
  if (transStatus === 'C' && channel === '03') return false;
  if (areq === undefined) return true;
  const indicator = areq.threeDSRequestorChallengeInd ?? '01';
  if (transStatus === 'C') return indicator !== '06';
  if (transStatus === 'D') return areq.threeDSRequestorDecReqInd === 'Y';
  if (transStatus === 'I') return INFORMATIONAL.test(indicator);
  return true;
}

function isLegalDecoupling(ares: Readonly<Record<string, unknown>>, { areq }: MessageContext): boolean {
  const isConfirmed = ares['acsDecConInd'] === 'Y';
  if (ares['transStatus'] === 'D' && !isConfirmed) return false;
  return !isConfirmed || areq === undefined || areq.threeDSRequestorDecReqInd === 'Y';
}
