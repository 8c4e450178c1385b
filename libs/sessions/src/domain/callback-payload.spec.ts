import { encodeId, Secret } from '@app/kernel';
import {
  aChallengedSession,
  aFinalSession,
  aProcessingSession,
  aresFacts,
  aStep,
  AT,
  DS_TRANSACTION_ID,
  SESSION_ID,
} from '../testing/sessions';
import { callbackPayload, isApproved } from './callback-payload';
import { applyStep, move } from './changes';
import { SESSION_STATUSES } from './session.machine';

const CRYPTOGRAM = 'MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=';
const cause = { at: AT, actor: 'issuer' };

describe('the callback payload', () => {
  it('tells a frictionless success as the contract has it', () => {
    expect(callbackPayload(aFinalSession('approved', aresFacts('Y', { eci: '05' })))).toEqual({
      session_id: encodeId('session', SESSION_ID),
      amount: 6540,
      currency: 'USD',
      status: 'approved',
      approved: true,
      challenged: false,
      authentication_type: 'regular',
      authentication_category: 'payment',
      reference: 'ORD-1',
      protocol_version: '2.2.0',
      response_code: 'Y',
    });
  });

  it('gives the reason under both names, and the text for the cardholder', () => {
    const facts = aresFacts('N', { transStatusReason: '01', cardholderInfo: 'Call your bank' });

    expect(callbackPayload(aFinalSession('declined', facts, { challenged: true }))).toMatchObject({
      approved: false,
      challenged: true,
      response_code: 'N',
      response_reason: '01',
      response_status_reason: '01',
      cardholder_info: 'Call your bank',
    });
  });

  it('says what a GET says where no final letter came: U when unavailable, none when the challenge had no end', () => {
    const lost = move(aProcessingSession(), 'deadlinePassed', cause, { type: 'deadline_passed' }).session;
    const left = move(aChallengedSession(), 'deadlinePassed', cause, { type: 'deadline_passed' }).session;

    expect(callbackPayload(lost)['response_code']).toBe('U');
    expect(callbackPayload(left)).not.toHaveProperty('response_code');
    expect(callbackPayload(left)['challenged']).toBe(true);
  });

  it('leaves out a reference that was not given', () => {
    expect(callbackPayload(aFinalSession('approved', aresFacts('Y'), { reference: null }))).not.toHaveProperty(
      'reference',
    );
  });

  it('holds neither cryptogram nor ECI nor the id to use with them, which are added when it is sent', () => {
    const facts = aresFacts('Y', { eci: '05', authenticationValue: new Secret(CRYPTOGRAM) });
    const { session } = applyStep(aProcessingSession(), aStep('final', facts), cause, Buffer.from('sealed'));
    const payload = callbackPayload(session);

    expect(payload['status']).toBe('approved');
    for (const field of ['cryptogram', 'eci', 'xid']) expect(payload).not.toHaveProperty(field);
    expect(JSON.stringify(payload)).not.toContain(CRYPTOGRAM);
    expect(JSON.stringify(payload)).not.toContain(DS_TRANSACTION_ID);
  });
});

describe('approved', () => {
  it('is true for the two statuses that go to the success page', () => {
    expect(SESSION_STATUSES.filter((status) => isApproved({ status }))).toEqual(['approved', 'attempted']);
  });
});
