import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HostedNotices } from './hosted-notices';
import { FINISHED_PATH } from './hosted.settings';

/** Where cardholders end whose merchant told no address to go back to. */
@Controller(FINISHED_PATH)
export class HostedFinishedController {
  constructor(private readonly notices: HostedNotices) {}

  /** The same for everybody: what became of it is for the merchant to tell. */
  @Get()
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers, text } = this.notices.notice('finished', request.headers['accept-language'], null);
    await reply.headers(headers).type('text/html; charset=utf-8').send(text);
  }
}
