import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import { decodeId, encodeId, newUuidV4, Unauthenticated, type Clock } from '@app/kernel';
import { PublicAddress } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AccessKeys } from './access-keys.service';
import { CREDENTIALS_CLOCK } from './credentials.clock';
import type { AccessKey, AccessTokenActor } from './domain/model';
import { specificScopes } from './domain/scopes';
import { SigningKeys } from './signing-keys.service';

const AUDIENCE = 'countersign';
const TOKEN_TYPE = 'at+jwt';
/** No SDK leaves a safety margin, and clocks of replicas differ (choices, "401"). */
const GRACE_SECONDS = 10;
const MAX_REMEMBERED = 10_000;
/** Longer than any token of ours: what is longer is not worth a hash. */
const MAX_TOKEN_LENGTH = 4_096;

/** A token that was verified, with what can still change about it left out: key and merchant are asked every time. */
interface VerifiedToken {
  accessKeyId: string;
  scopes: ReadonlySet<string>;
  notBefore: number;
  expires: number;
}

interface Claims {
  aud: unknown;
  client_id: unknown;
  scope: unknown;
  nbf: unknown;
  exp: unknown;
}

/**
 * Access tokens in the form of RFC 9068 (ES256 JWT, `at+jwt`): issued with one signature, verified once and then
 * recognised by their hash, while revocation and suspension stop them within 5 s.
 */
@Injectable()
export class AccessTokens {
  private readonly verified = new Map<string, VerifiedToken>();

  constructor(
    private readonly accessKeys: AccessKeys,
    private readonly signingKeys: SigningKeys,
    private readonly address: PublicAddress,
    @Inject(CREDENTIALS_CLOCK) private readonly clock: Clock,
  ) {}

  /** A new token for `key` with `scopes`, and its life in whole seconds. */
  async issue(key: AccessKey, scopes: readonly string[]): Promise<{ token: string; expiresInSeconds: number }> {
    const { kid, privateKey } = await this.signingKeys.current();
    const now = this.seconds();
    const claims = {
      iss: this.address.url,
      aud: AUDIENCE,
      client_id: encodeId('accessKey', key.id),
      merchant: encodeId('merchant', key.merchantId),
      scope: scopes,
      jti: newUuidV4(),
      iat: now,
      nbf: now,
      exp: now + key.tokenTtlSeconds,
    };
    const signed = `${part({ alg: 'ES256', typ: TOKEN_TYPE, kid })}.${part(claims)}`;
    const signature = await es256(signed, privateKey);
    return { token: `${signed}.${signature.toString('base64url')}`, expiresInSeconds: key.tokenTtlSeconds };
  }

  /**
   * Who calls with this token. `bearer` is the token, with or without `Bearer ` in front.
   * @throws Unauthenticated when it is not ours, not valid at this time, or its key or merchant is no longer welcome
   */
  async verify(bearer: string): Promise<AccessTokenActor> {
    const token = bearer.replace(/^bearer +/i, '');
    if (token.length > MAX_TOKEN_LENGTH) throw new Unauthenticated();
    const hash = createHash('sha256').update(token).digest('base64url');
    const known = this.verified.get(hash) ?? (await this.check(token));
    const now = this.seconds();
    if (now >= known.expires + GRACE_SECONDS) {
      this.verified.delete(hash);
      throw new Unauthenticated('The access token has expired');
    }
    if (now < known.notBefore - GRACE_SECONDS) throw new Unauthenticated('The access token is not valid yet');
    const key = await this.accessKeys.findWelcome(known.accessKeyId);
    if (!key) throw new Unauthenticated('The access key is no longer valid');
    this.remember(hash, known);
    return {
      merchantId: key.merchantId,
      environment: key.environment,
      accessKeyId: key.id,
      scopes: known.scopes,
      defaultChannelId: key.defaultChannelId,
    };
  }

  // The issuer is not compared: the address may change between starts, and only our own keys verify.
  private async check(token: string): Promise<VerifiedToken> {
    const [head, body, signature, ...rest] = token.split('.');
    if (!head || !body || !signature || rest.length > 0) throw new Unauthenticated();
    const header = json(head);
    if (header?.['alg'] !== 'ES256' || header['typ'] !== TOKEN_TYPE || typeof header['kid'] !== 'string') {
      throw new Unauthenticated();
    }
    const publicKey = await this.signingKeys.findPublic(header['kid']);
    if (!publicKey) throw new Unauthenticated();
    const valid = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    const claims = valid ? readClaims(json(body)) : null;
    if (!claims) throw new Unauthenticated();
    return claims;
  }

  private remember(hash: string, token: VerifiedToken): void {
    this.verified.delete(hash);
    this.verified.set(hash, token);
    const [oldest] = this.verified.keys();
    if (this.verified.size > MAX_REMEMBERED && oldest !== undefined) this.verified.delete(oldest);
  }

  private seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

/**
 * The signature in the fixed-length form that JWS asks for (RFC 7518 section 3.4) instead of DER. Made by a thread of the
 * pool: it is the larger part of a token's work, and meanwhile the event loop serves others.
 */
function es256(text: string, key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, (error, signature) => {
      if (error) reject(error);
      else resolve(signature);
    });
  });
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function json(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Not JSON: not a token of ours, which is all that the caller is told.
    return null;
  }
}

function readClaims(body: Record<string, unknown> | null): VerifiedToken | null {
  if (!body) return null;
  const { aud, client_id: clientId, scope, nbf, exp } = body as unknown as Claims;
  if (aud !== AUDIENCE || typeof clientId !== 'string' || typeof nbf !== 'number' || typeof exp !== 'number')
    return null;
  const accessKeyId = decodeId('accessKey', clientId);
  if (accessKeyId === null || !Array.isArray(scope)) return null;
  const names = scope.filter((name) => typeof name === 'string');
  return { accessKeyId, scopes: specificScopes(names), notBefore: nbf, expires: exp };
}
