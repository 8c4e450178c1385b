import { Controller, Post, Req, Res, type RawBodyRequest } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RREQ_PATH } from '../emv3ds.settings';
import { ResultRequests } from '../result-requests';

/** Where directory servers deliver results. Open to whoever reaches it: transaction ids tell whose result it is. */
@Controller()
export class RReqController {
  constructor(private readonly results: ResultRequests) {}

  /** The body is read as it came: duplicate members are an error of their own, and a JSON parser hides them. */
  @Post(RREQ_PATH)
  async receive(@Req() request: RawBodyRequest<FastifyRequest>, @Res() reply: FastifyReply): Promise<void> {
    const body = request.rawBody ?? Buffer.from(JSON.stringify(request.body ?? null));
    const answer = await this.results.receive(body);
    await reply.status(answer.status).header('content-type', answer.contentType).send(answer.body);
  }
}
