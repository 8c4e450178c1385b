import { decodeId, NotFound } from '@app/kernel';
import { Actor, AdminRoute, readBody, type AdminActor } from '@app/platform';
import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { CallbackActs } from '../admin/callback-acts.service';
import { SessionActDto } from './admin-sessions.dto';

/** What operators do to callbacks; it is here because acts name themselves here. */
@Controller('admin/api/callbacks/:id')
export class AdminCallbackActsController {
  constructor(private readonly acts: CallbackActs) {}

  /** Sends it again, once for each key, and tells what its merchant answered. */
  @Post('replay')
  @HttpCode(200)
  @AdminRoute('callbacks.act', { once: 'by_itself' })
  async replay(
    @Actor() actor: AdminActor,
    @Param('id') text: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
  ): Promise<object> {
    const id = decodeId('message', text);
    if (id === null) throw new NotFound('callback');
    const { reason = null } = readBody(SessionActDto, body ?? {});
    const {
      delivered,
      status = null,
      problem = null,
    } = await this.acts.replay(actor, id, { key: key ?? null, reason });
    return { delivered, status, problem };
  }
}
