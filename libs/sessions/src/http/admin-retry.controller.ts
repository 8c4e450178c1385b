import { Actor, AdminRoute, PublicAddress, readBody, type AdminActor } from '@app/platform';
import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { SessionRetries } from '../admin/session-retries.service';
import { LINK_HOURS } from '../domain/retry';
import { presentPlan, presentRetried } from './admin-retry.presenter';
import { RetryDto } from './admin-sessions.dto';
import { sessionIdOf } from './session-id';

/** Trying a session again: told before it is done. */
@Controller('admin/api/sessions/:id/retry')
export class AdminRetryController {
  constructor(
    private readonly retries: SessionRetries,
    private readonly address: PublicAddress,
  ) {}

  /** What would happen; nothing does. */
  @Get()
  @AdminRoute('sessions.read')
  async explain(@Actor() actor: AdminActor, @Param('id') text: string): Promise<object> {
    return presentPlan(await this.retries.explain(actor, sessionIdOf(text)));
  }

  /** Does it, once for each key. */
  @Post()
  @HttpCode(200)
  @AdminRoute('sessions.act', { once: 'by_itself' })
  async retry(
    @Actor() actor: AdminActor,
    @Param('id') text: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
  ): Promise<object> {
    const id = sessionIdOf(text);
    const { link_hours: linkHours = LINK_HOURS.usual, reason = null } = readBody(RetryDto, body ?? {});
    const retried = await this.retries.retry(actor, id, { linkHours, reason, key: key ?? null });
    return presentRetried(retried, this.address.url);
  }
}
