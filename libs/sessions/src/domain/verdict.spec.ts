import type { Scheme } from '@app/kernel';
import { ACS, DS_TRANSACTION_ID } from '../testing/sessions';
import { isFinal, SESSION_STATUSES, type SessionStatus } from './session.machine';
import { verdictOf, type Verdict } from './verdict';

const known = { dsTransactionId: DS_TRANSACTION_ID, acs: ACS };

type Judged = Parameters<typeof verdictOf>[0];

function judged(
  status: SessionStatus,
  authenticationCategory: 'payment' | 'non_payment',
  facts: Judged['attempt']['facts'],
  scheme: Scheme = 'visa',
): Verdict | null {
  return verdictOf({ status, details: { purchase: { authenticationCategory } }, attempt: { scheme, facts } });
}

describe('the verdict', () => {
  it.each<[SessionStatus, Verdict['decidedBy'], Verdict['liabilityShift'], Verdict['advice']]>([
    ['approved', 'issuer', 'yes', 'authorize'],
    ['attempted', 'issuer', 'yes', 'authorize'],
    ['declined', 'issuer', 'no', 'do_not_authorize'],
    ['rejected', 'issuer', 'no', 'do_not_authorize'],
    ['unavailable', 'nobody', 'no', 'retry_or_authorize_without_shift'],
    ['challenge_abandoned', 'cardholder', 'no', 'retry'],
    ['expired', 'nobody', 'no', 'retry'],
  ])('of %s: decided by %s, shift %s, %s', (status, decidedBy, liabilityShift, advice) => {
    expect(judged(status, 'payment', known)).toMatchObject({ decidedBy, liabilityShift, advice });
  });

  it.each<[SessionStatus, Verdict['advice']]>([
    ['expired', 'retry'],
    ['unavailable', 'retry_or_authorize_without_shift'],
    ['challenge_abandoned', 'retry'],
  ])('of %s says of an operator that they ended it, and of nobody else', (status, advice) => {
    const ended = judged(status, 'payment', { ...known, endedByOperator: true });

    expect(ended).toMatchObject({ decidedBy: 'nobody', liabilityShift: 'no', advice });
    expect(ended?.text).toMatch(/^An operator ended the session/);
  });

  it('is there for every final status and for no other', () => {
    for (const status of SESSION_STATUSES) {
      expect(judged(status, 'payment', known) !== null).toBe(isFinal(status));
    }
  });

  it('names the directory server where it stood in for the issuer: both transaction ids are the same', () => {
    const standIn = { dsTransactionId: ACS.transactionId, acs: ACS };

    expect(judged('attempted', 'payment', standIn)?.decidedBy).toBe('directory_server');
    expect(judged('challenge_abandoned', 'payment', standIn)?.decidedBy).toBe('cardholder');
    expect(judged('approved', 'payment', {})?.decidedBy).toBe('issuer');
  });

  it('calls shared data no liability shift', () => {
    expect(judged('attempted', 'payment', { ...known, transStatus: 'I' })).toMatchObject({
      liabilityShift: 'no',
      advice: 'authorize_without_shift',
    });
    expect(judged('attempted', 'payment', { ...known, transStatus: 'A' })?.liabilityShift).toBe('yes');
  });

  it('promises no shift for what is no payment', () => {
    expect(judged('approved', 'non_payment', known)?.liabilityShift).toBe('unknown');
    expect(judged('declined', 'non_payment', known)?.liabilityShift).toBe('no');
  });

  it.each<[Scheme, string, Verdict['liabilityShift']]>([
    ['visa', '05', 'yes'],
    ['visa', '06', 'yes'],
    ['visa', '07', 'unknown'],
    ['mastercard', '02', 'yes'],
    ['mastercard', '01', 'yes'],
    ['mastercard', '06', 'unknown'],
    ['cartes_bancaires', '02', 'yes'],
    ['cartes_bancaires', '07', 'unknown'],
  ])('of %s with ECI %s: shift %s', (scheme, eci, liabilityShift) => {
    expect(judged('approved', 'payment', { ...known, eci }, scheme)).toMatchObject({ liabilityShift });
  });

  it('promises no shift beside an exemption that was applied', () => {
    const withExemption = (exemption: unknown) => ({ ...known, upstream: { members: { exemption } } });

    expect(judged('approved', 'payment', withExemption({ applied: 'low_value' }))?.liabilityShift).toBe('unknown');
    expect(judged('approved', 'payment', withExemption({ applied: 'none' }))?.liabilityShift).toBe('yes');
    expect(judged('declined', 'payment', withExemption({ applied: 'low_value' }))?.liabilityShift).toBe('no');
  });
});
