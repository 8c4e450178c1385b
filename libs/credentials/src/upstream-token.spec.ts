import { Secret } from '@app/kernel';
import { OutboundFailure, type OutboundRequest, type OutboundResponse } from '@app/platform';
import { readTokenResponse, requestUpstreamToken } from './upstream-token';

const GOOD = { access_token: 'eyJ.a-b_c.d', token_type: 'Bearer', expires_in: 3600, scope: 'sessions:app' };

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): OutboundResponse => ({
  status,
  headers,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  latencyMs: 1,
});

describe('an answer of a token endpoint', () => {
  it.each([200, 201])('is a token with its life and the time there (%p)', (status) => {
    const result = readTokenResponse(answer(status, GOOD, { date: 'Mon, 23 Nov 2026 12:00:00 GMT' }));

    expect(result).toMatchObject({
      outcome: 'issued',
      expiresInSeconds: 3600,
      date: new Date('2026-11-23T12:00:00Z'),
    });
    expect(result.outcome === 'issued' && result.accessToken.expose()).toBe('eyJ.a-b_c.d');
    expect(JSON.stringify(result)).not.toContain('eyJ');
  });

  it('needs neither a date nor a type', () => {
    const { token_type: _, ...untyped } = GOOD;

    expect(readTokenResponse(answer(200, untyped, { date: 'yesterday' }))).toEqual({
      outcome: 'issued',
      accessToken: expect.any(Secret) as Secret,
      expiresInSeconds: 3600,
    });
  });

  it.each([
    ['invalid_client', 400],
    ['invalid_client', 401],
    ['invalid_scope', 400],
    ['unauthorized_client', 403],
    ['access_denied', 400],
  ])('is a refusal: %s with %p', (code, status) => {
    expect(readTokenResponse(answer(status, { error: code }))).toEqual({ outcome: 'refused', code });
  });

  it.each([
    ['HTML', answer(200, '<html>'), 'not_json'],
    ['nothing', answer(200, ''), 'not_json'],
    ['a list', answer(200, []), 'not_json'],
    ['half a body', answer(200, '{"access_token":"a'), 'not_json'],
    ['no token', answer(200, { expires_in: 1 }), 'token_missing'],
    ['a token that no header can carry', answer(200, { ...GOOD, access_token: 'a\r\nb' }), 'token_missing'],
    ['another type of token', answer(200, { ...GOOD, token_type: 'DPoP' }), 'token_missing'],
    ['no life', answer(200, { access_token: 'a' }), 'lifetime_invalid'],
    ['a life of 0', answer(200, { ...GOOD, expires_in: 0 }), 'lifetime_invalid'],
    ['half a second', answer(200, { ...GOOD, expires_in: 0.5 }), 'lifetime_invalid'],
    ['a life in text', answer(200, { ...GOOD, expires_in: '3600' }), 'lifetime_invalid'],
    ['a life of a century', answer(200, { ...GOOD, expires_in: 3_155_760_000 }), 'lifetime_invalid'],
    ['an error nobody knows', answer(400, { error: 'tired' }), 'status_400'],
    ['401 without a word', answer(401, ''), 'status_401'],
    ['a redirect', answer(302, '', { location: 'https://elsewhere.example' }), 'status_302'],
    ['a server error that talks of clients', answer(500, { error: 'invalid_client' }), 'status_500'],
    ['no content', answer(204, ''), 'status_204'],
  ])('is neither: %s', (_, response, cause) => {
    expect(readTokenResponse(response)).toEqual({ outcome: 'failed', cause });
  });

  it.each([
    ['seconds', { 'retry-after': '7' }, 7],
    ['a date', { 'retry-after': 'Mon, 23 Nov 2026 12:00:09 GMT', date: 'Mon, 23 Nov 2026 12:00:00 GMT' }, 9],
    ['a date gone by', { 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT', date: 'Mon, 23 Nov 2026 12:00:00 GMT' }, 0],
  ])('says when to come again in %s', (_, headers, retryAfterSeconds) => {
    expect(readTokenResponse(answer(429, '', headers as never))).toEqual({
      outcome: 'failed',
      cause: 'rate_limited',
      retryAfterSeconds,
    });
  });

  it.each(['soon', '-1', '1e9', 'Mon, 23 Nov 2026 12:00:09 GMT'])('is not believed to say %p', (text) => {
    expect(readTokenResponse(answer(503, '', { 'retry-after': text }))).toEqual({
      outcome: 'failed',
      cause: 'status_503',
    });
  });
});

describe('the request for a token', () => {
  const endpoint = { tokenUrl: 'https://x.access.example/connect/token' };
  const credential = { clientId: 'ack_1', clientSecret: new Secret('s+cr&t') };

  const asked = async (scopes: string[]): Promise<OutboundRequest> => {
    let sent: OutboundRequest | undefined;
    await requestUpstreamToken(
      {
        request: (request) => {
          sent = request;
          return Promise.resolve(answer(200, GOOD));
        },
      },
      endpoint,
      credential,
      scopes,
    );
    if (!sent) throw new Error('nothing was sent');
    return sent;
  };

  it('sends the credentials as form fields', async () => {
    const sent = await asked(['sessions:app', 'sessions:browser']);

    expect(sent).toMatchObject({ method: 'POST', url: endpoint.tokenUrl, maxBytes: 65_536 });
    expect(sent.headers).toEqual({
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    });
    expect(Object.fromEntries(new URLSearchParams(String(sent.body)))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'ack_1',
      client_secret: 's+cr&t',
      scope: 'sessions:app sessions:browser',
    });
  });

  it('names no scope where none is wanted', async () => {
    expect(String((await asked([])).body)).not.toContain('scope');
  });

  it('leaves the choice of the address to the merchant, so that it leads to public ones only', async () => {
    expect((await asked([])).chosenBy ?? 'merchant').toBe('merchant');
  });

  it.each([
    ['refused', 'unreachable'],
    ['unresolvable', 'unreachable'],
    ['timeout', 'timeout'],
    ['cut', 'cut'],
    ['too_large', 'too_large'],
    ['forbidden_address', 'address_forbidden'],
  ] as const)('that brings no answer has failed: %s', async (reason, cause) => {
    const http = { request: () => Promise.reject(new OutboundFailure(reason, false)) };

    await expect(requestUpstreamToken(http, endpoint, credential, [])).resolves.toEqual({ outcome: 'failed', cause });
  });

  it('hides no bug', async () => {
    const http = { request: () => Promise.reject(new TypeError('bug')) };

    await expect(requestUpstreamToken(http, endpoint, credential, [])).rejects.toThrow('bug');
  });
});
