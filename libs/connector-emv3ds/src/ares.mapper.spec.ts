import { decodeMessage, type ARes } from '@app/emv3ds';
import { toAReq } from './areq.mapper';
import { aresOutcome } from './ares.mapper';
import { anAttempt, TRANSACTION_ID } from './testing/attempt';

const areq = toAReq(anAttempt(), {
  serverUrl: 'https://api.example/3ds/rreq',
  notificationUrl: 'https://api.example/3ds/end',
  now: new Date('2026-11-23T10:00:00Z'),
});

const anARes = (over: Partial<ARes>): ARes => ({
  messageType: 'ARes',
  messageVersion: '2.2.0',
  threeDSServerTransID: TRANSACTION_ID,
  acsTransID: 'd7c1ee99-9478-44a6-b1f2-391e29c6b340',
  dsTransID: 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b',
  acsReferenceNumber: 'ACS-1',
  dsReferenceNumber: 'DS-1',
  ...over,
});

describe('outcome of an ARes', () => {
  it.each(['Y', 'N', 'A', 'R', 'I'] as const)('%s is the issuer’s word', (transStatus) => {
    const outcome = aresOutcome(areq, anARes({ transStatus, eci: '05' }));

    expect(outcome).toMatchObject({ next: 'final', facts: { resultSource: 'ARes', transStatus, eci: '05' } });
    expect(outcome.failure).toBeUndefined();
  });

  it.each(['U', undefined] as const)('%s is no word of the issuer', (transStatus) => {
    expect(aresOutcome(areq, anARes(transStatus ? { transStatus } : {}))).toMatchObject({
      next: 'final',
      failure: 'ares_status',
    });
  });

  it('C gives a challenge request that the browser can post', () => {
    const ares = anARes({
      transStatus: 'C',
      acsURL: 'https://acs.example/challenge',
      acsChallengeMandated: 'N',
      authenticationType: '02',
    });

    const { next, facts } = aresOutcome(areq, ares);

    expect(next).toBe('challenge');
    expect(facts.acs).toEqual({
      transactionId: ares.acsTransID,
      referenceNumber: 'ACS-1',
      url: 'https://acs.example/challenge',
      challengeMandated: false,
      authenticationType: '02',
    });
    expect(facts.challengeRequest).toMatch(/^[\w-]+$/);
    expect(decodeMessage(facts.challengeRequest ?? '', { expect: ['CReq'], receiver: 'A' })).toMatchObject({
      threeDSServerTransID: TRANSACTION_ID,
      acsTransID: ares.acsTransID,
      challengeWindowSize: '05',
    });
  });

  it('hides the authentication value', () => {
    const { facts } = aresOutcome(
      areq,
      anARes({ transStatus: 'Y', authenticationValue: 'AAkBAyIGZVYzIkl0AhYyAAAAAAA=' }),
    );

    expect(facts.authenticationValue?.expose()).toBe('AAkBAyIGZVYzIkl0AhYyAAAAAAA=');
    expect(JSON.stringify(facts)).not.toContain('AAkBAyIGZ');
  });
});
