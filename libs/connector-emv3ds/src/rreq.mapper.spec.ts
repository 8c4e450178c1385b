import type { Attempt, Facts } from '@app/authentication-port';
import type { RReq } from '@app/emv3ds';
import { Secret } from '@app/kernel';
import { invalidRReqEffect, rreqEffect } from './rreq.mapper';
import { anAttempt, TRANSACTION_ID } from './testing/attempt';

const DS_ID = 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b';
const ACS_ID = 'd7c1ee99-9478-44a6-b1f2-391e29c6b340';
const OTHER_ID = '11111111-2222-4333-8444-555555555555';
const IDS = { threeDSServerTransID: TRANSACTION_ID, dsTransID: DS_ID, acsTransID: ACS_ID };

const anRReq = (over: Partial<RReq> = {}): RReq => ({
  messageType: 'RReq',
  messageVersion: '2.2.0',
  ...IDS,
  messageCategory: '01',
  transStatus: 'Y',
  authenticationType: '02',
  eci: '05',
  interactionCounter: '01',
  ...over,
});

const CHALLENGE: Facts = {
  resultSource: 'ARes',
  transStatus: 'C',
  dsTransactionId: DS_ID,
  acs: { transactionId: ACS_ID, referenceNumber: 'ACS-1', url: 'https://acs.example' },
};

const challenged = (over: Partial<Attempt> = {}): Attempt =>
  anAttempt({ progress: 'answered', facts: CHALLENGE, ...over });

describe('result request', () => {
  it('decides a challenged attempt', () => {
    const value = new Secret('AAkBAyIGZVYzIkl0AhYyAAAAAAA=');

    const { outcome, answer } = rreqEffect(challenged(), anRReq(), { authenticationValue: value });

    expect(outcome).toMatchObject({
      next: 'final',
      facts: {
        resultSource: 'RReq',
        transStatus: 'Y',
        eci: '05',
        authenticationValue: value,
        interactionCounter: '01',
        resultsStatus: '01',
        acs: { transactionId: ACS_ID, authenticationType: '02' },
      },
    });
    expect(answer).toEqual({ messageType: 'RRes', messageVersion: '2.2.0', ...IDS, resultsStatus: '01' });
  });

  it('keeps reason and cancellation, and says why a result is none', () => {
    const rreq = anRReq({ transStatus: 'U', transStatusReason: '22', challengeCancel: '06' });

    expect(rreqEffect(challenged(), rreq, {}).outcome).toMatchObject({
      failure: 'rreq_status',
      facts: { transStatus: 'U', transStatusReason: '22', challengeCancel: '06' },
    });
  });

  it('is taken before the ARes was stored, and its ids are adopted', () => {
    const effect = rreqEffect(anAttempt({ progress: 'asked' }), anRReq(), {});

    expect(effect.outcome?.facts).toMatchObject({
      dsTransactionId: DS_ID,
      acs: { transactionId: ACS_ID, authenticationType: '02' },
      transStatus: 'Y',
    });
    expect(effect.answer.messageType).toBe('RRes');
  });

  it('compares ids in either letter case', () => {
    const rreq = anRReq({ dsTransID: DS_ID.toUpperCase(), acsTransID: ACS_ID.toUpperCase() });

    expect(rreqEffect(challenged(), rreq, {}).outcome).not.toBeNull();
  });

  it.each(['threeDSServerTransID', 'dsTransID', 'acsTransID'] as const)(
    'with a foreign %s is refused with 301 and changes nothing',
    (name) => {
      const { outcome, answer } = rreqEffect(challenged(), anRReq({ [name]: OTHER_ID }), {});

      expect(outcome).toBeNull();
      expect(answer).toMatchObject({ messageType: 'Erro', errorCode: '301', errorComponent: 'S', errorDetail: name });
    },
  );

  it('of another message category ends the attempt with rreq_error', () => {
    const { outcome, answer } = rreqEffect(challenged(), anRReq({ messageCategory: '02' }), {});

    expect(outcome).toMatchObject({
      next: 'final',
      failure: 'rreq_error',
      facts: { error: { code: '203', component: 'S' } },
    });
    expect(answer).toMatchObject({ messageType: 'Erro', errorCode: '203' });
  });

  it('of another category does not end an attempt whose ids are not known yet', () => {
    expect(rreqEffect(anAttempt({ progress: 'asked' }), anRReq({ messageCategory: '02' }), {}).outcome).toBeNull();
  });

  it.each<[string, Attempt, string]>([
    [
      'after the first result',
      challenged({ progress: 'settled', facts: { ...CHALLENGE, resultSource: 'RReq', transStatus: 'Y' } }),
      '305',
    ],
    ['after a result that was refused', challenged({ progress: 'settled', state: { resultRefused: true } }), '305'],
    [
      'after a frictionless answer',
      challenged({ progress: 'settled', facts: { ...CHALLENGE, transStatus: 'Y' } }),
      '305',
    ],
    ['before anything was asked', anAttempt({ progress: 'planned' }), '301'],
  ])('%s is refused and changes nothing', (_, attempt, code) => {
    const { outcome, answer } = rreqEffect(attempt, anRReq({ transStatus: 'N', transStatusReason: '01' }), {});

    expect(outcome).toBeNull();
    expect(answer).toMatchObject({ messageType: 'Erro', errorCode: code, errorMessageType: 'RReq', ...IDS });
  });

  it.each<[string, Attempt, string]>([
    ['after the deadline', challenged({ progress: 'settled' }), '01'],
    [
      'after the merchant declined the challenge and the deadline passed',
      challenged({ progress: 'settled', state: { declined: true } }),
      '02',
    ],
    ['for a challenge that never reached us', anAttempt({ progress: 'settled', facts: {} }), '03'],
  ])('%s is answered and changes nothing', (_, attempt, status) => {
    const { outcome, answer } = rreqEffect(attempt, anRReq(), {});

    expect(outcome).toBeNull();
    expect(answer).toMatchObject({ messageType: 'RRes', resultsStatus: status });
  });

  it('tells that the merchant declined the challenge', () => {
    const { outcome, answer } = rreqEffect(challenged({ state: { declined: true } }), anRReq(), {});

    expect(answer).toMatchObject({ resultsStatus: '02' });
    expect(outcome?.facts.resultsStatus).toBe('02');
  });
});

describe('result request that cannot be read', () => {
  const invalid = { code: '201', description: 'Required element missing', detail: 'authenticationValue' };
  const notice = (ids: object) => ({ messageType: 'RReq' as const, invalid, ids });

  it('ends the attempt when all ids are its own', () => {
    const { outcome, answer } = invalidRReqEffect(challenged(), notice(IDS));

    expect(outcome).toMatchObject({ next: 'final', failure: 'rreq_error', facts: { error: invalid } });
    expect(answer).toMatchObject({ messageType: 'Erro', errorCode: '201', errorDetail: 'authenticationValue' });
  });

  it.each<[string, Attempt, object]>([
    ['one id is missing', challenged(), { threeDSServerTransID: TRANSACTION_ID, dsTransID: DS_ID }],
    ['one id is foreign', challenged(), { ...IDS, acsTransID: OTHER_ID }],
    ['the ids are not known yet', anAttempt({ progress: 'asked' }), IDS],
    ['a result is there', challenged({ progress: 'settled', facts: { ...CHALLENGE, resultSource: 'RReq' } }), IDS],
  ])('changes nothing when %s', (_, attempt, ids) => {
    const { outcome, answer } = invalidRReqEffect(attempt, notice(ids));

    expect(outcome).toBeNull();
    expect(answer).toMatchObject({ messageType: 'Erro', errorCode: '201' });
  });
});
