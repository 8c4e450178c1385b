/** The merchant's callback address, and what it received. */
import { Body, Controller, Get, Headers, Post, Query, Res } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { FaultStore } from '../control/fault.store';
import { sendBroken } from '../http/broken-reply';
import { CallbackStore, type ReceivedCallback } from './callback.store';

/** `/shop/callbacks`: POST for the server, GET for whoever wants to see. */
@Controller('shop/callbacks')
export class CallbacksController {
  constructor(
    private readonly callbacks: CallbackStore,
    private readonly faults: FaultStore,
  ) {}

  @Post()
  async receive(
    @Headers() headers: Record<string, string | string[] | undefined>,
    @Body() body: Buffer | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fault = this.faults.takeCallback();
    if (fault && fault.mode !== 'slow' && fault.mode !== 'none') {
      sendBroken(reply, fault.mode);
      return;
    }
    if (fault?.mode === 'slow') await sleep(fault.delayMs, undefined, { ref: false });
    await this.callbacks.add(headers, body?.toString('utf8') ?? '');
    void reply.code(204).send();
  }

  @Get()
  list(@Query('session_id') sessionId: string | undefined): { data: readonly ReceivedCallback[] } {
    return { data: this.callbacks.find(sessionId) };
  }
}
