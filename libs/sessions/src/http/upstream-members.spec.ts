import fc from 'fast-check';
import { aFinalSession, aresFacts, AT, aSession, BASE_URL } from '../testing/sessions';
import type { SessionView } from '../session-view';
import { presentAccepted, presentFingerprint, presentSession } from './session.presenter';

const MEMBERS = {
  scheme_info: { name: 'cartes_bancaires', score: '012', avalgo: '4', secret: 'x' },
  exemption: {
    requested: 'low_value',
    applied: 'low_value',
    code: '7',
    trusted_beneficiary: { status: 'Y', source: '02' },
  },
  certificates: { ds_public: 'eyJ', ca_public: 'MII', ca_public_all: ['MII'] },
  'card.metadata': { card_type: 'CREDIT', issuer_country: 'FR', bank: 'x' },
  xid: 'xid-there',
  authentication_date: '2026-08-03T10:11:13.1234567Z',
};

const view = (members: Record<string, unknown>, visibility: SessionView['visibility'] = 'token'): SessionView => ({
  session: aFinalSession(
    'approved',
    {
      ...aresFacts('Y'),
      upstream: { sessionId: 'sid_there', instrumentId: 'src_w4jelhppmfiufdnatndh3wtsfq', members },
    },
    { attempt: { connector: 'checkout' } },
  ),
  visibility,
  secret: null,
  linkToken: null,
  authenticationValue: null,
});

describe('what an upstream said beside the result', () => {
  it('is shown where the contract has a place for it, and nowhere else', () => {
    expect(presentSession(view(MEMBERS), BASE_URL)).toMatchObject({
      scheme_info: { name: 'cartes_bancaires', score: '012', avalgo: '4' },
      exemption: MEMBERS.exemption,
      certificates: MEMBERS.certificates,
      card: {
        instrument_id: 'src_w4jelhppmfiufdnatndh3wtsfq',
        metadata: { card_type: 'CREDIT', issuer_country: 'FR' },
      },
      xid: 'xid-there',
      authentication_date: '2026-08-03T10:11:13.1234567Z',
      upstream: { connector: 'checkout', session_id: 'sid_there' },
    });
    expect(JSON.stringify(presentSession(view(MEMBERS), BASE_URL))).not.toMatch(/secret|bank/);
  });

  it('keeps certificates and the upstream’s session from callers with the session secret', () => {
    const body = presentSession(view(MEMBERS, 'secret'), BASE_URL);

    expect(body).not.toHaveProperty('certificates');
    expect(body).not.toHaveProperty('upstream');
    expect(body).toHaveProperty('scheme_info');
  });

  it('keeps to the columns of the answer to a 3DS Method report and of a 202', () => {
    const late = presentFingerprint(view(MEMBERS), BASE_URL);
    for (const name of ['certificates', 'scheme_info', 'exemption', 'authentication_date']) {
      expect(late).not.toHaveProperty(name);
    }
    const early = presentAccepted(view(MEMBERS), BASE_URL);
    expect(early).toHaveProperty('certificates');
    expect(early['authentication_date']).toBe(MEMBERS.authentication_date);
    for (const name of ['scheme_info', 'exemption', 'xid']) expect(early).not.toHaveProperty(name);
  });

  it('is nothing for a session without an upstream', () => {
    const session = aSession();
    const nothing = { secret: null, linkToken: null, authenticationValue: null };
    const body = presentSession({ session, visibility: 'token', ...nothing }, BASE_URL);

    for (const name of ['certificates', 'scheme_info', 'upstream', 'xid']) expect(body).not.toHaveProperty(name);
    expect(body).toMatchObject({ card: { metadata: {} }, authentication_date: AT.toISOString() });
  });

  it('is left out where it has not the form of the contract, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(MEMBERS)), fc.jsonValue()), (members) => {
        const body = presentSession(view(members), BASE_URL);
        for (const name of ['scheme_info', 'exemption', 'certificates']) {
          expect(['object', 'undefined']).toContain(typeof body[name]);
        }
        expect(body['authentication_date']).toMatch(/^\d{4}-\d{2}-\d{2}T/);
        expect(typeof body['xid']).toBe('string');
      }),
    );
  });
});
