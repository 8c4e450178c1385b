import { Actor, AdminRoute, readBody, type AdminActor } from '@app/platform';
import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { SessionReproductions } from '../admin/session-reproductions.service';
import { presentReproduced, presentReproductionPlan } from './admin-reproduction.presenter';
import { SessionActDto } from './admin-sessions.dto';
import { sessionIdOf } from './session-id';

/** Replaying at the simulator what a session met: told before it is done, and only where there is a simulator. */
@Controller('admin/api/sessions/:id/reproduce')
export class AdminReproductionController {
  constructor(private readonly reproductions: SessionReproductions) {}

  /** What would be replayed, and what would not; nothing happens. */
  @Get()
  @AdminRoute('sessions.read')
  async explain(@Actor() actor: AdminActor, @Param('id') text: string): Promise<object> {
    return presentReproductionPlan(await this.reproductions.explain(actor, sessionIdOf(text)));
  }

  /** Does it, once for each key; gives the session that replays. */
  @Post()
  @HttpCode(200)
  @AdminRoute('sessions.act', { once: 'by_itself' })
  async reproduce(
    @Actor() actor: AdminActor,
    @Param('id') text: string,
    @Headers('idempotency-key') key: string | undefined,
    @Body() body: unknown,
  ): Promise<object> {
    const id = sessionIdOf(text);
    const { reason = null } = readBody(SessionActDto, body ?? {});
    return presentReproduced(await this.reproductions.reproduce(actor, id, { reason, key: key ?? null }));
  }
}
