import type { Facts } from '@app/authentication-port';
import { SIMULATOR_CARDS } from '../testing/simulator-cards';
import { aDevice, aSession, anApp } from '../testing/sessions';
import {
  reproducedDevice,
  reproducedPurchase,
  reproduction,
  type Difference,
  type ReproducedEnd,
} from './reproduction';
import type { Session } from './session';
import { isFinal, SESSION_STATUSES } from './session.machine';

type Known = Session['attempt']['facts'];

const original = (session: Partial<Omit<Session, 'attempt'>>, facts: Known = {}, attempt: object = {}): Session =>
  aSession({ device: aDevice(), deviceChannel: 'browser', ...session, attempt: { facts, ...attempt } });

const replay = (session: Session) => {
  const plan = reproduction(session, SIMULATOR_CARDS);
  if (plan.kind !== 'replay') throw new Error(plan.code);
  return plan;
};

const ACS: Facts['acs'] = { transactionId: 'a', challengeMandated: false };
const error = (code: string, component: string) => ({ code, component, description: '', detail: '' });
const result = (transStatus: string, reason: string | null, more: object = {}) => ({
  answer: { kind: 'challenge', mandated: false },
  result: { transStatus, reason, challengeCancel: null, tries: 1, malformed: false, ...more },
});
const challenged = { challenged: true };
const RReq = { resultSource: 'RReq' as const, acs: ACS };

type Row = [
  status: Session['status'],
  session: Partial<Omit<Session, 'attempt'>>,
  facts: Known,
  script: object | null,
  end?: ReproducedEnd,
  differences?: Difference[],
];

/** What was kept of a session, and what has to be replayed for it. */
const TABLE: Row[] = [
  ['approved', {}, { transStatus: 'Y' }, { answer: { kind: 'result', transStatus: 'Y', reason: null }, result: null }],
  ['attempted', {}, { transStatus: 'A' }, { answer: { kind: 'result', transStatus: 'A', reason: null }, result: null }],
  ['attempted', {}, { transStatus: 'I' }, { answer: { kind: 'result', transStatus: 'I', reason: null }, result: null }],
  ...Array.from({ length: 26 }, (_, at): Row => {
    const reason = String(at + 1).padStart(2, '0');
    const facts: Known = { transStatus: 'N', transStatusReason: reason };
    return ['declined', {}, facts, { answer: { kind: 'result', transStatus: 'N', reason }, result: null }];
  }),
  [
    'declined',
    {},
    { transStatus: 'N', transStatusReason: '85' },
    { answer: { kind: 'result', transStatus: 'N', reason: '85' }, result: null },
  ],
  [
    'declined',
    {},
    { transStatus: 'N', transStatusReason: '29' },
    { answer: { kind: 'result', transStatus: 'N', reason: '01' }, result: null },
    'issuer',
    ['reason'],
  ],
  [
    'declined',
    { statusReason: 'risk_declined' },
    {},
    { answer: { kind: 'result', transStatus: 'N', reason: '01' }, result: null },
    'issuer',
    ['risk_declined', 'trans_status', 'reason'],
  ],
  [
    'rejected',
    {},
    { transStatus: 'R', transStatusReason: '12' },
    { answer: { kind: 'result', transStatus: 'R', reason: '12' }, result: null },
  ],
  [
    'unavailable',
    { statusReason: 'ares_status' },
    { transStatus: 'U', transStatusReason: '22' },
    { answer: { kind: 'result', transStatus: 'U', reason: '22' }, result: null },
  ],
  [
    'unavailable',
    { statusReason: 'ares_status' },
    { transStatus: 'S' },
    { answer: { kind: 'result', transStatus: 'U', reason: '22' }, result: null },
    'issuer',
    ['trans_status', 'reason'],
  ],
  [
    'unavailable',
    { statusReason: 'ares_error' },
    { error: error('403', 'A') },
    { answer: { kind: 'erro', code: '403', component: 'A' }, result: null },
  ],
  [
    'unavailable',
    { statusReason: 'ares_error' },
    { error: error('203', 'D') },
    { answer: { kind: 'erro', code: '203', component: 'D' }, result: null },
  ],
  [
    'unavailable',
    { statusReason: 'ares_error' },
    { error: error('402', 'S') },
    { answer: { kind: 'timeout' }, result: null },
  ],
  [
    'unavailable',
    { statusReason: 'ares_error' },
    { error: error('405', 'S') },
    { answer: { kind: 'reset' }, result: null },
  ],
  [
    'unavailable',
    { statusReason: 'ares_error' },
    { error: error('101', 'S') },
    { answer: { kind: 'html' }, result: null },
  ],
  [
    'unavailable',
    { statusReason: 'ares_error' },
    { error: error('203', 'S') },
    { answer: { kind: 'html' }, result: null },
    'issuer',
    ['error'],
  ],
  ['unavailable', { statusReason: 'ares_error' }, {}, { answer: { kind: 'reset' }, result: null }, 'issuer', ['error']],
  ['approved', challenged, { ...RReq, transStatus: 'Y', interactionCounter: '03' }, result('Y', null, { tries: 3 })],
  ['attempted', challenged, { ...RReq, transStatus: 'A' }, result('A', null)],
  ['declined', challenged, { ...RReq, transStatus: 'N', transStatusReason: '19' }, result('N', '19')],
  ['rejected', challenged, { ...RReq, transStatus: 'R', transStatusReason: '11' }, result('R', '11')],
  [
    'unavailable',
    { ...challenged, statusReason: 'rreq_status' },
    { ...RReq, transStatus: 'U', transStatusReason: '22' },
    result('U', '22'),
  ],
  [
    'unavailable',
    { ...challenged, statusReason: 'rreq_error' },
    { acs: ACS, transStatus: 'C', error: error('201', 'S') },
    result('Y', null, { malformed: true }),
  ],
  [
    'approved',
    challenged,
    { ...RReq, acs: { transactionId: 'a', challengeMandated: true }, transStatus: 'Y' },
    { ...result('Y', null), answer: { kind: 'challenge', mandated: true } },
  ],
  [
    'challenge_abandoned',
    challenged,
    { ...RReq, transStatus: 'N', transStatusReason: '26', challengeCancel: '01' },
    result('N', '26', { challengeCancel: '01' }),
  ],
  [
    'challenge_abandoned',
    challenged,
    { ...RReq, transStatus: 'N', transStatusReason: '14', challengeCancel: '05' },
    result('N', '14', { challengeCancel: '05' }),
  ],
  [
    'challenge_abandoned',
    challenged,
    { acs: ACS, transStatus: 'C' },
    { answer: { kind: 'challenge', mandated: false }, result: null },
    'deadline',
  ],
  [
    'challenge_abandoned',
    challenged,
    { acs: ACS, transStatus: 'C', cancelled: 'before_challenge' },
    { answer: { kind: 'challenge', mandated: false }, result: null },
    'declined_challenge',
  ],
  [
    'challenge_abandoned',
    challenged,
    {},
    result('N', '26', { challengeCancel: '01' }),
    'issuer',
    ['trans_status', 'reason'],
  ],
  ['expired', {}, {}, null, 'deadline'],
  ['expired', {}, { cancelled: 'before_request' }, null, 'left'],
];

describe('the plan to reproduce a session', () => {
  it.each(TABLE)('that ended %s (%j, %j)', (status, session, facts, script, end = 'issuer', differences = []) => {
    const plan = replay(original({ status, ...session }, facts));

    expect({ script: plan.script, end: plan.end }).toEqual({ script, end });
    expect(plan.differences).toEqual(['card', 'cardholder', 'times', 'callback', ...differences]);
  });

  it('has a line here for every final status', () => {
    expect(new Set(TABLE.map(([status]) => status))).toEqual(new Set(SESSION_STATUSES.filter(isFinal)));
  });

  it('takes a card of the scheme, of several the one that is most like it', () => {
    const card = (session: Partial<Omit<Session, 'attempt'>>, scheme: string) =>
      replay(original(session, {}, { scheme })).card;

    expect(card({ status: 'declined' }, 'visa')).toMatchObject({
      scheme: 'visa',
      status: 'declined',
      flow: 'frictionless',
    });
    expect(card({ status: 'rejected', challenged: true }, 'amex')).toMatchObject({
      status: 'rejected',
      flow: 'challenge',
    });
    expect(card({ status: 'declined' }, 'jcb')).toMatchObject({ scheme: 'jcb', status: 'approved' });
  });

  it('says what is another version’s, another connector’s, or was not kept', () => {
    const { differences } = replay(
      original(
        { status: 'approved', device: null },
        { transStatus: 'Y' },
        { connector: 'checkout', protocolVersion: '2.1.0' },
      ),
    );

    expect(differences).toEqual(expect.arrayContaining(['connector', 'version', 'device']));
  });

  it.each([
    ['session_not_final', original({ status: 'challenged' })],
    ['cardholder_not_at_browser', original({ status: 'approved', deviceChannel: 'app', device: anApp() })],
    ['cardholder_not_at_browser', original({ status: 'declined', deviceChannel: 'merchant_initiated', device: null })],
  ])('is none, because of %s', (code, session) => {
    expect(reproduction(session, SIMULATOR_CARDS)).toEqual({ kind: 'not_possible', code });
  });

  it('is none where the simulator has no such card', () => {
    const session = original({ status: 'approved' }, { transStatus: 'Y' });

    expect(reproduction(session, [])).toEqual({ kind: 'not_possible', code: 'scheme_not_simulated' });
  });
});

describe('what goes into a reproduction', () => {
  it('is the browser, at an address of nobody’s', () => {
    const device = aDevice();

    expect(reproducedDevice(device)).toEqual({
      channel: 'browser',
      browser: { ...(device.channel === 'browser' ? device.browser : {}), ipAddress: '203.0.113.1' },
    });
  });

  it('is nothing of the purchase that is somebody’s', () => {
    const purchase = {
      ...aSession().details.purchase,
      shippingAddress: { line1: '1 Road' },
      merchantRiskInfo: { delivery_email: 'ada@example.com' },
    };

    expect(reproducedPurchase(purchase)).toEqual(aSession().details.purchase);
  });
});
