import { randomBytes } from '@app/kernel';
import { APP_CONFIG, ClientAddresses, PublicAddress, type AppConfig } from '@app/platform';
import { Controller, Get, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionReader } from '../session-reader.service';
import { HostedAlerts } from './hosted-alerts';
import { HOSTED_ASSETS } from './hosted-assets';
import { HostedNotices } from './hosted-notices';
import { pageModel } from './hosted-page-model';
import { HostedSessions, type HostedVisit } from './hosted-sessions.service';
import { leftState, type HostedState } from './hosted-state';
import { HostedVisits } from './hosted-visits';
import { HostedGuard } from './hosted.guard';
import { choosePageLanguage, renderHostedPage, type HostedAssets } from './page';
import { pageHeaders } from './page-headers';
import { plainBrowser } from './plain-browser';
import { requestData } from './request-data';
import { isFramed } from './request-origin';

/** The page that a shop sends its customer to, and its forms for browsers without script. */
@Controller('hosted/:link')
@UseGuards(HostedGuard)
export class HostedPageController {
  constructor(
    private readonly visits: HostedVisits,
    private readonly sessions: HostedSessions,
    private readonly reader: SessionReader,
    private readonly notices: HostedNotices,
    private readonly alerts: HostedAlerts,
    private readonly clients: ClientAddresses,
    private readonly address: PublicAddress,
    @Inject(HOSTED_ASSETS) private readonly assets: HostedAssets,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'demo'>,
  ) {}

  /** Changes nothing, because mail scanners and previews open links too. Who comes after the end is sent on. */
  @Get()
  async page(@Param('link') link: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.visits.open(link);
    const state = this.visits.stateOf(visit, null);
    if (state.step === 'done') return seeOther(reply, state.return_url);
    const channel = await this.reader.channelOf(visit.session);
    const { frameAncestors, locale } = channel.branding;
    const base = this.visits.pathOf(link);
    if (isFramed(request.headers) && frameAncestors.length === 0) {
      this.alerts.raise('framing_refused', visit.session);
      const { headers, text } = this.notices.notice('framed', request.headers['accept-language'], base);
      await reply.status(403).headers(headers).type(HTML).send(text);
      return;
    }
    const nonce = randomBytes(16).toString('base64url');
    const language = choosePageLanguage(request.headers['accept-language'], locale);
    const model = pageModel(visit.session, channel, {
      language,
      state,
      base,
      assets: this.assets,
      nonce,
      logoPath: (hash) => this.visits.pathOf(`logos/${hash}`),
    });
    const surroundings = { baseUrl: this.address.url, demo: this.config.demo };
    await reply
      .headers(pageHeaders(surroundings, { nonce, acts: true, frameAncestors }))
      .type(HTML)
      .send(renderHostedPage(model));
  }

  /** One step further, where no script takes it; then the page again. */
  @Post('continue')
  async continue(
    @Param('link') link: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visit = await this.visits.open(link);
    const { step } = this.visits.stateOf(visit, null);
    await STEPS[step]?.(this.sessions, visit, () =>
      plainBrowser(requestData(request, this.clients), request.headers['accept-language']),
    );
    return seeOther(reply, this.visits.pathOf(link));
  }

  /** Cancels what can be cancelled, and goes back to the shop. */
  @Post('leave')
  async leave(@Param('link') link: string, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.sessions.cancel(await this.visits.open(link));
    return seeOther(reply, leftState(this.visits.stateOf(visit, null)).return_url);
  }
}

const HTML = 'text/html; charset=utf-8';

type Device = ReturnType<typeof plainBrowser>;

/** What a browser without script can do at a step. The 3DS Method cannot run there. */
const STEPS: Partial<
  Record<HostedState['step'], (sessions: HostedSessions, visit: HostedVisit, device: () => Device) => Promise<unknown>>
> = {
  device: (sessions, visit, device) => sessions.collect(visit, device(), 'N'),
  method: (sessions, visit) => sessions.reportMethod(visit, 'N'),
  // The full window: there is no frame.
  challenge: (sessions, visit) => sessions.showChallenge(visit, '05'),
};

/** 303: whatever was posted, what comes next is asked for. */
async function seeOther(reply: FastifyReply, url: string): Promise<void> {
  await reply.status(303).header('location', url).send();
}
