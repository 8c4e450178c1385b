import type { Clock } from '@app/kernel';
import {
  APP_CONFIG,
  OutboundFailure,
  OutboundHttp,
  PublicAddress,
  type AppConfig,
  type OidcConfig,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type * as Oidc from 'openid-client';
import { oidcReturnUrl } from '../domain/console-addresses';
import type { ProviderClaims } from '../domain/provider-claims';
import { OidcRefused } from '../domain/oidc-problems';
import { OPERATORS_CLOCK } from '../operators.clock';
import { IdentityProviderUnavailable } from '../operators.errors';
import { refusalOf } from './provider-refusals';

/** What one sign-in is known by: only the browser that began it brings them back. */
export interface Challenge {
  /** RFC 6749 section 10.12. */
  readonly state: string;
  /** OpenID Connect Core section 3.1.2.1. */
  readonly nonce: string;
  /** RFC 7636; the provider has its hash. */
  readonly verifier: string;
}

/** Of one call; a sign-in makes four at most. */
const TIMEOUT_MS = 4_000;
const MAX_ANSWER_BYTES = 256 * 1024;
/** Where everything is at the provider: whoever begins a sign-in does not make us ask each time. */
const METADATA_LIFE_MS = 300_000;
/** A provider that is down is not asked for everybody who tries; it is soon seen that it is back. */
const FAILURE_LIFE_MS = 5_000;

/** How we prove to be ourselves, by the names of RFC 7591. */
const CLIENT_AUTH = {
  client_secret_basic: (oidc: typeof Oidc, secret: string) => oidc.ClientSecretBasic(secret),
  client_secret_post: (oidc: typeof Oidc, secret: string) => oidc.ClientSecretPost(secret),
  none: (oidc: typeof Oidc) => oidc.None(),
} as const satisfies Record<OidcConfig['clientAuth'], unknown>;

/**
 * The identity provider: OpenID Connect Core, authorization code flow, with PKCE (RFC 7636), `iss` in the return (RFC 9207)
 * and signatures checked although tokens come straight from the provider. Its keys are asked for at every return, so that a
 * key that was changed needs no rule: operators sign in seldom.
 */
@Injectable()
export class IdentityProvider {
  private metadata: { readonly value: Promise<Oidc.ServerMetadata>; until: number } | null = null;

  constructor(
    private readonly http: OutboundHttp,
    private readonly address: PublicAddress,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'oidc'>,
    @Inject(OPERATORS_CLOCK) private readonly clock: Clock,
  ) {}

  /** Null where none is configured. */
  get settings(): OidcConfig | null {
    return this.config.oidc;
  }

  /** Where to send the browser, and what it has to bring back. @throws IdentityProviderUnavailable */
  async begin(settings: OidcConfig): Promise<{ url: string; challenge: Challenge }> {
    const oidc = await import('openid-client');
    const configuration = await this.configuration(oidc, settings).catch((error: unknown) => {
      throw new IdentityProviderUnavailable(refusalOf(error));
    });
    const challenge = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: oidcReturnUrl(this.address.url),
      scope: settings.scopes,
      state: challenge.state,
      nonce: challenge.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(challenge.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, challenge };
  }

  /**
   * Who came back: checks the return, changes its code for tokens, checks those.
   * @param query of the return, as it came
   * @throws OidcRefused
   */
  async finish(settings: OidcConfig, query: string, challenge: Challenge): Promise<ProviderClaims> {
    const oidc = await import('openid-client');
    try {
      const configuration = await this.configuration(oidc, settings);
      const at = new URL(oidcReturnUrl(this.address.url));
      at.search = query;
      const tokens = await oidc.authorizationCodeGrant(configuration, at, {
        expectedState: challenge.state,
        expectedNonce: challenge.nonce,
        pkceCodeVerifier: challenge.verifier,
        idTokenExpected: true,
      });
      return await claimsOf(oidc, configuration, tokens);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  private async configuration(oidc: typeof Oidc, settings: OidcConfig): Promise<Oidc.Configuration> {
    const { clientId, clientAuth, clientSecret } = settings;
    const metadata = await this.known(oidc, settings);
    const auth = CLIENT_AUTH[clientAuth](oidc, clientSecret?.expose() ?? '');
    // A new one each time: it is where keys are kept.
    const configuration = new oidc.Configuration(metadata, clientId, {}, auth);
    configuration[oidc.customFetch] = this.fetch;
    configuration.timeout = TIMEOUT_MS / 1_000;
    oidc.enableNonRepudiationChecks(configuration);
    if (isHttp(settings)) oidc.allowInsecureRequests(configuration);
    return configuration;
  }

  // One question for all who ask at the same time; what came of it is kept, a failure but for a moment.
  private known(oidc: typeof Oidc, settings: OidcConfig): Promise<Oidc.ServerMetadata> {
    const now = this.clock.now().getTime();
    if (this.metadata !== null && now < this.metadata.until) return this.metadata.value;
    const asked = { value: this.discover(oidc, settings), until: now + METADATA_LIFE_MS };
    this.metadata = asked;
    asked.value.catch(() => (asked.until = this.clock.now().getTime() + FAILURE_LIFE_MS));
    return asked.value;
  }

  private async discover(oidc: typeof Oidc, settings: OidcConfig): Promise<Oidc.ServerMetadata> {
    const found = await oidc.discovery(new URL(settings.issuer), settings.clientId, {}, undefined, {
      [oidc.customFetch]: this.fetch,
      timeout: TIMEOUT_MS / 1_000,
      execute: isHttp(settings) ? [oidc.allowInsecureRequests] : [],
    });
    return found.serverMetadata();
  }

  // Our one way out: a deadline over the whole call, bounded answers, no redirects. The operator of the installation chose
  // the provider, so it may be inside.
  private readonly fetch: Oidc.CustomFetch = async (url, { method, headers, body }) => {
    const answer = await this.http.request({
      method: method === 'POST' ? 'POST' : 'GET',
      url,
      chosenBy: 'operator',
      headers,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_ANSWER_BYTES,
      ...(body instanceof URLSearchParams || typeof body === 'string' ? { body: body.toString() } : {}),
    });
    // What cannot be an answer of a provider at all.
    if (answer.status < 200 || answer.status > 599) throw new OutboundFailure('cut', true);
    const isBodiless = [204, 205, 304].includes(answer.status);
    return new Response(isBodiless ? null : new Uint8Array(answer.body), answer);
  };
}

const isHttp = ({ issuer }: OidcConfig): boolean => issuer.startsWith('http:');

/** Some providers tell the e-mail address at their UserInfo endpoint only (OpenID Connect Core section 5.4). */
async function claimsOf(
  oidc: typeof Oidc,
  configuration: Oidc.Configuration,
  tokens: Oidc.TokenEndpointResponse & Oidc.TokenEndpointResponseHelpers,
): Promise<ProviderClaims> {
  const claims = tokens.claims();
  if (!claims) throw new OidcRefused('not_proven', 'no_id_token');
  const isToldElsewhere =
    claims['email'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined;
  const { email, email_verified: emailVerified } = isToldElsewhere
    ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
    : claims;
  const { iss: issuer, sub: subject, acr, amr } = claims;
  return { issuer, subject, email, emailVerified, acr, amr };
}
