import { ACS, DS_TRANSACTION_ID } from '../testing/sessions';
import { isFinal, SESSION_STATUSES, type SessionStatus } from './session.machine';
import { verdictOf, type Verdict } from './verdict';

const known = { dsTransactionId: DS_TRANSACTION_ID, acs: ACS };

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
    expect(verdictOf(status, 'payment', known)).toMatchObject({ decidedBy, liabilityShift, advice });
  });

  it('is there for every final status and for no other', () => {
    for (const status of SESSION_STATUSES) {
      expect(verdictOf(status, 'payment', known) !== null).toBe(isFinal(status));
    }
  });

  it('names the directory server where it stood in for the issuer: both transaction ids are the same', () => {
    const standIn = { dsTransactionId: ACS.transactionId, acs: ACS };

    expect(verdictOf('attempted', 'payment', standIn)?.decidedBy).toBe('directory_server');
    expect(verdictOf('challenge_abandoned', 'payment', standIn)?.decidedBy).toBe('cardholder');
    expect(verdictOf('approved', 'payment', {})?.decidedBy).toBe('issuer');
  });

  it('calls shared data no liability shift', () => {
    expect(verdictOf('attempted', 'payment', { ...known, transStatus: 'I' })).toMatchObject({
      liabilityShift: 'no',
      advice: 'authorize_without_shift',
    });
    expect(verdictOf('attempted', 'payment', { ...known, transStatus: 'A' })?.liabilityShift).toBe('yes');
  });

  it('promises no shift for what is no payment', () => {
    expect(verdictOf('approved', 'non_payment', known)?.liabilityShift).toBe('unknown');
    expect(verdictOf('declined', 'non_payment', known)?.liabilityShift).toBe('no');
  });
});
