import { PublicAddress, readBody } from '@app/platform';
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { consoleUrl } from '../domain/console-addresses';
import { IdentityProvider } from '../oidc/identity-provider.service';
import { SecondFactorRequired } from '../operators.errors';
import { OidcSignIn, type Returned } from '../oidc/oidc-sign-in.service';
import { ShowFactorDto } from './auth.dto';
import { clearTicket, readTicket, setTicket } from './oidc-cookies';
import { shownFactor } from './presenters';
import { setSessionCookie } from './session-cookie';
import { Surroundings } from './surroundings';

/** Signing in through an identity provider. Open to all: it is where people show that they were there. */
@Controller('admin/api/auth')
export class OidcController {
  constructor(
    private readonly signIns: OidcSignIn,
    private readonly provider: IdentityProvider,
    private readonly surroundings: Surroundings,
    private readonly address: PublicAddress,
  ) {}

  /** The ways in that there are, for whoever has to choose one. */
  @Get('sign-in')
  ways(): object {
    const { settings } = this.provider;
    return {
      identity_provider: settings && { name: settings.name },
      // What is for emergencies is not offered.
      password: !settings?.isOnlyWay,
    };
  }

  /** Where the browser has to go; it is given what it needs to come back. */
  @Post('oidc/begin')
  @HttpCode(200)
  async begin(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const { url, ticket } = await this.signIns.begin(this.surroundings.whenceOf(request));
    setTicket(reply, 'begun', ticket, this.surroundings);
    return { authorization_url: url };
  }

  /**
   * Where the provider sends the browser back to. Always leads to the console, which says what came of it: nothing in the
   * return decides where.
   */
  @Get('oidc/return')
  async comeBack(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const ticket = readTicket(request, 'begun', this.surroundings);
    clearTicket(reply, 'begun', this.surroundings);
    const query = new URL(request.url, 'http://localhost').search;
    const returned = await this.signIns.finish(query, ticket, this.surroundings.whenceOf(request));
    if (returned.kind === 'entered') setSessionCookie(reply, returned.secret, this.surroundings.isSecure);
    if (returned.kind === 'factor_required') setTicket(reply, 'recognised', returned.ticket, this.surroundings);
    // The address of the return, which has the code, is nobody's business.
    void reply.headers({
      location: consoleUrl(this.address.url) + pageFor(returned),
      'referrer-policy': 'no-referrer',
    });
    void reply.status(303);
  }

  /** Our own second factor, where the provider has not asked for one. Gives the cookie. */
  @Post('oidc/second-factor')
  @HttpCode(204)
  async showFactor(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const factor = shownFactor(readBody(ShowFactorDto, body));
    if (factor === null) throw new SecondFactorRequired();
    const ticket = readTicket(request, 'recognised', this.surroundings);
    const secret = await this.signIns.showFactor(ticket, factor, this.surroundings.whenceOf(request));
    clearTicket(reply, 'recognised', this.surroundings);
    setSessionCookie(reply, secret, this.surroundings.isSecure);
  }
}

/** The console's page for what came of a return. */
function pageFor(returned: Returned): string {
  switch (returned.kind) {
    case 'entered':
      return 'signed-in';
    case 'factor_required':
      return 'login?step=second-factor';
    case 'refused':
      return `login?problem=${returned.refusal.problem}`;
  }
}
