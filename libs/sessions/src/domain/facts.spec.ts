import type { Facts } from '@app/authentication-port';
import { ACS, aresFacts, DS_TRANSACTION_ID } from '../testing/sessions';
import { factsAfter, lateAnswer, type KnownFacts } from './facts';

const OTHER = '11111111-2222-4333-8444-555555555555';
const RESULT: KnownFacts = {
  resultSource: 'RReq',
  dsTransactionId: DS_TRANSACTION_ID.toUpperCase(),
  acs: { transactionId: ACS.transactionId, authenticationType: '04' },
  transStatus: 'Y',
  eci: '05',
};

describe('facts of two messages', () => {
  const answered = aresFacts('C', {
    transStatusReason: '17',
    eci: '07',
    challengeCancel: '07',
    dsReferenceNumber: 'DS-1',
    challengeRequest: 'Y3JlcQ',
    cardholderInfo: 'Call us',
    whiteListStatus: 'N',
  });

  it('keep no word of the former decision', () => {
    const facts = factsAfter(answered, { resultSource: 'RReq', transStatus: 'Y' });

    expect(facts).toEqual({
      resultSource: 'RReq',
      transStatus: 'Y',
      dsTransactionId: DS_TRANSACTION_ID,
      dsReferenceNumber: 'DS-1',
      acs: ACS,
      challengeRequest: 'Y3JlcQ',
      cardholderInfo: 'Call us',
      whiteListStatus: 'N',
    });
  });

  it('add up while one message decides', () => {
    expect(
      factsAfter(answered, { error: { code: '203', component: 'S', description: 'x', detail: 'y' } }),
    ).toMatchObject({ transStatus: 'C', eci: '07', error: { code: '203' } });
    expect(factsAfter({ dsReferenceNumber: 'DS-1' }, aresFacts('Y'))).toMatchObject({
      dsReferenceNumber: 'DS-1',
      transStatus: 'Y',
    });
  });
});

describe('an answer after its result', () => {
  const late = aresFacts('C', { eci: '07', dsReferenceNumber: 'DS-1', challengeRequest: 'Y3JlcQ' });

  it('tells who the servers are and nothing about the outcome', () => {
    expect(lateAnswer(RESULT, late)).toEqual({
      contradicts: false,
      facts: { ...RESULT, dsReferenceNumber: 'DS-1', acs: { ...ACS, authenticationType: '04' } },
    });
  });

  it.each<[string, Facts]>([
    ['another id of the directory server', { ...late, dsTransactionId: OTHER }],
    ['another id of the ACS', { ...late, acs: { ...ACS, transactionId: OTHER } }],
  ])('contradicts with %s, and teaches nothing', (_what, facts) => {
    expect(lateAnswer(RESULT, facts)).toEqual({ contradicts: true, facts: RESULT });
  });

  it.each(['Y', 'N', 'A', 'U', 'R', 'I'] as const)(
    'contradicts when it says %s: there was nothing to wait for',
    (letter) => {
      expect(lateAnswer(RESULT, aresFacts(letter)).contradicts).toBe(true);
    },
  );

  it('does not contradict when it tells the same result, as an upstream does that was asked meanwhile', () => {
    const letter = RESULT.transStatus ?? 'Y';

    expect(lateAnswer(RESULT, aresFacts(letter, { resultSource: 'RReq' })).contradicts).toBe(false);
    expect(lateAnswer(RESULT, aresFacts(letter === 'N' ? 'Y' : 'N', { resultSource: 'RReq' })).contradicts).toBe(true);
  });

  it('does not contradict when it could not be read', () => {
    const error = { code: '101', component: 'S', description: 'x', detail: 'y' };

    expect(lateAnswer(RESULT, { error })).toEqual({ contradicts: false, facts: RESULT });
  });

  it('does not contradict where no result was there, only the deadline', () => {
    expect(lateAnswer({}, aresFacts('Y'))).toEqual({ contradicts: false, facts: {} });
  });
});
