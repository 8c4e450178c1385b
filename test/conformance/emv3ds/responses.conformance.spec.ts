/** ARes, RReq, CReq, CRes, Erro and what ties them: emv-3ds.md section 8, rows 19, 41 to 50, 54 to 69; section 2.14. */
import {
  checkARes,
  checkRReq,
  decodeMessage,
  encodeMessage,
  parseMessage,
  type ARes,
  type CReq,
  type CRes,
  type MessageContext,
  type RReq,
} from '@app/emv3ds';
import { read, refusal, vector, type Json } from './vectors';

const PA = { deviceChannel: '02', messageCategory: '01' };
const NPA = { deviceChannel: '02', messageCategory: '02' };
const OTHER_ID = '11111111-2222-4333-8444-555555555555';

const approved = (changes: Json = {}, areq: MessageContext['areq'] = PA): string =>
  refusal(() => read('ARes', vector('ares.approved.2.2.0', changes), { context: { areq } }));
const challenge = (changes: Json = {}, areq: MessageContext['areq'] = PA): string =>
  refusal(() => read('ARes', vector('ares.challenge.2.2.0', changes), { context: { areq } }));
const result = (changes: Json = {}, context: MessageContext = {}): string =>
  refusal(() => read('RReq', vector('rreq.approved.2.2.0', changes), { context }));

describe('ARes, what a payment needs (rows 41 to 44)', () => {
  const bare = { authenticationValue: undefined, eci: undefined };

  it.each(['Y', 'A'])('needs a value with %s', (transStatus) => {
    expect(approved({ transStatus })).toBe('accepted');
    expect(approved({ transStatus, authenticationValue: undefined })).toBe('201 S authenticationValue');
    expect(approved({ transStatus, eci: undefined })).toBe('accepted');
  });

  it.each(['N', 'U', 'R'])('needs a reason with %s', (transStatus) => {
    expect(approved({ transStatus, ...bare })).toBe('201 S transStatusReason');
    expect(approved({ transStatus, transStatusReason: '01', ...bare })).toBe('accepted');
  });

  it('asks nothing of a non-payment, not even a status', () => {
    expect(approved(bare, NPA)).toBe('accepted');
    expect(approved({ transStatus: 'N', ...bare }, NPA)).toBe('accepted');
    expect(approved({ transStatus: undefined, ...bare }, NPA)).toBe('accepted');
    expect(approved({ transStatus: undefined })).toBe('201 S transStatus');
  });

  it('reads reasons of 2.2.0 and of directory servers, and no later ones', () => {
    const reason = (transStatusReason: string): string => approved({ transStatus: 'N', transStatusReason });

    expect(['01', '26', '80', '99'].map(reason)).toEqual(Array(4).fill('accepted'));
    expect(['00', '27', '30', '1'].map(reason)).toEqual(Array(4).fill('203 S transStatusReason'));
  });

  it.each(['short', 'x'.repeat(29), '!'.repeat(28), 28])(
    'refuses the authentication value %s',
    (authenticationValue) => {
      expect(approved({ authenticationValue })).toBe('203 S authenticationValue');
    },
  );
});

describe('ARes, challenge and other outcomes (rows 45 and 46)', () => {
  it('needs where and how to challenge', () => {
    expect(challenge()).toBe('accepted');
    expect(challenge({ acsURL: undefined })).toBe('201 S acsURL');
    expect(challenge({ acsChallengeMandated: undefined, authenticationType: undefined })).toBe(
      '201 S acsChallengeMandated,authenticationType',
    );
    expect(challenge({ acsURL: 'challenge' })).toBe('203 S acsURL');
  });

  it('refuses a challenge that was not possible', () => {
    expect(challenge({}, { ...PA, deviceChannel: '03' })).toBe('203 S transStatus');
    expect(challenge({}, { ...PA, threeDSRequestorChallengeInd: '06' })).toBe('203 S transStatus');
    expect(challenge({}, { ...PA, threeDSRequestorChallengeInd: '05' })).toBe('accepted');
  });

  it('takes I only where it was asked for', () => {
    const informational = { transStatus: 'I', authenticationValue: undefined };

    expect(approved(informational)).toBe('203 S transStatus');
    expect(
      ['05', '06', '07', '80'].map((indicator) =>
        approved(informational, { ...PA, threeDSRequestorChallengeInd: indicator }),
      ),
    ).toEqual(Array(4).fill('accepted'));
  });

  it('takes D only where decoupled authentication was asked for, and confirmed', () => {
    const decoupled = { transStatus: 'D', acsDecConInd: 'Y', cardholderInfo: 'Open your bank’s app' };
    const asked = { ...PA, threeDSRequestorDecReqInd: 'Y' as const };

    expect(challenge(decoupled, asked)).toBe('accepted');
    expect(challenge(decoupled)).toBe('203 S transStatus,acsDecConInd');
    expect(challenge({ ...decoupled, acsDecConInd: undefined }, asked)).toBe('201 S acsDecConInd');
    expect(challenge({ ...decoupled, acsDecConInd: 'N' }, asked)).toBe('203 S acsDecConInd');
    expect(challenge({ ...decoupled, cardholderInfo: undefined }, asked)).toBe('201 S cardholderInfo');
    expect(approved({ acsDecConInd: 'Y', cardholderInfo: 'x' })).toBe('203 S acsDecConInd');
  });

  it.each(['S', 'X', '', 'y'])('refuses the outcome %j', (transStatus) => {
    expect(approved({ transStatus })).toBe(transStatus === '' ? '201 S transStatus' : '203 S transStatus');
  });
});

describe('ARes, versions and ids (rows 19 and 47)', () => {
  const ares = vector('ares.approved.2.2.0') as unknown as ARes;
  const expected = { threeDSServerTransID: ares.threeDSServerTransID, messageVersion: '2.2.0' };

  it('accepts an echo in either case', () => {
    const upper = { ...expected, threeDSServerTransID: expected.threeDSServerTransID.toUpperCase() };

    expect(refusal(() => checkARes(upper, ares))).toBe('accepted');
  });

  it('refuses another transaction and another version', () => {
    expect(refusal(() => checkARes({ ...expected, threeDSServerTransID: OTHER_ID }, ares))).toBe(
      '301 S threeDSServerTransID',
    );
    expect(refusal(() => checkARes({ ...expected, messageVersion: '2.1.0' }, ares))).toBe('203 S messageVersion');
  });

  it('refuses a version that it does not speak, and names those that it does', () => {
    expect(approved({ messageVersion: '2.1.0' })).toBe('102 S 2.2.0');
    expect(approved({ messageVersion: '2.3.1' })).toBe('102 S 2.2.0');
    expect(approved({ messageVersion: 'two' })).toBe('203 S messageVersion');
  });
});

describe('ARes, extensions, unknown elements, other messages (rows 48 to 50)', () => {
  it('refuses a critical extension and ignores unknown elements', () => {
    const messageExtension = [{ name: 'n', id: 'A9', criticalityIndicator: true, data: {} }];

    expect(approved({ messageExtension })).toBe('202 S A9');
    expect(approved({ threeDSServerRefNumber: 'X', surprise: { a: 1 } })).toBe('accepted');
  });

  it('reads an Erro where one may come, whatever its code, component and version', () => {
    const erro = vector('erro.2.2.0', {
      errorCode: '999',
      errorComponent: 'X',
      messageVersion: '2.3.1',
      errorMessageType: 'OReq',
    });
    const parsed = parseMessage(JSON.stringify(erro), { expect: ['ARes', 'Erro'], receiver: 'S' });

    expect(parsed).toEqual(erro);
  });

  it('treats a malformed Erro as a permanent failure', () => {
    const erro = vector('erro.2.2.0', { errorDetail: undefined });

    expect(refusal(() => parseMessage(JSON.stringify(erro), { expect: ['ARes', 'Erro'], receiver: 'S' }))).toBe(
      '404 S errorDetail',
    );
  });

  it.each(['', ' ', '<html></html>', 'null', '[]', '"ARes"', '{"messageType":"ARes"', '{}x', '\u0000'])(
    'answers 101 to the body %j',
    (body) => {
      expect(refusal(() => read('ARes', body))).toMatch(/^101 S /);
    },
  );

  it('answers 101 to bytes that are no UTF-8', () => {
    expect(refusal(() => parseMessage(Uint8Array.of(0x7b, 0xff, 0x7d), { expect: ['ARes'], receiver: 'S' }))).toBe(
      '101 S Message is not UTF-8',
    );
  });
});

describe('RReq (rows 54 to 58, 65, 67 to 69)', () => {
  it('accepts results and abandonments', () => {
    expect(result()).toBe('accepted');
    expect(refusal(() => read('RReq', vector('rreq.timed-out.2.2.0')))).toBe('accepted');
  });

  it.each(['C', 'I', 'S', 'D'])('refuses %s as a result', (transStatus) => {
    expect(result({ transStatus })).toBe('203 S transStatus');
  });

  it('needs a value, a reason, a cancel code where they belong', () => {
    const value = { authenticationValue: undefined };

    expect(result(value)).toBe('201 S authenticationValue');
    expect(result({ ...value, transStatus: 'N' })).toBe('201 S transStatusReason');
    expect(result({ ...value, transStatus: 'N', transStatusReason: '14' })).toBe('201 S challengeCancel');
    expect(result({ ...value, transStatus: 'N', transStatusReason: '14', challengeCancel: '04' })).toBe('accepted');
    expect(result({ ...value, transStatus: 'U', transStatusReason: '14', challengeCancel: '02' })).toBe(
      '203 S challengeCancel',
    );
    expect(result({ authenticationType: undefined })).toBe('201 S authenticationType');
  });

  it('needs the interaction counter unless the challenge was decoupled', () => {
    expect(result({ interactionCounter: undefined })).toBe('201 S interactionCounter');
    expect(result({ interactionCounter: undefined }, { decoupled: true })).toBe('accepted');
  });

  it('asks less of a non-payment', () => {
    expect(result({ messageCategory: '02', authenticationValue: undefined })).toBe('accepted');
  });

  it('answers 101 to another message or garbage on its endpoint, and keeps the ids it could read', () => {
    const areq = vector('areq.browser.payment.2.2.0');

    expect(refusal(() => read('RReq', areq))).toBe('101 S messageType AReq');
    expect(refusal(() => read('RReq', { messageType: 'OReq' }))).toBe('101 S messageType');
    expect(refusal(() => read('RReq', 'garbage'))).toMatch(/^101 S /);
  });

  describe('against its transaction', () => {
    const rreq = vector('rreq.approved.2.2.0') as unknown as RReq;
    const expected = {
      threeDSServerTransID: rreq.threeDSServerTransID,
      messageVersion: '2.2.0',
      messageCategory: '01',
      acsTransID: rreq.acsTransID,
      dsTransID: rreq.dsTransID,
    };

    it('accepts its own ids, and adopts those it does not know yet', () => {
      expect(refusal(() => checkRReq(expected, rreq))).toBe('accepted');
      expect(refusal(() => checkRReq({ ...expected, acsTransID: undefined, dsTransID: undefined }, rreq))).toBe(
        'accepted',
      );
    });

    it.each([
      [{ threeDSServerTransID: OTHER_ID }, '301 S threeDSServerTransID'],
      [{ acsTransID: OTHER_ID, dsTransID: OTHER_ID }, '301 S acsTransID,dsTransID'],
      [{ messageCategory: '02' }, '203 S messageCategory'],
      [{ messageVersion: '2.1.0' }, '203 S messageVersion'],
    ])('refuses what differs: %j', (changes, answer) => {
      expect(refusal(() => checkRReq({ ...expected, ...changes }, rreq))).toBe(answer);
    });
  });
});

describe('the Erro that answers', () => {
  it('names code, component, type, version and every id that was readable', () => {
    const message = vector('rreq.approved.2.2.0', { transStatus: 'C', dsTransID: 'unreadable' });

    try {
      read('RReq', message);
      throw new Error('was accepted');
    } catch (error) {
      expect((error as { toErro(): unknown }).toErro()).toEqual({
        messageType: 'Erro',
        messageVersion: '2.2.0',
        errorCode: '203',
        errorComponent: 'S',
        errorDescription: 'Format of one or more data elements is invalid according to the specification',
        errorDetail: 'dsTransID,transStatus',
        errorMessageType: 'RReq',
        threeDSServerTransID: message['threeDSServerTransID'],
        acsTransID: message['acsTransID'],
      });
    }
  });
});

describe('CReq and CRes through the browser (row 63, section 2.14)', () => {
  const creq = vector('creq.browser.2.2.0') as unknown as CReq;
  const cres = vector('cres.final.2.2.0') as unknown as CRes;
  const decode = (text: string): unknown => decodeMessage(text, { expect: ['CReq'], receiver: 'A' });

  it('writes base64url without padding and reads it back', () => {
    expect(encodeMessage(creq)).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(decode(encodeMessage(creq))).toEqual(creq);
  });

  it('reads padding, white space and the other alphabet', () => {
    const plain = Buffer.from(JSON.stringify({ ...creq, unknown: '>>>???' })).toString('base64');
    const wrapped = ` ${plain.slice(0, 20)}\r\n${plain.slice(20)}=\n`.replace('===', '==');

    expect(plain).toMatch(/[+/=]/);
    expect(decode(plain)).toEqual(creq);
    expect(decode(wrapped)).toEqual(creq);
  });

  it('answers 101 to what is no encoding or no JSON, 201 to a missing id', () => {
    expect(refusal(() => decode('%%%'))).toBe('101 A Message is not base64url');
    expect(refusal(() => decode(''))).toBe('101 A Message is not base64url');
    expect(refusal(() => decode('bm90IGpzb24'))).toMatch(/^101 A Message is not valid JSON/);
    expect(refusal(() => decode(encodeMessage(vector('creq.browser.2.2.0', { acsTransID: undefined }) as never)))).toBe(
      '201 A acsTransID',
    );
    expect(refusal(() => decode(encodeMessage({ ...creq, challengeWindowSize: '06' })))).toBe(
      '203 A challengeWindowSize',
    );
  });

  it('keeps a completion indicator on a final CRes', () => {
    const final = { ...cres, challengeCompletionInd: 'Y' as const };

    expect(decodeMessage(encodeMessage(final), { expect: ['CRes', 'Erro'], receiver: 'S' })).toEqual(final);
  });
});

describe('tolerated deviations (section 2.14)', () => {
  it.each<[string, string]>([
    ['A with a reason', approved({ transStatus: 'A', transStatusReason: '22' })],
    ['N with ECI and value', approved({ transStatus: 'N', transStatusReason: '01', eci: 'N0' })],
    ['I with ECI and value', approved({ transStatus: 'I', eci: '07' }, { ...PA, threeDSRequestorChallengeInd: '05' })],
    ['no acsOperatorID', approved({ acsOperatorID: undefined })],
    ['signed content in the browser channel', approved({ acsSignedContent: 'a.b.c' })],
    ['PReq with a requestor URL', refusal(() => read('PReq', vector('preq.full.2.2.0', { threeDSRequestorURL: 'x' })))],
    ['PRes without serial number', refusal(() => read('PRes', vector('pres.full.2.2.0', { serialNum: undefined })))],
  ])('%s', (_, outcome) => {
    expect(outcome).toBe('accepted');
  });
});
