import { Secret } from '@app/kernel';
import { parseTokenRequest, readBody, type TokenError } from '@app/platform';
import { Body, Controller, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Invitations } from '../invitations.service';
import { ServiceAccounts } from '../service-accounts.service';
import { AcceptInvitationDto } from './operator.dto';
import { Surroundings } from './surroundings';

/** The success body of RFC 6749 section 5.1. */
interface TokenBody {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
}

/** Ways in for who is not in yet: open to all, because something that only the right one knows is shown here. */
@Controller('admin/api/auth')
export class AdminAccessController {
  constructor(
    private readonly accounts: ServiceAccounts,
    private readonly invitations: Invitations,
    private readonly surroundings: Surroundings,
  ) {}

  /** A token for a service account's client credentials; 400 with `error` alone, as RFC 6749 section 5.2 has it. */
  @Post('token')
  async token(
    @Headers('content-type') contentType: string | undefined,
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenBody | { error: TokenError }> {
    const answer = await this.answer(contentType, body, authorization);
    void reply.status('error' in answer ? 400 : 200);
    return answer;
  }

  /** Sets the password of whoever was invited; signing in is the next step. */
  @Post('invitations/accept')
  @HttpCode(200)
  async accept(@Req() request: FastifyRequest, @Body() body: unknown): Promise<object> {
    const { token, password } = readBody(AcceptInvitationDto, body);
    const origin = this.surroundings.originOf(request);
    const { email } = await this.invitations.accept(token, new Secret(password), origin);
    return { email };
  }

  private async answer(
    contentType: string | undefined,
    body: unknown,
    authorization: string | undefined,
  ): Promise<TokenBody | { error: TokenError }> {
    const parsed = parseTokenRequest(contentType, body, authorization);
    if (!parsed.ok) return { error: parsed.error };
    // What one may do follows from the role: there are no scopes to ask for.
    if (parsed.request.scope !== undefined) return { error: 'invalid_scope' };
    const issued = await this.accounts.issueToken(parsed.request.clientId, parsed.request.clientSecret);
    if (!issued) return { error: 'invalid_client' };
    return { access_token: issued.token, token_type: 'Bearer', expires_in: issued.expiresInSeconds };
  }
}
