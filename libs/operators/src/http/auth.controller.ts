import { Secret } from '@app/kernel';
import { Actor, AdminRoute, readBody, type AdminActor } from '@app/platform';
import { Body, Controller, Get, HttpCode, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { csrfTokenOf } from '../domain/session-secrets';
import { OperatorAccount } from '../operator-account.service';
import { SignIn } from '../sign-in.service';
import { AdminAuthenticator } from './admin-authenticator';
import { BeginSecondFactorDto, ChangePasswordDto, ConfirmSecondFactorDto, SignInDto } from './auth.dto';
import { presentActor, presentIdentity, shownFactor } from './presenters';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './session-cookie';
import { Surroundings } from './surroundings';

/** Signing in and out, and one's own affairs. */
@Controller('admin/api/auth')
export class AuthController {
  constructor(
    private readonly signIns: SignIn,
    private readonly account: OperatorAccount,
    private readonly authenticator: AdminAuthenticator,
    private readonly surroundings: Surroundings,
  ) {}

  /** Open to all: it is where passwords are shown. Gives the cookie; who one is tells `me`. */
  @Post('sign-in')
  @HttpCode(204)
  async signIn(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const shown = readBody(SignInDto, body);
    const credentials = { email: shown.email, password: new Secret(shown.password), factor: shownFactor(shown) };
    const secret = await this.signIns.signIn(credentials, this.surroundings.whenceOf(request));
    setSessionCookie(reply, secret, this.surroundings.isSecure);
  }

  @Post('sign-out')
  @HttpCode(204)
  @AdminRoute('own_account.use', { once: 'harmless' })
  async signOut(@Actor() actor: AdminActor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.account.signOut(actor);
    clearSessionCookie(reply, this.surroundings.isSecure);
  }

  /** Who calls and what that one may do; for people also the CSRF token of their session. */
  @Get('me')
  @AdminRoute('own_account.use')
  async me(@Actor() actor: AdminActor, @Req() request: FastifyRequest): Promise<object> {
    const secret = actor.sessionId && readSessionCookie(request, this.surroundings.isSecure);
    if (!secret) return presentActor(actor);
    const { operator, recoveryCodesLeft } = await this.account.show(actor);
    return {
      ...presentActor(actor),
      name: operator.name,
      email: operator.email,
      csrf_token: csrfTokenOf(secret),
      has_password: operator.hasPassword,
      identity: presentIdentity(operator),
      second_factor: {
        enrolled: operator.hasSecondFactor,
        must_enrol: this.authenticator.mustEnrol(actor),
        recovery_codes_left: recoveryCodesLeft,
      },
    };
  }

  @Put('password')
  @HttpCode(204)
  @AdminRoute('own_account.use')
  async changePassword(@Actor() actor: AdminActor, @Body() body: unknown): Promise<void> {
    const { current_password: current, new_password: next } = readBody(ChangePasswordDto, body);
    await this.account.changePassword(actor, new Secret(current), new Secret(next));
  }

  /** A secret for an authenticator app, in clear this once. */
  @Post('second-factor')
  @HttpCode(200)
  @AdminRoute('own_account.use', { once: 'told_once' })
  async beginSecondFactor(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const shown = readBody(BeginSecondFactorDto, body);
    const password = shown.password === undefined ? null : new Secret(shown.password);
    const proof = { password, factor: shownFactor(shown) };
    const { secret, uri } = await this.account.beginSecondFactor(actor, proof);
    return { totp_secret: secret, totp_uri: uri };
  }

  /** Recovery codes, in clear this once. */
  @Post('second-factor/confirm')
  @HttpCode(200)
  @AdminRoute('own_account.use', { once: 'told_once' })
  async confirmSecondFactor(@Actor() actor: AdminActor, @Body() body: unknown): Promise<object> {
    const { totp } = readBody(ConfirmSecondFactorDto, body);
    return { recovery_codes: await this.account.confirmSecondFactor(actor, totp) };
  }
}
