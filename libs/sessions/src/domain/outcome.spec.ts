import type { Facts, Step, TransStatus } from '@app/authentication-port';
import { aStep } from '../testing/sessions';
import { outcomeOf } from './outcome';

const SUCCESS = ['authenticated', 'attempted'];

describe('what a step means for a session', () => {
  it.each<[TransStatus, string]>([
    ['Y', 'authenticated'],
    ['A', 'attempted'],
    ['I', 'attempted'],
    ['N', 'notAuthenticated'],
    ['R', 'rejected'],
    ['U', 'unavailable'],
    ['S', 'unavailable'],
  ])('reads the final letter %s as %s', (letter, trigger) => {
    expect(outcomeOf(aStep('final', { transStatus: letter, resultSource: 'ARes' })).trigger).toBe(trigger);
  });

  it('reads C as a challenge and D as waiting', () => {
    expect(outcomeOf(aStep('challenge', { transStatus: 'C' }))).toEqual({
      trigger: 'challengeRequired',
      statusReason: null,
    });
    expect(outcomeOf(aStep('decoupled', { transStatus: 'D' }))).toEqual({ trigger: null, statusReason: null });
  });

  it('gives a reason with unavailable, after the message that said so, and with nothing else', () => {
    expect(outcomeOf(aStep('final', { transStatus: 'U', resultSource: 'ARes' })).statusReason).toBe('ares_status');
    expect(outcomeOf(aStep('final', { transStatus: 'U', resultSource: 'RReq' })).statusReason).toBe('rreq_status');
    for (const letter of ['Y', 'A', 'I', 'N', 'R'] as const) {
      expect(outcomeOf(aStep('final', { transStatus: letter, resultSource: 'RReq' })).statusReason).toBeNull();
    }
  });

  it.each(['01', '03', '04', '05', '08'])('calls a challenge cancelled by %s left', (challengeCancel) => {
    for (const transStatus of ['N', 'U'] as const) {
      expect(outcomeOf(aStep('final', { transStatus, challengeCancel, resultSource: 'RReq' }))).toEqual({
        trigger: 'challengeLeft',
        statusReason: null,
      });
    }
  });

  it.each(['06', '07', '80'])('does not call a challenge that ended by %s left', (challengeCancel) => {
    const step = aStep('final', { transStatus: 'N', challengeCancel, resultSource: 'RReq' });

    expect(outcomeOf(step).trigger).toBe('notAuthenticated');
  });

  it('does not let a cancel code take a success away', () => {
    const step = aStep('final', { transStatus: 'Y', challengeCancel: '01', resultSource: 'RReq' });

    expect(outcomeOf(step).trigger).toBe('authenticated');
  });

  it.each(['ares_error', 'rreq_error', 'ares_status', 'rreq_status'] as const)(
    'reads a failure as unavailable for its own reason, %s',
    (failure) => {
      for (const facts of [{}, { transStatus: 'Y' }, { transStatus: 'C' }] as Facts[]) {
        expect(outcomeOf(aStep('final', facts, { failure }))).toEqual({
          trigger: 'unavailable',
          statusReason: failure,
        });
      }
    },
  );

  it('reads an unreachable issuer side as unavailable', () => {
    const cause = { code: '405', component: 'S', description: '', detail: '' };
    const step: Step = { next: 'unreachable', issuerMayHaveSeen: false, cause, exchanges: [] };

    expect(outcomeOf(step)).toEqual({ trigger: 'unavailable', statusReason: 'ares_error' });
  });

  it('changes nothing while the connector waits, whatever it has learned before', () => {
    for (const transStatus of ['Y', 'C', 'U', undefined] as const) {
      expect(outcomeOf(aStep('waiting', transStatus === undefined ? {} : { transStatus }))).toEqual({
        trigger: null,
        statusReason: null,
      });
    }
  });

  it.each(['', 'Q', 'y', 'YY', 'constructor', '__proto__', 'toString'])(
    'takes the letter %j, which no version has, for unavailable',
    (letter) => {
      const step = aStep('final', { transStatus: letter as TransStatus, resultSource: 'ARes' });

      expect(outcomeOf(step)).toEqual({ trigger: 'unavailable', statusReason: 'ares_error' });
    },
  );

  it('names the result message where that was not understood', () => {
    const step = aStep('final', { transStatus: 'Q' as TransStatus, resultSource: 'RReq' });

    expect(outcomeOf(step).statusReason).toBe('rreq_error');
  });

  it('takes a final step without a letter, or with one that ends nothing, for unavailable', () => {
    expect(outcomeOf(aStep('final', {})).trigger).toBe('unavailable');
    for (const letter of ['C', 'D'] as const) {
      expect(outcomeOf(aStep('final', { transStatus: letter })).trigger).toBe('unavailable');
    }
  });

  it('believes a success only from a final step', () => {
    for (const next of ['challenge', 'decoupled', 'waiting'] as const) {
      for (const transStatus of ['Y', 'A', 'I'] as const) {
        expect(SUCCESS).not.toContain(outcomeOf(aStep(next, { transStatus })).trigger);
      }
    }
  });
});
