/** The pages of a hosted session: device data from the browser itself, the challenge, and the way back to the merchant. */
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { NotFound } from '@app/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SimulatorAddress } from '../address';
import { markup, sendDocument } from '../html/document';
import { readForm } from '../http/body';
import { isApproved } from './presenter';
import { isFinal, textOf, type Json, type UpstreamSession } from './session';
import { UpstreamSessionStore } from './session.store';
import { UpstreamSessionsService } from './sessions.service';

/** Fills in what only a script knows, and goes on. */
const COLLECT = `
const { elements } = document.forms[0];
elements.color_depth.value = String(screen.colorDepth);
elements.screen_height.value = String(screen.height);
elements.screen_width.value = String(screen.width);
elements.timezone.value = String(new Date().getTimezoneOffset());
elements.language.value = navigator.language;
elements.javascript_enabled.value = 'true';
document.forms[0].submit();`;

const SUBMIT = 'document.forms[0].submit();';

/** What the fields say until a script says better. */
const WITHOUT_SCRIPT = {
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '0',
  language: 'en',
  javascript_enabled: 'false',
} as const;

/** `/upstream/interceptor/<id>` is `_links.redirect_url`. */
@Controller('upstream')
export class HostedController {
  constructor(
    private readonly address: SimulatorAddress,
    private readonly store: UpstreamSessionStore,
    private readonly sessions: UpstreamSessionsService,
  ) {}

  @Get('interceptor/:id')
  open(@Param('id') id: string, @Res() reply: FastifyReply): void {
    const session = this.hosted(id);
    if (session.outcome.status !== 'pending') return this.goOn(session, reply);
    const fields = Object.entries(WITHOUT_SCRIPT).map(
      ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}" />`,
    );
    sendDocument(reply, 200, {
      title: 'Authenticating your payment',
      script: COLLECT,
      body: markup`<form id="device" method="post" action="${this.address.to(`/upstream/interceptor/${id}`)}">
        ${fields}
        <p>Authenticating your payment…</p>
        <noscript><button id="continue" type="submit">Continue</button></noscript>
      </form>`,
    });
  }

  @Post('interceptor/:id')
  collect(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Body() body: Buffer | undefined,
    @Res() reply: FastifyReply,
  ): void {
    const session = this.hosted(id);
    if (session.outcome.status === 'pending') {
      this.sessions.collect({ by: 'secret', secret: session.secret }, id, deviceData(request, readForm(body)));
    }
    this.goOn(session, reply);
  }

  /** Where the browser ends after a challenge when the merchant named no page of its own. */
  @Post('challenge-return/:id')
  challengeReturn(@Param('id') id: string, @Res() reply: FastifyReply): void {
    const session = this.store.find(id);
    if (session?.hosted) return this.goOn(session, reply);
    sendDocument(reply, 200, { title: 'Back to the shop', body: markup`<p>You can return to the shop.</p>` });
  }

  private goOn(session: UpstreamSession, reply: FastifyReply): void {
    if (isFinal(session)) {
      void reply.redirect(returnUrlOf(session), 303);
    } else if (session.outcome.status === 'challenged') {
      sendDocument(reply, 200, {
        title: 'Authenticating your payment',
        script: SUBMIT,
        body: markup`<form id="challenge" method="post" action="${textOf(session.outcome.acs?.['url'])}">
          <input type="hidden" name="creq" value="${textOf(session.outcome.threeDs?.['challenge_request'])}" />
          <noscript><button type="submit">Continue</button></noscript>
        </form>`,
      });
    } else {
      sendDocument(reply, 200, { title: 'Please wait', body: markup`<p>Your bank has not answered yet.</p>` });
    }
  }

  private hosted(id: string): UpstreamSession {
    const session = this.store.find(id);
    if (!session?.hosted) throw new NotFound('session');
    return session;
  }
}

function deviceData({ headers, ip }: FastifyRequest, form: (name: string) => string): Json {
  const said = Object.fromEntries(
    Object.entries(WITHOUT_SCRIPT).map(([name, value]) => [name, form(name) || value] as const),
  );
  return {
    ...said,
    channel: 'browser',
    accept_header: headers.accept ?? '*/*',
    user_agent: headers['user-agent'] ?? 'unknown',
    ip_address: ip,
    java_enabled: false,
    javascript_enabled: said['javascript_enabled'] === 'true',
    // The page runs no 3DS Method.
    three_ds_method_completion: 'N',
  };
}

/** `success_url` for approved and attempted, `failure_url` for the rest (sessions-api.md section 7.2). */
function returnUrlOf(session: UpstreamSession): string {
  const completion = session.request['completion'] as Json;
  const url = new URL(textOf(completion[isApproved(session) ? 'success_url' : 'failure_url']));
  url.searchParams.set('cko-session-id', session.id);
  return url.toString();
}
