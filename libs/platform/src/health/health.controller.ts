import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Metrics } from '../metrics/metrics';
import { HealthRegistry } from './health';

/** For load balancers, orchestrators and Prometheus. Tells names of parts, never details. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthRegistry,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs. */
  @Get('health/live')
  @Header('cache-control', 'no-store')
  live(): object {
    return { status: 'ok' };
  }

  /** 200 when every part is ready to serve, else 503 with the names of those that are not. */
  @Get('health/ready')
  @Header('cache-control', 'no-store')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const failing = await this.health.failing();
    const ready = failing.length === 0;
    await reply.status(ready ? 200 : 503).send(ready ? { status: 'ok' } : { status: 'not_ready', failing });
  }

  @Get('metrics')
  async prometheus(@Res() reply: FastifyReply): Promise<void> {
    const { contentType, text } = await this.metrics.render();
    await reply.type(contentType).send(text);
  }
}
