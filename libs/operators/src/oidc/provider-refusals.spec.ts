import { OutboundFailure } from '@app/platform';
import { OidcRefused } from '../domain/oidc-problems';
import { refusalOf } from './provider-refusals';

const coded = (code: string, more: object = {}): Error =>
  Object.assign(new Error('with a token in it'), { code, ...more });

describe('an error of the provider or the library', () => {
  it.each([
    ['provider_unavailable', 'timeout', new OutboundFailure('timeout', true)],
    ['provider_unavailable', 'cut', new Error('x', { cause: new OutboundFailure('cut', true) })],
    ['provider_unavailable', 'OAUTH_RESPONSE_IS_NOT_JSON', coded('OAUTH_RESPONSE_IS_NOT_JSON')],
    ['provider_unavailable', 'invalid_client', coded('OAUTH_RESPONSE_BODY_ERROR', { error: 'invalid_client' })],
    ['not_proven', 'invalid_grant', coded('OAUTH_RESPONSE_BODY_ERROR', { error: 'invalid_grant' })],
    ['denied', 'access_denied', coded('OAUTH_AUTHORIZATION_RESPONSE_ERROR', { error: 'access_denied' })],
    ['provider_unavailable', 'server_error', coded('OAUTH_AUTHORIZATION_RESPONSE_ERROR', { error: 'server_error' })],
    ['denied', 'another_error', coded('OAUTH_AUTHORIZATION_RESPONSE_ERROR', { error: 'my own words' })],
    ['not_proven', 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED', coded('OAUTH_JWT_TIMESTAMP_CHECK_FAILED')],
    ['not_proven', 'unknown', new TypeError('not even an error of the protocol')],
    ['not_proven', 'unknown', null],
  ])('is told as %s, %s', (problem, why, error) => {
    const refusal = refusalOf(error);

    expect([refusal.problem, refusal.why]).toEqual([problem, why]);
    expect(refusal.cause).toBeUndefined();
    expect(refusal.message).not.toContain('token');
  });

  it('stays what it is where we have said it ourselves', () => {
    const ours = new OidcRefused('used', 'state_used');

    expect(refusalOf(ours)).toBe(ours);
  });
});
