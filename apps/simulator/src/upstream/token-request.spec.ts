import { readTokenRequest } from './token-request';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const GRANT = { grant_type: 'client_credentials' };

describe('a token request', () => {
  it.each([
    ['form fields', undefined, { ...GRANT, client_id: 'ack_a', client_secret: 's:1' }],
    ['Basic', basic('ack_a:s:1'), GRANT],
    ['both at once', basic('ack_a:s:1'), { ...GRANT, client_id: 'ack_a', client_secret: 's:1' }],
  ])('identifies the client by %s', (_how, authorization, fields) => {
    expect(readTokenRequest(authorization, form({ ...fields, scope: 'a b' }))).toEqual({
      ok: true,
      clientId: 'ack_a',
      clientSecret: 's:1',
      scopes: ['a', 'b'],
    });
  });

  it.each([
    ['no grant type', undefined, { client_id: 'ack_a', client_secret: 's' }, 'invalid_request'],
    ['another grant type', undefined, { grant_type: 'password', client_id: 'ack_a' }, 'unsupported_grant_type'],
    ['no credentials', undefined, GRANT, 'invalid_client'],
    ['an unreadable header', 'Basic ???', GRANT, 'invalid_request'],
    ['two clients at once', basic('ack_a:s'), { ...GRANT, client_id: 'ack_b', client_secret: 's' }, 'invalid_request'],
  ])('is refused with %s', (_what, authorization, fields, error) => {
    expect(readTokenRequest(authorization, form(fields as Record<string, string>))).toMatchObject({ ok: false, error });
  });
});
