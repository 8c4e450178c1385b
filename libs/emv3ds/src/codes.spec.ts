import {
  CHALLENGE_CANCELS,
  ERROR_CODES,
  RESULTS_STATUSES,
  TRANS_STATUS_BY_MESSAGE,
  TRANS_STATUS_REASONS,
  WINDOW_SIZES,
} from './codes';
import { errorMessage, ProtocolError } from './emv3ds.errors';
import { fieldsOf } from './fields/table';
import type { MessageType } from './messages/common';

/** The codes that the field table allows, those of directory servers left out. */
const tabled = (type: MessageType, name: string): string[] =>
  [...(fieldsOf(type, '2.2.0').find((field) => field.name === name)?.values ?? [])].filter(
    (code) => code < '80' || code >= 'A',
  );

describe('the code tables', () => {
  it.each(['ARes', 'RReq', 'CRes'] as const)('list the outcomes that the field table has for %s', (type) => {
    expect([...TRANS_STATUS_BY_MESSAGE[type]].sort()).toEqual(tabled(type, 'transStatus').sort());
  });

  it('explain every code that the field table has', () => {
    expect(Object.keys(TRANS_STATUS_REASONS)).toEqual(expect.arrayContaining(tabled('ARes', 'transStatusReason')));
    expect(Object.keys(CHALLENGE_CANCELS)).toEqual(expect.arrayContaining(tabled('RReq', 'challengeCancel')));
    expect(Object.keys(RESULTS_STATUSES).sort()).toEqual(tabled('RRes', 'resultsStatus').sort());
    expect(Object.keys(WINDOW_SIZES).sort()).toEqual(tabled('CReq', 'challengeWindowSize').sort());
  });
});

describe('errorMessage', () => {
  it('explains the code and cuts what is too long', () => {
    const erro = errorMessage({ code: '405', component: 'S', detail: 'x'.repeat(3000) });

    expect(erro).toMatchObject({ errorCode: '405', errorDescription: ERROR_CODES['405'], messageVersion: '2.2.0' });
    expect(erro.errorDetail).toHaveLength(2048);
    expect(erro).not.toHaveProperty('errorMessageType');
  });

  it('is what a ProtocolError turns into', () => {
    const fields = {
      code: '305',
      component: 'S',
      detail: 'second RReq',
      messageType: 'RReq',
      ids: { dsTransID: 'd' },
    } as const;

    expect(new ProtocolError(fields).toErro()).toEqual(errorMessage(fields));
  });
});
