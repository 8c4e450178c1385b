import { randomBytes } from '@app/kernel';
import { ClientAddresses, PublicAddress } from '@app/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashToken } from '../domain/hosted-link';
import { readChallenge, readDevice, readLegs, readMethod, readView } from './hosted-requests';
import { HostedSessions, type HostedVisit } from './hosted-sessions.service';
import { leftState, type HostedState } from './hosted-state';
import { HostedStreams } from './hosted-streams';
import { HostedVisits } from './hosted-visits';
import { HostedGuard } from './hosted.guard';
import { OpenedElsewhere } from './opened-elsewhere';
import { commonHeaders } from './page-headers';
import { requestData } from './request-data';

/** What every call but a few answers. */
interface Told {
  state: HostedState;
}

/**
 * What the cardholder's page calls, with the link for its credential. One view of the page has the session: the last one that
 * asked for it. A call that is not possible in the present state changes nothing and answers with that state: the page
 * follows it.
 */
@Controller('hosted/:link')
@UseGuards(HostedGuard)
export class HostedApiController {
  constructor(
    private readonly visits: HostedVisits,
    private readonly sessions: HostedSessions,
    private readonly streams: HostedStreams,
    private readonly clients: ClientAddresses,
    private readonly address: PublicAddress,
  ) {}

  /** This page has the session from now on; those before it are elsewhere. */
  @Post('view')
  @HttpCode(200)
  async view(@Param('link') link: string): Promise<Told & { view: string }> {
    const view = randomBytes(16).toString('base64url');
    const visit = await this.sessions.takeView(await this.visits.open(link), view);
    return { view, state: this.visits.stateOf(visit, view) };
  }

  @Get('state')
  async state(@Param('link') link: string, @Query('view') view: unknown): Promise<Told> {
    return { state: this.visits.stateOf(await this.visits.open(link), viewIn(view)) };
  }

  /** The same as server-sent events, each time that it is another one. */
  @Get('events')
  async events(
    @Param('link') link: string,
    @Query('view') query: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { session } = await this.visits.open(link);
    const view = viewIn(query);
    this.streams.assertRoom();
    if (request.method === 'HEAD') {
      await reply.type('text/event-stream; charset=utf-8').send();
      return;
    }
    reply.hijack();
    this.streams.start(reply.raw, {
      sessionId: session.id,
      linkKey: hashToken(link).toString('base64'),
      headers: commonHeaders({ baseUrl: this.address.url }),
      read: async () => {
        const visit = await this.sessions.find(link);
        return visit?.isOpen ? this.visits.stateOf(visit, view) : null;
      },
    });
  }

  /** Device data, and what became of the 3DS Method: asks the issuer. */
  @Post('device')
  @HttpCode(200)
  device(@Param('link') link: string, @Body() body: unknown, @Req() request: FastifyRequest): Promise<Told> {
    const { view, device, completion } = readDevice(body, requestData(request, this.clients));
    return this.act(link, view, (visit) => this.sessions.collect(visit, device, completion));
  }

  /** What became of the 3DS Method, where an upstream wants it after the device data. */
  @Post('method')
  @HttpCode(200)
  method(@Param('link') link: string, @Body() body: unknown): Promise<Told> {
    const { view, completion } = readMethod(body);
    return this.act(link, view, (visit) => this.sessions.reportMethod(visit, completion));
  }

  /** The challenge is about to be shown: from here on only the issuer's page can cancel it. */
  @Post('challenge')
  @HttpCode(200)
  challenge(@Param('link') link: string, @Body() body: unknown): Promise<Told> {
    const { view, windowSize } = readChallenge(body);
    return this.act(link, view, (visit) => this.sessions.showChallenge(visit, windowSize));
  }

  /** Cancels what can be cancelled; in any case this browser is done. */
  @Post('cancel')
  @HttpCode(200)
  async cancel(@Param('link') link: string, @Body() body: unknown): Promise<Told> {
    const { view } = readView(body);
    const { state } = await this.act(link, view, (visit) => this.sessions.cancel(visit));
    return { state: leftState(state) };
  }

  /** When the page came how far. */
  @Post('legs')
  @HttpCode(204)
  async legs(@Param('link') link: string, @Body() body: unknown): Promise<void> {
    const legs = readLegs(body);
    await this.sessions.recordLegs(await this.visits.open(link), legs);
  }

  /** @throws OpenedElsewhere where another view has the session */
  private async act(link: string, view: string, act: (visit: HostedVisit) => Promise<HostedVisit>): Promise<Told> {
    const visit = await this.visits.open(link);
    const state = this.visits.stateOf(visit, view);
    if (state.step === 'elsewhere') throw new OpenedElsewhere(state);
    return { state: state.step === 'done' ? state : this.visits.stateOf(await act(visit), view) };
  }
}

/** A page that does not say which view it is, is none that has the session. */
const viewIn = (query: unknown): string => (typeof query === 'string' ? query : '');
