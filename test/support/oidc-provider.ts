/** An OpenID provider of our own: discovery, an authorization page, tokens, keys, UserInfo. Everything in it can be wrong. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { base64url, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { watchSecret } from './leaks';

/** What the provider says of whoever signs in. */
export interface Person {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: unknown;
  readonly acr?: string;
  readonly amr?: readonly string[];
}

/** How an endpoint fails: refuses with an error of its own, says nothing, hangs up, says nonsense, says too much, sends away. */
export type Fault = 'error' | 'silent' | 'cut' | 'nonsense' | 'huge' | 'redirect';

/** What is done to an ID token before it goes out. */
export interface TokenFlaw {
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signed by a key that the provider does not publish, not at all, or by the client's secret. */
  readonly signedBy?: 'stranger' | 'nobody' | 'client_secret';
  readonly isMissing?: true;
}

type Endpoint = 'discovery' | 'token' | 'keys' | 'userinfo';

interface Code {
  readonly person: Person;
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
}

const ALGORITHM = 'ES256';
const PATHS: Readonly<Record<string, Endpoint | 'authorize' | 'continue'>> = {
  '/.well-known/openid-configuration': 'discovery',
  '/authorize': 'authorize',
  '/continue': 'continue',
  '/token': 'token',
  '/keys': 'keys',
  '/userinfo': 'userinfo',
};

export class OidcProvider {
  readonly clientId = 'countersign-console';
  readonly clientSecret = randomBytes(24).toString('base64url');
  /** Who sits in front of the provider's page. */
  person: Person = { sub: 'nobody' };
  /** Where the e-mail address is told. */
  tellsEmailAt: 'token' | 'userinfo' = 'token';
  flaw: TokenFlaw = {};
  readonly faults = new Map<Endpoint, Fault>();
  /** How often each endpoint was asked. */
  readonly asked = new Map<string, number>();
  private readonly codes = new Map<string, Code>();
  private readonly tellings = new Map<string, Person>();
  private key!: { private: CryptoKey; public: JWK };

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OidcProvider> {
    const server = createServer();
    const provider = new OidcProvider(server);
    watchSecret(provider.clientSecret);
    await provider.rotateKey();
    server.on('request', (request, response) => void provider.answer(request, response));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return provider;
  }

  /** Another host than servers under test have (`localhost`): for browsers it is another site. */
  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a server needs to have this one as its provider. */
  get environment(): Record<string, string> {
    return {
      COUNTERSIGN_OIDC_ISSUER: this.issuer,
      COUNTERSIGN_OIDC_CLIENT_ID: this.clientId,
      COUNTERSIGN_OIDC_CLIENT_SECRET: this.clientSecret,
      COUNTERSIGN_OIDC_NAME: 'Example Login',
    };
  }

  /** From now on tokens are signed by another key, and only that is published. */
  async rotateKey(): Promise<void> {
    this.key = await newKey();
  }

  /** What somebody who agrees is sent back with: the address of the return. */
  agree(authorizationUrl: string): URL {
    const asked = new URL(authorizationUrl).searchParams;
    const code = randomBytes(24).toString('base64url');
    watchSecret(code);
    const redirectUri = asked.get('redirect_uri') ?? '';
    this.codes.set(code, {
      person: this.person,
      challenge: asked.get('code_challenge') ?? '',
      nonce: asked.get('nonce') ?? '',
      redirectUri,
    });
    return this.back(redirectUri, { code, state: asked.get('state') ?? '' });
  }

  /** What somebody who does not, or whom the provider refuses, is sent back with. */
  refuse(authorizationUrl: string, error = 'access_denied'): URL {
    const asked = new URL(authorizationUrl).searchParams;
    return this.back(asked.get('redirect_uri') ?? '', { error, state: asked.get('state') ?? '' });
  }

  /** As it was at the beginning. */
  mend(): void {
    this.flaw = {};
    this.tellsEmailAt = 'token';
    this.faults.clear();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private back(redirectUri: string, parameters: Record<string, string>): URL {
    const url = new URL(redirectUri);
    for (const [name, value] of Object.entries({ ...parameters, iss: this.issuer })) url.searchParams.set(name, value);
    return url;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    const endpoint = PATHS[url.pathname];
    const body = await textOf(request);
    if (endpoint === undefined) return void response.writeHead(404).end();
    this.asked.set(endpoint, (this.asked.get(endpoint) ?? 0) + 1);
    if (endpoint === 'authorize') return this.showPage(url, response);
    if (endpoint === 'continue') return redirect(response, this.agree(url.href).href);
    const fault = this.faults.get(endpoint);
    if (fault !== undefined) return fail(response, fault);
    switch (endpoint) {
      case 'discovery':
        return json(response, 200, this.metadata());
      case 'keys':
        return json(response, 200, { keys: [this.key.public] });
      case 'token':
        return this.giveTokens(request, new URLSearchParams(body), response);
      case 'userinfo':
        return json(response, 200, this.tellings.get((request.headers.authorization ?? '').slice(7)) ?? {});
    }
  }

  private metadata(): object {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      // A provider that allows what nobody should take.
      id_token_signing_alg_values_supported: [ALGORITHM, 'HS256', 'none'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  private showPage(url: URL, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><html lang="en"><title>Example Login</title><h1>Example Login</h1>
        <a href="/continue${url.search.replaceAll('&', '&amp;')}">Continue</a>`);
  }

  private async giveTokens(request: IncomingMessage, form: URLSearchParams, response: ServerResponse): Promise<void> {
    const code = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const verifier = form.get('code_verifier') ?? '';
    watchSecret(verifier);
    if (!this.isOurClient(request)) {
      return json(response, 401, { error: 'invalid_client' });
    }
    const isProven = createHash('sha256').update(verifier).digest('base64url') === code?.challenge;
    if (!code || !isProven || form.get('redirect_uri') !== code.redirectUri) {
      return json(response, 400, { error: 'invalid_grant' });
    }
    const token = randomUUID() + randomUUID();
    watchSecret(token);
    this.tellings.set(token, code.person);
    const idToken = this.flaw.isMissing ? {} : { id_token: await this.idToken(code) };
    return json(response, 200, { access_token: token, token_type: 'Bearer', expires_in: 60, ...idToken });
  }

  /** Both parts are form-encoded before they are joined (RFC 6749 section 2.3.1). */
  private isOurClient({ headers }: IncomingMessage): boolean {
    const [, encoded = ''] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
    const [id, secret] = Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent);
    return id === this.clientId && secret === this.clientSecret;
  }

  private async idToken({ person, nonce }: Code): Promise<string> {
    const { email, email_verified, ...rest } = person;
    const told = this.tellsEmailAt === 'token' ? { email, email_verified } : {};
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: this.issuer, aud: this.clientId, nonce, iat: now, exp: now + 300 };
    const claims = { ...usual, ...rest, ...told, ...this.flaw.claims };
    const token = await this.sign(claims);
    watchSecret(token);
    return token;
  }

  private async sign(claims: Record<string, unknown>): Promise<string> {
    const header = { alg: ALGORITHM, kid: this.key.public.kid ?? '' };
    switch (this.flaw.signedBy) {
      case 'nobody':
        return new UnsecuredJWT(claims).encode();
      case 'client_secret':
        return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(base64url.decode(this.clientSecret));
      case 'stranger':
        return new SignJWT(claims).setProtectedHeader(header).sign((await newKey()).private);
      case undefined:
        return new SignJWT(claims).setProtectedHeader(header).sign(this.key.private);
    }
  }
}

async function newKey(): Promise<{ private: CryptoKey; public: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  return { private: privateKey, public: { ...(await exportJWK(publicKey)), kid: randomUUID(), alg: ALGORITHM } };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const redirect = (response: ServerResponse, location: string): void => void response.writeHead(302, { location }).end();

function fail(response: ServerResponse, fault: Fault): void {
  switch (fault) {
    case 'error':
      return json(response, 500, { error: 'server_error' });
    case 'silent':
      return;
    case 'cut':
      return void response.socket?.destroy();
    case 'nonsense':
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('<html>');
    case 'huge':
      return void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ padding: 'x'.repeat(1_000_000) }));
    case 'redirect':
      return redirect(response, 'http://127.0.0.1:1/');
  }
}
