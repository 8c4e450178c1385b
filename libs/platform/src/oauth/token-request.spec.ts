import { parseTokenRequest } from './token-request';

const FORM = 'application/x-www-form-urlencoded';
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const credentials = { grant_type: 'client_credentials', client_id: 'ack_1', client_secret: 's' };
const agreed = { ok: true, request: { clientId: 'ack_1', clientSecret: 's', scope: undefined } };

describe('a token request', () => {
  it.each([
    ['form fields', FORM, credentials, undefined],
    ['raw form text', FORM, new URLSearchParams(credentials).toString(), undefined],
    ['a charset on the content type', `${FORM}; charset=UTF-8`, credentials, undefined],
    ['Basic', FORM, { grant_type: 'client_credentials' }, basic('ack_1:s')],
    ['Basic in another case', FORM, { grant_type: 'client_credentials' }, basic('ack_1:s').replace('Basic', 'bAsIc')],
    ['Basic and form alike', FORM, credentials, basic('ack_1:s')],
    ['Basic and a form id alike', FORM, { grant_type: 'client_credentials', client_id: 'ack_1' }, basic('ack_1:s')],
    ['an empty scope, which counts as absent', FORM, { ...credentials, scope: '' }, undefined],
    ['an Authorization of another scheme, not looked at', FORM, credentials, 'Bearer old'],
    ['fields that nobody knows', FORM, { ...credentials, audience: 'x' }, undefined],
  ])('is read from %s', (_, contentType, body, authorization) => {
    expect(parseTokenRequest(contentType, body, authorization)).toEqual(agreed);
  });

  it('keeps the scope as sent and a colon in the secret', () => {
    const parsed = parseTokenRequest(FORM, { grant_type: 'client_credentials', scope: 'a  b' }, basic('ack_1:a:b'));

    expect(parsed).toEqual({ ok: true, request: { clientId: 'ack_1', clientSecret: 'a:b', scope: 'a  b' } });
  });

  it.each([
    ['no content type', undefined, credentials, undefined, 'invalid_request'],
    ['JSON', 'application/json', credentials, undefined, 'invalid_request'],
    ['no body', FORM, undefined, undefined, 'invalid_request'],
    ['no grant type', FORM, { ...credentials, grant_type: '' }, undefined, 'invalid_request'],
    ['a repeated field', FORM, { ...credentials, scope: ['a', 'b'] }, undefined, 'invalid_request'],
    ['a repeated field in raw text', FORM, 'grant_type=a&grant_type=a', undefined, 'invalid_request'],
    ['no credentials at all', FORM, { grant_type: 'client_credentials' }, undefined, 'invalid_request'],
    ['another grant', FORM, { ...credentials, grant_type: 'password' }, undefined, 'unsupported_grant_type'],
    ['an id without a secret', FORM, { ...credentials, client_secret: '' }, undefined, 'invalid_client'],
    ['a secret without an id', FORM, { ...credentials, client_id: '' }, undefined, 'invalid_client'],
    ['ids that differ', FORM, credentials, basic('ack_2:s'), 'invalid_client'],
    ['secrets that differ', FORM, credentials, basic('ack_1:t'), 'invalid_client'],
    ['Basic without a colon', FORM, credentials, basic('ack_1'), 'invalid_client'],
    ['Basic that is not base64', FORM, credentials, 'Basic %%%', 'invalid_client'],
  ])('is refused with %s', (_, contentType, body, authorization, error) => {
    expect(parseTokenRequest(contentType, body, authorization)).toEqual({ ok: false, error });
  });
});
