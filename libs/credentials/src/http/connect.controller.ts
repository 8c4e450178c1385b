import { parseTokenRequest, RateLimits, type TokenError } from '@app/platform';
import { Body, Controller, Headers, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AccessKeys } from '../access-keys.service';
import { AccessTokens } from '../access-tokens.service';
import { grantScopes } from '../domain/scopes';

/** The success body of RFC 6749 section 5.1. */
interface TokenBody {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  scope: string;
}

/** The token endpoint for merchants' backends (sessions-api.md section 3). Open to all: it is where credentials go. */
@Controller('connect')
export class ConnectController {
  constructor(
    private readonly accessKeys: AccessKeys,
    private readonly accessTokens: AccessTokens,
    private readonly limits: RateLimits,
  ) {}

  /** 200 with a token, or 400 with `error` alone: never 401, and JSON in every case. */
  @Post('token')
  async token(
    @Headers('content-type') contentType: string | undefined,
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenBody | { error: TokenError }> {
    void reply.header('Cache-Control', 'no-store').header('Pragma', 'no-cache');
    const answer = await this.answer(contentType, body, authorization);
    void reply.status('error' in answer ? 400 : 200);
    return answer;
  }

  private async answer(
    contentType: string | undefined,
    body: unknown,
    authorization: string | undefined,
  ): Promise<TokenBody | { error: TokenError }> {
    const parsed = parseTokenRequest(contentType, body, authorization);
    if (!parsed.ok) return { error: parsed.error };
    const key = await this.accessKeys.authenticate(parsed.request.clientId, parsed.request.clientSecret);
    if (!key) return { error: 'invalid_client' };
    // Not before: whoever knows no secret must not be able to use up the key's rate.
    this.limits.take('tokens', key.id);
    const scopes = grantScopes(parsed.request.scope, key.scopes);
    if (!scopes) return { error: 'invalid_scope' };
    const { token, expiresInSeconds } = await this.accessTokens.issue(key, scopes);
    return { access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds, scope: scopes.join(' ') };
  }
}
